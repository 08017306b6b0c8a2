"""Fees: what is paid, and who receives what, exact to the sen."""
