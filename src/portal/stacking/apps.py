"""The app's name, and what it says on the public page of a course."""

from importlib import import_module

from django.apps import AppConfig

from portal.offerings import stacks


class StackingConfig(AppConfig):
    """What counts toward which qualification, and how far a learner has come."""

    name = "portal.stacking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers, and say on a course's page which qualifications it counts toward."""
        import_module("portal.stacking.receivers")
        stacks.SOURCES.append(import_module("portal.stacking.of_course").stacks_of)
