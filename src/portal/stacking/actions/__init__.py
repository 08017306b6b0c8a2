"""What people do with goals: one function each, in one transaction."""
