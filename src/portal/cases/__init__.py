"""A case on a page, whatever its kind: its form, its mistakes, its link, its files."""
