"""Absolute IRIs: what may identify a thing, as RDF and the URL standards agree on it."""

import re

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f-\xa0\ud800-\udfff\ufffe\uffff]*")


def is_absolute(text: str) -> bool:
    """Whether the text has a scheme and holds no character that an IRI does not allow."""
    return bool(_ABSOLUTE.fullmatch(text))
