"""How micro-credentials build up to a qualification, for a course and for a learner."""
