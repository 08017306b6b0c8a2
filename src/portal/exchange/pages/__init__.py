"""The pages of these interfaces: access for other systems, and a learner's offer to a wallet."""
