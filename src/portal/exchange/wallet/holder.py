"""Who holds a wallet's key: the public key behind a `did:key` or a JWK, and the DID that names it."""

import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from tauliah.credentials import multibase
from tauliah.credentials.eddsa import check_public
from tauliah.credentials.refusal import Refused

ED25519, P256 = b"\xed\x01", b"\x80\x24"
JWK_NAMES = {"OKP": ("crv", "kty", "x"), "EC": ("crv", "kty", "x", "y")}
LONGEST = 1_000

PublicKey = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey


class UnknownHolder(ValueError):
    """The header of a proof names no key that we can read."""


def holder_of(header: dict[str, Any]) -> tuple[str, PublicKey, str]:
    """Return the holder's DID, key and algorithm from a proof's header; raises ``UnknownHolder``."""
    kid, jwk = header.get("kid"), header.get("jwk")
    if (kid is None) == (jwk is None):
        raise UnknownHolder("The header must have either kid or jwk.")
    try:
        return _by_did_key(str(kid)) if jwk is None else _by_jwk(jwk)
    except (Refused, PyJWTError, ValueError, TypeError, KeyError) as error:
        raise UnknownHolder("The key in the header cannot be read.") from error


def _by_did_key(kid: str) -> tuple[str, PublicKey, str]:
    """A DID whose key is in it; a fragment must be that very key."""
    did, _, fragment = kid.partition("#")
    name = did.removeprefix("did:key:")
    if name == did or len(kid) > LONGEST or (fragment and fragment != name):
        raise UnknownHolder("kid must be a did:key.")
    data = multibase.decode(name)
    if data[:2] == ED25519:
        return did, _ed25519(data[2:]), "EdDSA"
    if data[:2] == P256:
        return did, ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data[2:]), "ES256"
    raise UnknownHolder("The key must be of Ed25519 or P-256.")


def _by_jwk(jwk: Any) -> tuple[str, PublicKey, str]:
    names = JWK_NAMES[jwk["kty"]]
    public = {name: str(jwk[name]) for name in names}
    if "d" in jwk or len(str(jwk)) > LONGEST:
        raise UnknownHolder("jwk must be a public key.")
    if (public["kty"], public["crv"]) not in {("OKP", "Ed25519"), ("EC", "P-256")}:
        raise UnknownHolder("The key must be of Ed25519 or P-256.")
    algorithm = "EdDSA" if public["kty"] == "OKP" else "ES256"
    key: PublicKey = PyJWK(public, algorithm=algorithm).key
    if isinstance(key, ed25519.Ed25519PublicKey):
        check_public(key.public_bytes_raw())
    text = json.dumps(public, separators=(",", ":"), sort_keys=True)
    return f"did:jwk:{multibase.encode_base64url(text.encode())[1:]}", key, algorithm


def _ed25519(data: bytes) -> ed25519.Ed25519PublicKey:
    check_public(data)
    return ed25519.Ed25519PublicKey.from_public_bytes(data)
