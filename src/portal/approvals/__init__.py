"""Committees and the Senate: what they are asked, when they meet, what they decide."""
