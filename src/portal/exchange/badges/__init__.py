"""Open Badges API 3.0: a person's other software reads and brings credentials, with the person's consent."""
