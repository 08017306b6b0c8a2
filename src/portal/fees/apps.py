"""The fees app."""

from django.apps import AppConfig


class FeesConfig(AppConfig):
    """Fees, and who receives what."""

    name = "portal.fees"
    label = "fees"
