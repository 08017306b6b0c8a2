"""The app's name."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Programmes, courses with outcomes and topics, grading scales, students and their results."""

    name = "portal.catalogue"
    default_auto_field = "django.db.models.BigAutoField"
