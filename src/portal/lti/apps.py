"""The app of LTI."""

from importlib import import_module

from django.apps import AppConfig


class LtiConfig(AppConfig):
    """Launches, rosters and grades between Tauliah and learning platforms."""

    name = "portal.lti"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers."""
        import_module("portal.lti.receivers")
