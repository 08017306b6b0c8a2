"""The app's name."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mail and the development mailbox."""

    name = "portal.mail"
