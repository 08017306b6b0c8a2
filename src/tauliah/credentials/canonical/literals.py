"""RDF literals as canonical N-Quads writes them: escapes, numbers, languages, JSON."""

import re
from typing import Any

import rfc8785

from tauliah.credentials import strict_json
from tauliah.credentials.refusal import Reason, Refused

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
I18N = "https://www.w3.org/ns/i18n#"
BOOLEAN, INTEGER, DOUBLE = (f"^^<{XSD}{name}>" for name in ("boolean", "integer", "double"))
JSON = f"^^<{RDF}JSON>"

SMALLEST_NUMBER = 1e-6
"""JavaScript writes smaller ones without a point, and its JSON-LD libraries take such a one for 0."""

_SPECIAL = re.compile(r'[\x00-\x1f"\\\x7f]')
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_SHORT = {"\b": "b", "\t": "t", "\n": "n", "\f": "f", "\r": "r", '"': '"', "\\": "\\"}
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | {
    ord(character): f"\\{letter}" for character, letter in _SHORT.items()
}
_TRAILING_ZEROS = re.compile(r"(\d)0*e([+-])0*(\d+)")


def text(value: str, suffix: str = "") -> str:
    """A text as a literal with its datatype or language; raises `Refused` for half characters."""
    if len(value) > strict_json.LONGEST_STRING:
        raise Refused(Reason.TOO_LONG_STRING, found=strict_json.LONGEST_STRING)
    if not value.isascii():
        strict_json.check(value)
    if _SPECIAL.search(value):
        value = value.translate(_ESCAPES)
    return f'"{value}"{suffix}'


def scalar(value: str | float, datatype: str = "", suffix: str = "") -> str:
    """A text, number or truth value as a literal; `suffix` is what a text gets, `datatype` anything."""
    if isinstance(value, str):
        if datatype == DOUBLE and not _is_canonical_double(value):
            raise Refused(Reason.NUMBER_OUT_OF_RANGE, found=value)
        return text(value, datatype or suffix)
    if isinstance(value, bool):
        return f'"{"true" if value else "false"}"{datatype or BOOLEAN}'
    return number(value, datatype)


def number(value: float, datatype: str = "") -> str:
    """A number as JSON-LD has it: whole ones as integers, others as doubles; raises `Refused`."""
    if value - value != 0:
        raise Refused(Reason.NOT_A_NUMBER, found=value)
    if 0 < abs(value) < SMALLEST_NUMBER:
        raise Refused(Reason.NUMBER_OUT_OF_RANGE, found=value)
    if value == int(value) and abs(value) < 1e21 and datatype != DOUBLE:
        if abs(value) > strict_json.LARGEST_INTEGER:
            raise Refused(Reason.NUMBER_OUT_OF_RANGE, found=value)
        return f'"{int(value)}"{datatype or INTEGER}'
    return f'"{_double(float(value))}"{datatype or DOUBLE}'


def _is_canonical_double(value: str) -> bool:
    """Whether a text is a double as everybody writes it; some libraries rewrite others, some do not."""
    try:
        return _double(float(value)) == value
    except ValueError:
        return False


def _double(value: float) -> str:
    """The canonical lexical form of an XSD double, with 16 digits at most."""
    return _TRAILING_ZEROS.sub(_exponent, f"{value:.15e}")


def _exponent(match: re.Match[str]) -> str:
    sign = "-" if match[2] == "-" else ""
    return f"{match[1]}E{sign}{match[3]}"


def language_suffix(language: str | None, direction: str | None = None) -> str:
    """What follows a text in a language; one with a direction is a datatype (i18n); raises `Refused`."""
    if language is not None and not _LANGUAGE.fullmatch(language):
        raise Refused(Reason.INVALID_LANGUAGE, found=language)
    if direction is not None:
        return f"^^<{I18N}{(language or '').lower()}_{direction}>"
    return "" if language is None else f"@{language.lower()}"


def json(value: Any) -> str:
    """A JSON literal, in the canonical form of RFC 8785; raises `Refused`."""
    strict_json.check(value)
    return text(rfc8785.dumps(value).decode(), JSON)
