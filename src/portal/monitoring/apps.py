"""The app's name."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Upkeep, load, income, reports and reviews of courses."""

    name = "portal.monitoring"
    default_auto_field = "django.db.models.BigAutoField"
