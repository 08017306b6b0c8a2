"""The app's name."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Import of programmes, courses, students and results."""

    name = "portal.imports"
    default_auto_field = "django.db.models.BigAutoField"
