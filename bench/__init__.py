"""Ratios measured in one run: Tauliah's engine against other ways to write the same rules."""
