"""A VC-API instance for the official test suites: no database, keys of a moment, nothing kept."""
