"""The app of the interfaces for other software."""

from importlib import import_module

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Interfaces of the field, for issuers, verifiers, wallets and backpacks."""

    name = "portal.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers."""
        import_module("portal.exchange.receivers")
