"""What is done by people and by software, each in one transaction with its entry in the register."""
