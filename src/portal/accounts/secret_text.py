"""Text that stands encrypted in the database: identity-card and passport numbers, and secrets of logins."""

import base64
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.encoding import force_bytes


def cipher() -> MultiFernet:
    """Return the cipher of the secret key; the keys of before can still read what they wrote."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(derived(force_bytes(key))) for key in keys])


def derived(key: bytes) -> bytes:
    """Return the key for these texts alone, derived from the portal's secret key."""
    return base64.urlsafe_b64encode(sha256(b"secret-text" + key).digest())


class SecretTextField(models.TextField):  # type: ignore[type-arg]
    """A text that is encrypted at rest; it cannot be searched."""

    def get_prep_value(self, value: Any) -> Any:
        return cipher().encrypt(value.encode()).decode() if value else ""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str:
        if not value:
            return ""
        try:
            return cipher().decrypt(value.encode()).decode()
        except InvalidToken as broken:
            raise ImproperlyConfigured(
                "An identity number or the secret of a login was written with another TAULIAH_SECRET_KEY; "
                "name that key in TAULIAH_SECRET_KEY_FALLBACKS."
            ) from broken
