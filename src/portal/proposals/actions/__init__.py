"""What people do with course proposals: one function each, in one transaction."""
