"""Pages of course proposals."""
