"""The app's name."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Orders, payments, receipts, and the distribution of what was paid."""

    name = "portal.payments"
    default_auto_field = "django.db.models.BigAutoField"
