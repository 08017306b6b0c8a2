"""Two syllabi compared outcome by outcome, and the precedents that come of it."""
