"""What cases and policies are made of; every other part of the core builds on these."""
