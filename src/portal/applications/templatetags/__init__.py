"""Template tags of an application's file."""
