"""The app's name; it keeps no tables of its own."""

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    """How a thing goes through the states of its process."""

    name = "portal.processes"
