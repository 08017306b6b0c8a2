"""The app's name."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """Demonstration data, and the banner that says so."""

    name = "portal.demonstration"
