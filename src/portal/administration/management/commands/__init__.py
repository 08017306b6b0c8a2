"""Commands that an operator runs."""
