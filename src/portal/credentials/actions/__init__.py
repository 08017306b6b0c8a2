"""What people do with credentials, one function each, in one transaction."""
