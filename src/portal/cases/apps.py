"""The app that holds what the pages of every kind of case share."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases on pages."""

    name = "portal.cases"
    label = "cases"
