"""The app's name, and what it listens to."""

from importlib import import_module

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    """Credentials that independent software verifies."""

    name = "portal.credentials"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to check the keys at start, and to listen to decisions."""
        import_module("portal.credentials.checks")
        import_module("portal.credentials.receivers")
