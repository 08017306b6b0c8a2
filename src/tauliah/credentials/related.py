"""Resources that a credential binds by their digest, compared with the bytes at hand."""

import binascii
import hashlib
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Any

from tauliah.credentials import multibase
from tauliah.credentials.refusal import Refused
from tauliah.credentials.strict_json import Json
from tauliah.credentials.structure import many, place
from tauliah.values.case import Problem
from tauliah.values.text import Text

_SRI = re.compile(r"sha(256|384|512)-([A-Za-z0-9+/]+={0,2})(\?[\x21-\x7e]*)?")
_STRENGTH = ("sha256", "sha384", "sha512")
_SHA256 = b"\x12\x20"
"""What a multihash begins with where it is SHA-256; some software leaves it out."""


def related_problems(document: Json, resources: Mapping[str, bytes]) -> Iterator[Problem]:
    """The bound resources whose digest is malformed, or differs from the bytes in `resources`."""
    for i, resource in enumerate(many(document.get("relatedResource"))):
        if not isinstance(resource, dict):
            continue
        where = place("relatedResource", document, i)
        data = resources.get(str(resource.get("id")))
        for key, matches in (("digestSRI", _matches_sri), ("digestMultibase", _matches_multibase)):
            if key in resource and not matches(resource[key], data):
                yield Problem(f"{where}.{key}", _DIFFERS)


_DIFFERS = Text(
    "Cernaan ini salah bentuk, atau sumbernya telah berubah sejak ditandatangani.",
    "This digest is malformed, or the resource has changed since it was signed.",
)


def _matches_sri(digest: Any, data: bytes | None) -> bool:
    """Whether the strongest of the digests is that of the data; only their form where there is none."""
    found = [_SRI.fullmatch(part) for part in digest.split()] if isinstance(digest, str) else []
    if not found or None in found:
        return False
    named = [(f"sha{match[1]}", match[2]) for match in found if match]
    strongest = max((name for name, _ in named), key=_STRENGTH.index)
    stated = [_base64(text) for name, text in named if name == strongest]
    length = hashlib.new(strongest).digest_size
    if any(value is None or len(value) != length for value in stated):
        return False
    return data is None or hashlib.new(strongest, data).digest() in stated


def _base64(text: str) -> bytes | None:
    try:
        return b64decode(text, validate=True)
    except binascii.Error:
        return None


def _matches_multibase(digest: Any, data: bytes | None) -> bool:
    try:
        value = multibase.decode(digest, prefixes="uz") if isinstance(digest, str) else b""
    except Refused:
        return False
    value = value.removeprefix(_SHA256) if len(value) == len(_SHA256) + 32 else value
    return len(value) == 32 and (data is None or hashlib.sha256(data).digest() == value)
