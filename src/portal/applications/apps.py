"""The app's name, and what it listens to."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Credit transfer from application to transcript."""

    name = "portal.applications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen to payments, and to tell people of what happens."""
        from portal.applications import receivers, telling  # noqa: F401, PLC0415
