"""The app's name."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Messages to people, in the portal and by email, in their language."""

    name = "portal.notices"
    default_auto_field = "django.db.models.BigAutoField"
