"""The app's name."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """Committees, their meetings, and the items they decide."""

    name = "portal.approvals"
    default_auto_field = "django.db.models.BigAutoField"
