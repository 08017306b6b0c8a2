"""What people record once a course runs: one function each, in one transaction."""
