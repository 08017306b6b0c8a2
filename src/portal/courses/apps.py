"""The courses app."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Courses: learning time, codes, proposals, milestones, quality, teaching load and upkeep."""

    name = "portal.courses"
    label = "courses"
