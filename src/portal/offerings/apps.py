"""The app's name, and what it listens to."""

from importlib import import_module

from django.apps import AppConfig


class OfferingsConfig(AppConfig):
    """Offerings of courses, their learners and results."""

    name = "portal.offerings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen to committees and payments."""
        import_module("portal.offerings.receivers")
        import_module("portal.offerings.delivered")
        import_module("portal.offerings.paper_of_committee")
        import_module("portal.offerings.telling_offering")
        import_module("portal.offerings.tasks_offering")
