"""The app's name."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk of each role."""

    name = "portal.desk"
