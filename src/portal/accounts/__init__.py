"""People, the roles they are appointed to, and the one they act in."""
