"""What people do with offerings, enrolments and results: one function each, in one transaction."""
