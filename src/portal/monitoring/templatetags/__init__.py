"""Filters of the pages of what is monitored."""
