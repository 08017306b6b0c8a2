"""The app's name."""

from django.apps import AppConfig


class StackingConfig(AppConfig):
    """What counts toward which qualification, and how far a learner has come."""

    name = "portal.stacking"
    default_auto_field = "django.db.models.BigAutoField"
