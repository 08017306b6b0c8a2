"""Filters of pages on goals."""
