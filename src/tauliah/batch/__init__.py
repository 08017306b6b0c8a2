"""Many cases as columns: the same policy expressions, read as numpy."""
