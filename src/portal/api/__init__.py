"""The HTTP API: evaluate cases and read the policies, without a page in between."""
