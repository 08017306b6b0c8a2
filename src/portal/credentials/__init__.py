"""Credentials: courses, issuing runs, status lists, the learner's page and verification for anybody."""
