"""The pages of credentials: for those who issue, for learners, and for anybody who verifies."""
