"""The transfer app."""

from django.apps import AppConfig


class TransferConfig(AppConfig):
    """Credit transfer."""

    name = "portal.transfer"
    label = "transfer"
