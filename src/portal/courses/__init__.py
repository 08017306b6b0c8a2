"""Courses: learning time, codes, proposals, milestones, quality, teaching load and upkeep."""
