"""The app's name."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Lists as XLSX and CSV."""

    name = "portal.exports"
