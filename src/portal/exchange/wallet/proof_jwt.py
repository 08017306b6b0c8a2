"""The proof by which a wallet shows that it holds a key: a JWT for us, of now, with our nonce."""

from datetime import datetime, timedelta
from typing import Any

import jwt
from jwt.exceptions import PyJWTError

from portal.exchange.wallet.holder import UnknownHolder, holder_of
from portal.exchange.wallet.refusal import OAuthError

ALGORITHMS = ("EdDSA", "ES256")
TYPE = "openid4vci-proof+jwt"
FAR = timedelta(minutes=5)
"""How far the clock of a wallet may be from ours."""
LONGEST = 8_000


def proven(text: Any, audience: str, at: datetime) -> tuple[str, str]:
    """Return the holder's DID and the nonce, still to be used, of a proof; raises ``OAuthError``."""
    if not isinstance(text, str) or len(text) > LONGEST:
        raise _bad("The proof must be a JWT.")
    try:
        header = jwt.get_unverified_header(text)
        if header.get("typ") != TYPE or "crit" in header:
            raise _bad(f"typ must be {TYPE}.")
        did, key, algorithm = holder_of(header)
        claims = jwt.decode(
            text,
            key,
            algorithms=[algorithm],
            audience=audience,
            options={
                "require": ["aud", "iat"],
                "verify_iat": False,
                "verify_exp": False,
                "verify_nbf": False,
            },
        )
    except UnknownHolder as error:
        raise _bad(str(error)) from error
    except PyJWTError as error:
        raise _bad(f"The proof does not hold: {error}.") from error
    _must_be_of_now(claims, at)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str):
        raise OAuthError("invalid_nonce", "The proof must have the nonce of the nonce endpoint.")
    return did, nonce


def _must_be_of_now(claims: dict[str, Any], at: datetime) -> None:
    made = claims["iat"]
    if isinstance(made, bool) or not isinstance(made, int | float):
        raise _bad("iat must be a number of seconds.")
    if abs(at.timestamp() - made) > FAR.total_seconds():
        raise _bad("iat is too far from the time of the issuer.")
    ends = claims.get("exp")
    if ends is not None and not (isinstance(ends, int | float) and ends > at.timestamp()):
        raise _bad("The proof has expired.")


def _bad(description: str) -> OAuthError:
    return OAuthError("invalid_proof", description)
