"""How an email is made ready and handed to the mail server."""

from collections.abc import Callable
from email.utils import formataddr, parseaddr
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils.translation import override

from portal.notices.models import Mail


def prepare(mail: Mail) -> Callable[[], object]:
    """Make an email ready, its file read and the mail server reached; returns the call that hands it over."""
    connection = get_connection()
    message = message_of(mail)
    message.connection = connection
    connection.open()

    def hand_over() -> None:
        try:
            message.send()
        finally:
            connection.close()

    return hand_over


def message_of(mail: Mail) -> EmailMessage:
    """Return the email as it goes out, in the person's language, with a Message-ID made of its key."""
    institution = mail.institution
    message = EmailMessage(
        subject=mail.subject,
        body=body_of(mail),
        from_email=sender_of(mail),
        to=[mail.to],
        cc=list(mail.copy_to),
        reply_to=[institution.email] if institution and institution.email else None,
        headers={"Message-ID": message_id(mail.key), "Content-Language": mail.language},
    )
    if mail.attachment:
        with default_storage.open(mail.attachment) as file:
            message.attach(mail.attachment_name or "surat.pdf", file.read(), "application/pdf")
    return message


def body_of(mail: Mail) -> str:
    """Return the text with a greeting, the link and who sends it."""
    name = mail.person.name if mail.person else ""
    link = f"{settings.TAULIAH_ADDRESS}{mail.link}" if mail.link else ""
    with override(mail.language):
        return render_to_string("notices/mail.txt", {"mail": mail, "name": name, "link": link})


def sender_of(mail: Mail) -> str:
    """Return who the email is from: the portal's address under the institution's name."""
    if mail.institution is None:
        return settings.DEFAULT_FROM_EMAIL
    with override(mail.language):
        return formataddr((mail.institution.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def message_id(key: str) -> str:
    """Return the Message-ID of an email: the same for the same key, so that a second copy is known as one."""
    host = urlsplit(settings.TAULIAH_ADDRESS).hostname or "localhost"
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{host}>"
