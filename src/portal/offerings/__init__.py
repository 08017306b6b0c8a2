"""A course as it is offered: announced, enrolled in, learnt, graded, and its results confirmed."""
