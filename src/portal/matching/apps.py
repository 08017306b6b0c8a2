"""The app's name."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Two syllabi compared outcome by outcome, and the precedents that come of it."""

    name = "portal.matching"
    default_auto_field = "django.db.models.BigAutoField"
