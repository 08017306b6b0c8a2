"""The app's name, and what it listens to."""

from importlib import import_module

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """Course proposals from the first draft to the registered course."""

    name = "portal.proposals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen to committees, keep what follows from steps, tell people of it."""
        for name in ("receivers", "following", "telling", "paper_of_committee"):
            import_module(f"portal.proposals.{name}")
