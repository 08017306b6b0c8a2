"""The app's name, and where the other apps keep their tasks."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkConfig(AppConfig):
    """Background work: each app's tasks stand in its module ``tasks``."""

    name = "portal.work"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("portal.work.deployment")
        autodiscover_modules("tasks")
