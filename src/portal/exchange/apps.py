"""The app of the interfaces for other software."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Interfaces of the field, for issuers, verifiers, wallets and backpacks."""

    name = "portal.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
