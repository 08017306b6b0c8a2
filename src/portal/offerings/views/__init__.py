"""Pages of offerings, learners and results."""
