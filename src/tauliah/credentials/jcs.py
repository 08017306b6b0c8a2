"""The canonical form of JSON itself (RFC 8785, JSON Canonicalization Scheme)."""

from typing import Any

import rfc8785

from tauliah.credentials import strict_json


def canonicalise(value: Any) -> bytes:
    """The one way to write a JSON value; raises `Refused` for what JSON or its limits do not allow."""
    strict_json.check(value)
    return rfc8785.dumps(value)
