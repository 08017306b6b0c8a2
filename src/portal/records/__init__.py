"""The append-only register: who did what, as what, when, before and after."""
