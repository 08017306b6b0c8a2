"""Mail that is put into a folder instead of sent: one file for each message, named after its Message-ID."""

import os
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

SUFFIX = ".eml"


class EmailBackend(BaseEmailBackend):
    """Puts messages into ``TAULIAH_MAIL_FOLDER``; the same message put twice is there once."""

    keeps_once = True

    def __init__(self, *, fail_silently: bool = False, **words: Any) -> None:
        super().__init__(fail_silently=fail_silently, **words)
        if settings.TAULIAH_MAIL_FOLDER is None:
            raise ImproperlyConfigured("TAULIAH_MAIL names no folder.")
        self.folder = Path(settings.TAULIAH_MAIL_FOLDER)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put messages into the folder; returns how many."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            self.put(message)
        return len(email_messages)

    def put(self, message: EmailMessage) -> None:
        """Put one message into the folder, whole or not at all."""
        written = message.message()
        name = sha256(str(written["Message-ID"]).encode()).hexdigest()[:32]
        handle, unfinished = tempfile.mkstemp(dir=self.folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(written.as_bytes())
        Path(unfinished).replace(self.folder / f"{name}{SUFFIX}")
