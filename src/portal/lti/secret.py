"""Secrets that go through the browser once, and are kept as digests."""

import secrets
from hashlib import sha256

BYTES = 32


def fresh() -> str:
    """Return a new secret of 256 random bits."""
    return secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """Return what is kept of a secret; so many random bits need no slow hash."""
    return sha256(secret.encode()).hexdigest()
