"""The first page after logging in: what waits for the role that a person acts in."""
