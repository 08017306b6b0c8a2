"""Secrets that are shown once and kept as digests: tokens, codes, challenges, nonces."""

import secrets
from hashlib import sha256

BYTES = 32


def fresh(prefix: str = "") -> str:
    """Return a new secret of 256 random bits."""
    return prefix + secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """Return what is kept of a secret; so many random bits need no slow hash."""
    return sha256(secret.encode()).hexdigest()
