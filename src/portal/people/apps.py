"""The app's name."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Logging in, signing up, one's own data, delegations, erasure."""

    name = "portal.people"
    default_auto_field = "django.db.models.BigAutoField"
