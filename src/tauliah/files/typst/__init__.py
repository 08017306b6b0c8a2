"""The template of the printed decision, its words, and the data it reads."""
