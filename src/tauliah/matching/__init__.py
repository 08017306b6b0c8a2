"""Comparing two courses: how much of one the other covers, from what experts judged of each outcome."""
