"""The app's name."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Credit transfer from application to transcript."""

    name = "portal.applications"
    default_auto_field = "django.db.models.BigAutoField"
