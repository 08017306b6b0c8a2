"""Institutions, their faculties and their academic calendars."""
