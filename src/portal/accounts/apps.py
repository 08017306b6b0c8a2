"""The app's name."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and their roles."""

    name = "portal.accounts"
    default_auto_field = "django.db.models.BigAutoField"
