"""The app's name."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """The pages of an institution's administrator."""

    name = "portal.administration"
