"""A message ready to be handed over, under an identity that stays the same each time it is tried."""

from collections.abc import Callable
from email.utils import parseaddr
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.module_loading import import_string


def twice_is_once() -> bool:
    """Say whether mail that is handed over twice arrives once: so in a folder, not with a server."""
    return bool(getattr(import_string(settings.EMAIL_BACKEND), "keeps_once", False))


def message_id(key: str) -> str:
    """The Message-ID of what a key names: mail programs that get it twice show it once."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def ready_to_send(message: EmailMessage, key: str) -> Callable[[], None]:
    """Build the message and reach the server; the call that is returned hands over, and no more."""
    message.extra_headers["Message-ID"] = message_id(key)
    message.message()
    connection = get_connection()
    message.connection = connection
    connection.open()

    def hand_over() -> None:
        try:
            message.send()
        finally:
            connection.close()

    return hand_over
