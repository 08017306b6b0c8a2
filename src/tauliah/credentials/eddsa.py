"""Ed25519 (RFC 8032), strictly: one encoding for each signature, no key that signs everything."""

from typing import NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tauliah.credentials.refusal import Reason, Refused

KEY_BYTES = 32
SIGNATURE_BYTES = 64
FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, FIELD) % FIELD
_ROOT = pow(2, (FIELD - 1) // 4, FIELD)


class SigningKey:
    """A secret key that signs; it never shows itself."""

    __slots__ = ("_key", "public")

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @classmethod
    def from_seed(cls, seed: bytes) -> "SigningKey":
        """The key of a secret seed of 32 bytes; raises `Refused`."""
        if len(seed) != KEY_BYTES:
            raise Refused(Reason.KEY_MALFORMED, found="…")
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes."""
        return self._key.sign(message)

    def __repr__(self) -> str:
        return f"SigningKey(public={self.public.hex()})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a signing key is not written out")


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature is the key's; a second encoding of a valid one is not (S < L, R proper)."""
    if len(signature) != SIGNATURE_BYTES or not _is_proper(public) or not _is_proper(signature[:32]):
        return False
    if int.from_bytes(signature[32:], "little") >= ORDER:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def check_public(public: bytes) -> None:
    """Raises `Refused` for a key of small order or one written in a second way."""
    if len(public) != KEY_BYTES:
        raise Refused(Reason.KEY_MALFORMED, found=public.hex())
    if not _is_proper(public):
        raise Refused(Reason.KEY_SMALL_ORDER)


def _is_proper(point: bytes) -> bool:
    """Whether the encoded point is canonical and not one of the eight of small order."""
    y = int.from_bytes(point, "little") & (2**255 - 1)
    return len(point) == KEY_BYTES and y < FIELD and y not in _SMALL_ORDER


def _small_order() -> frozenset[int]:
    """The y coordinates of the points of order 1, 2, 4 and 8.

    A point of order 8 doubles to one with y = 0, so x² = -y² and, on the curve, d·y⁴ + 2·y² - 1 = 0.
    """
    found = {0, 1, FIELD - 1}
    root = _square_root((1 + _D) % FIELD) or 0
    for sign in (1, -1):
        y = _square_root((sign * root - 1) * pow(_D, -1, FIELD) % FIELD)
        if y is not None:
            found |= {y, FIELD - y}
    return frozenset(found)


def _square_root(square: int) -> int | None:
    root = pow(square, (FIELD + 3) // 8, FIELD)
    for candidate in (root, root * _ROOT % FIELD):
        if candidate * candidate % FIELD == square:
            return candidate
    return None


_SMALL_ORDER = _small_order()
