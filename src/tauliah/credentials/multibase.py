"""Multibase: bytes as text whose first letter says how (`z` base58, `u` base64url)."""

import base64
import binascii

from tauliah.credentials.refusal import Reason, Refused

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LONGEST_BASE58 = 1_000
"""Base58 takes time in the square of its length; keys and signatures have about 90 letters."""

_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]


def encode_base58(data: bytes) -> str:
    """The bytes in base58 (Bitcoin's alphabet), with `z` in front."""
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, pair = divmod(number, 3364)
        text = _PAIRS[pair] + text
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + "1" * zeros + text.lstrip("1")


def encode_base64url(data: bytes) -> str:
    """The bytes in base64url without padding, with `u` in front."""
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: object, *, prefixes: str = "z", reason: Reason = Reason.KEY_MALFORMED) -> bytes:
    """The bytes of a multibase text; raises `Refused` with `reason` unless its form is one of `prefixes`."""
    if not isinstance(text, str) or not text or text[0] not in prefixes:
        raise Refused(reason, found=text)
    data = _base58(text[1:]) if text[0] == "z" else _base64url(text[1:])
    if data is None:
        raise Refused(reason, found=text)
    return data


def _base58(text: str) -> bytes | None:
    if len(text) > LONGEST_BASE58:
        return None
    number = 0
    for letter in text:
        if letter not in _VALUES:
            return None
        number = number * 58 + _VALUES[letter]
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _base64url(text: str) -> bytes | None:
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if encode_base64url(data)[1:] == text else None
