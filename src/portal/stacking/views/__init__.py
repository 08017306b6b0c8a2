"""Pages on goals, of learners and of those who guide them."""
