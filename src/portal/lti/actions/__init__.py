"""What people do about LTI, each in one transaction with its entry in the register."""
