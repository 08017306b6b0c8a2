"""The app's name."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The append-only register: who did what, as what, when, before and after."""

    name = "portal.records"
    default_auto_field = "django.db.models.BigAutoField"
