"""The public side of an institution's keys: what verifies, since when, until when."""

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tauliah.credentials import multikey

Use = Literal["issuing", "document"]
USES: tuple[Use, ...] = ("issuing", "document")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that is or was in use: its name, its public part in DER, and its history.

    A retired key still verifies what it signed; a revoked one, since it may be in other hands, does not.
    """

    name: str
    use: Use
    public: bytes = field(repr=False)
    created: date
    retired: date | None = None
    revoked: date | None = None
    reason: str = ""

    @property
    def current(self) -> bool:
        """Whether it may sign."""
        return self.retired is None and self.revoked is None

    @property
    def raw(self) -> bytes:
        """The thirty-two bytes of an Ed25519 key; the end of its DER."""
        return self.public[-32:]

    @property
    def multikey(self) -> str | None:
        """An issuing key as Multikey (`z6Mk…`)."""
        return multikey.encode(self.raw) if self.use == "issuing" else None

    def jwk(self) -> dict[str, str]:
        """The public key as JSON Web Key (RFC 7517, RFC 8037)."""
        key = serialization.load_der_public_key(self.public)
        named = {"kid": self.name, "use": "sig"}
        if isinstance(key, rsa.RSAPublicKey):
            numbers = key.public_numbers()
            return named | {"kty": "RSA", "alg": "RS256", "n": _number(numbers.n), "e": _number(numbers.e)}
        if isinstance(key, ec.EllipticCurvePublicKey):
            point = key.public_numbers()
            return named | {"kty": "EC", "crv": "P-256", "x": _number(point.x, 32), "y": _number(point.y, 32)}
        return named | {"kty": "OKP", "crv": "Ed25519", "x": _base64url(self.raw)}

    def pem(self) -> str:
        """The public key as PEM (SubjectPublicKeyInfo)."""
        return (
            serialization.load_der_public_key(self.public)
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            .decode()
        )


def as_json(key: PublicKey) -> dict[str, Any]:
    """A key as the register writes it."""
    entry = asdict(key) | {"public": base64.b64encode(key.public).decode()}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in entry.items()}


def from_json(entry: Mapping[str, Any]) -> PublicKey:
    """A key as the register has it; raises `ValueError`, `KeyError` or `TypeError`."""
    if entry["use"] not in USES:
        raise ValueError(entry["use"])
    return PublicKey(
        name=str(entry["name"]),
        use=entry["use"],
        public=base64.b64decode(entry["public"], validate=True),
        created=date.fromisoformat(entry["created"]),
        retired=date.fromisoformat(entry["retired"]) if entry["retired"] else None,
        revoked=date.fromisoformat(entry["revoked"]) if entry["revoked"] else None,
        reason=str(entry["reason"]),
    )


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _number(value: int, length: int | None = None) -> str:
    return _base64url(value.to_bytes(length or (value.bit_length() + 7) // 8, "big"))
