"""Programmes, courses with outcomes and topics, grading scales, students and their results."""
