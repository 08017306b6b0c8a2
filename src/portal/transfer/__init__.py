"""Credit transfer: the public eligibility check."""
