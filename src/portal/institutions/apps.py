"""The app's name."""

from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """Institutions, faculties, semesters."""

    name = "portal.institutions"
    default_auto_field = "django.db.models.BigAutoField"
