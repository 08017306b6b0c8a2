"""Pages of what is monitored."""
