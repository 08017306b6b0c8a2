"""The commands of notices."""
