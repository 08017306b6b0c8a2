"""Read a policy: its clauses, its values through time, its rules, and what its document leaves unclear."""
