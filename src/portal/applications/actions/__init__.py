"""What people do with applications: one function each, in one transaction with its entry in the register."""
