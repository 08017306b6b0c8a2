"""The app's name, and what it listens to."""

from importlib import import_module

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """Course proposals from the first draft to the registered course."""

    name = "portal.proposals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen to committees."""
        import_module("portal.proposals.receivers")
