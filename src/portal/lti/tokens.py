"""Believing a token: signed by the sender's own key, for us, now, and nothing else.

RS256 alone is taken, as the security framework of 1EdTech asks: neither ``none`` nor a shared secret, so a
public key is never used as one.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.utils.translation import gettext as _
from jwt.algorithms import RSAAlgorithm

from portal.lti.claims import Claims
from portal.lti.keys import ALGORITHM, BITS

LEEWAY = timedelta(seconds=60)
"""How far the clocks of two servers may be apart."""
OLDEST = timedelta(hours=1)
"""A token that was made earlier is not taken, whenever it says it ends."""
LARGEST = 64 * 1024

KeySet = Callable[[str], Any]
"""From the name of a key to the sender's key set, asked anew where the name is unknown."""


class BadToken(Exception):
    """Why a token is not believed: ``code`` for software and the log, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def believed(token: str, keys: KeySet, *, issuer: str, audience: list[str]) -> Claims:
    """Return the claims of a token; raises ``BadToken``, or ``NotReached`` where keys cannot be had."""
    kid = key_name(token)
    key = public_key(keys(kid), kid)
    try:
        claims: Claims = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            issuer=issuer,
            audience=audience,
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "exp", "iat"]},
        )
        made = datetime.fromtimestamp(int(claims["iat"]), tz=UTC)
    except jwt.InvalidTokenError as wrong:
        raise as_bad_token(wrong) from wrong
    except (OverflowError, ValueError, OSError) as endless:
        raise BadToken("malformed", _("It cannot be read.")) from endless
    if datetime.now(tz=UTC) - made > OLDEST:  # noqa: TID251 - a signature is good now or never
        raise BadToken("too_old", _("It was signed too long ago."))
    return claims


def key_name(token: str) -> str:
    """Return the name of the key that a token says it is signed by; raises ``BadToken``."""
    try:
        header = jwt.get_unverified_header(token) if len(token) <= LARGEST else {}
    except jwt.InvalidTokenError as broken:
        raise BadToken("malformed", _("It is not a signed token.")) from broken
    if header.get("alg") != ALGORITHM:
        raise BadToken("algorithm", _("It must be signed by RS256."))
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid:
        raise BadToken("key", _("It does not name the key it is signed by."))
    return kid


def key_in(key_set: Any, kid: str) -> Claims | None:
    """Return the key of that name in a key set; none where it is missing or not for RS256 signatures."""
    kept = key_set.get("keys") if isinstance(key_set, dict) else None
    for key in kept if isinstance(kept, list) else []:
        if (
            isinstance(key, dict)
            and key.get("kid") == kid
            and key.get("kty") == "RSA"
            and key.get("alg", ALGORITHM) == ALGORITHM
            and key.get("use", "sig") == "sig"
        ):
            return key
    return None


def public_key(key_set: Any, kid: str) -> RSAPublicKey:
    """Return a key of a key set, ready to verify by; raises ``BadToken``."""
    found = key_in(key_set, kid)
    if found is None:
        raise BadToken("key", _("It is signed by a key that its sender does not publish."))
    try:
        key = RSAAlgorithm.from_jwk({name: found[name] for name in ("kty", "n", "e") if name in found})
    except (jwt.InvalidKeyError, ValueError, TypeError) as broken:
        raise BadToken("key", _("The key it is signed by cannot be read.")) from broken
    if not isinstance(key, RSAPublicKey) or key.key_size < BITS:
        raise BadToken("key", _("The key it is signed by is too short."))
    return key


def as_bad_token(wrong: jwt.InvalidTokenError) -> BadToken:
    """Return the reason in our words."""
    match wrong:
        case jwt.InvalidSignatureError():
            return BadToken("signature", _("Its signature is wrong."))
        case jwt.ExpiredSignatureError():
            return BadToken("expired", _("It has expired. Open it again."))
        case jwt.ImmatureSignatureError():
            return BadToken("future", _("It is dated in the future. Compare the clocks of both servers."))
        case jwt.InvalidAudienceError():
            return BadToken("audience", _("It is meant for somebody else."))
        case jwt.InvalidIssuerError():
            return BadToken("issuer", _("It comes from somebody else."))
        case jwt.MissingRequiredClaimError():
            return BadToken("missing", _("It lacks: %(claim)s.") % {"claim": wrong.claim})
        case _:
            return BadToken("malformed", _("It cannot be read."))
