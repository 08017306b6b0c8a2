"""Many cases as frames: the same policy expressions, read as Polars."""
