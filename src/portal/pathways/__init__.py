"""Pathways: whether micro-credentials add up to a qualification."""
