"""Reading the folder of mail that was not sent: a list, and one message with its parts."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings

from portal.mail.folder import SUFFIX

MOST_SHOWN = 200
NAME = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Part:
    """A file that came with a message."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A message as the page shows it."""

    name: str
    put_at: datetime
    subject: str
    sender: str
    recipients: str
    text: str = ""
    html: str = ""
    parts: list[Part] = field(default_factory=list)


def folder() -> Path | None:
    """The folder that may be shown: never in production."""
    return None if settings.PRODUCTION else settings.TAULIAH_MAIL_FOLDER


def letters(words: str = "") -> list[Letter]:
    """The newest messages, newest first; ``words`` must stand in the subject or among the people."""
    place = folder()
    if place is None or not place.is_dir():
        return []
    files = sorted(place.glob(f"*{SUFFIX}"), key=lambda file: file.stat().st_mtime, reverse=True)
    found: list[Letter] = []
    for file in files:
        letter = read(file, heads_only=True)
        if words.lower() in f"{letter.subject} {letter.sender} {letter.recipients}".lower():
            found.append(letter)
        if len(found) == MOST_SHOWN:
            break
    return found


def letter_named(name: str) -> Letter | None:
    """One message whole, or none of that name."""
    place = folder()
    if place is None or not NAME.fullmatch(name):
        return None
    file = place / f"{name}{SUFFIX}"
    return read(file) if file.is_file() else None


def read(file: Path, *, heads_only: bool = False) -> Letter:
    """Read a message of the folder."""
    with file.open("rb") as opened:
        message = BytesParser(policy=policy.default).parse(opened, headersonly=heads_only)
    put_at = datetime.fromtimestamp(file.stat().st_mtime, tz=UTC)
    subject, sender, recipients = (str(message.get(header, "")) for header in ("Subject", "From", "To"))
    if heads_only:
        return Letter(file.stem, put_at, subject, sender, recipients)
    attached = [part for part in message.iter_attachments() if isinstance(part, EmailMessage)]
    parts = [
        Part(part.get_filename() or f"{number}", part.get_content_type(), content_of(part))
        for number, part in enumerate(attached, start=1)
    ]
    text, html = words_of(message, "plain"), words_of(message, "html")
    return Letter(file.stem, put_at, subject, sender, recipients, text, html, parts)


def words_of(message: EmailMessage, kind: str) -> str:
    """The body as plain text or as HTML, or nothing where the message has none of that kind."""
    body = message.get_body((kind,))
    return str(body.get_content()) if body is not None else ""


def content_of(part: EmailMessage) -> bytes:
    """The bytes of a file that came with a message."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
