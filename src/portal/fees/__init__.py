"""Fees, and who receives what."""
