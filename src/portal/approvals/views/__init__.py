"""Pages of committees and meetings."""
