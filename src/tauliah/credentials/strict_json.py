"""Reads a credential's JSON in the one way that all software agrees on; refuses the rest.

Two readers that take a repeated key, a huge number or half a character differently see two
documents under one signature. So such a document is refused here, before anything else looks at it.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from tauliah.credentials.refusal import Reason, Refused

Json = dict[str, Any]

LARGEST_BYTES = 1_000_000
DEEPEST = 64
LONGEST_STRING = 500_000
MOST_VALUES = 50_000
LARGEST_INTEGER = 2**53 - 1
LONGEST_NUMBER = 64

_SURROGATE = re.compile("[\ud800-\udfff]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def read(text: str | bytes, *, largest_bytes: int = LARGEST_BYTES) -> Any:
    """The value of a JSON text; raises `Refused`."""
    if len(text) > largest_bytes:
        raise Refused(Reason.TOO_LARGE, found=largest_bytes)
    try:
        value = json.loads(
            text.decode() if isinstance(text, bytes) else text,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_constant,
            object_pairs_hook=_pairs,
        )
    except json.JSONDecodeError as error:
        raise Refused(Reason.NOT_JSON, found=f"{error.lineno}:{error.colno}") from None
    except UnicodeDecodeError:
        raise Refused(Reason.NOT_JSON, found="UTF-8") from None
    except RecursionError:
        raise Refused(Reason.TOO_DEEP, found=DEEPEST) from None
    check(value)
    return value


def read_object(text: str | bytes, *, largest_bytes: int = LARGEST_BYTES) -> Json:
    """The value of a JSON text that has to be an object; raises `Refused`."""
    value = read(text, largest_bytes=largest_bytes)
    if not isinstance(value, dict):
        raise Refused(Reason.NOT_AN_OBJECT)
    return value


def check(value: Any) -> None:
    """Raises `Refused` where a value is deeper, longer or more than a credential is, or no JSON."""
    level, depth, seen = [value], 0, 0
    while level:
        seen += len(level)
        if seen > MOST_VALUES:
            raise Refused(Reason.TOO_MANY_VALUES, found=MOST_VALUES)
        if depth > DEEPEST:
            raise Refused(Reason.TOO_DEEP, found=DEEPEST)
        level = [inner for outer in level for inner in _parts(outer)]
        depth += 1


def has_disguising_characters(text: str) -> bool:
    """Whether a name holds controls that hide, break or turn around what a person reads."""
    return bool(_BIDI.search(text) or _CONTROL.search(text))


def _parts(value: Any) -> Iterable[Any]:
    kind = type(value)
    if kind is str:
        _check_text(value)
    elif kind is dict:
        for key in value:
            if type(key) is not str:
                raise Refused(Reason.NOT_JSON, found=key)
            _check_text(key)
        return value.values()  # type: ignore[no-any-return]
    elif kind is list:
        return value  # type: ignore[no-any-return]
    elif kind is int:
        if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
            raise Refused(Reason.NUMBER_OUT_OF_RANGE, found="2^53")
    elif kind is float:
        if value - value != 0.0:
            raise Refused(Reason.NOT_A_NUMBER, found=value)
    elif value is not None and kind is not bool:
        raise Refused(Reason.NOT_JSON, found=kind.__name__)
    return ()


def _check_text(text: str) -> None:
    if len(text) > LONGEST_STRING:
        raise Refused(Reason.TOO_LONG_STRING, found=LONGEST_STRING)
    if not text.isascii() and _SURROGATE.search(text):
        raise Refused(Reason.LONE_SURROGATE, found=text)


def _pairs(pairs: list[tuple[str, Any]]) -> Json:
    values = dict(pairs)
    if len(values) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise Refused(Reason.DUPLICATE_KEY, found=key)
            seen.add(key)
    return values


def _integer(text: str) -> int:
    number = int(text) if len(text) <= LONGEST_NUMBER else LARGEST_INTEGER + 1
    if abs(number) > LARGEST_INTEGER:
        raise Refused(Reason.NUMBER_OUT_OF_RANGE, found=text)
    return number


def _float(text: str) -> float:
    number = float(text)
    if number - number != 0.0 or len(text) > LONGEST_NUMBER:
        raise Refused(Reason.NUMBER_OUT_OF_RANGE, found=text)
    return number


def _constant(text: str) -> Any:
    raise Refused(Reason.NOT_A_NUMBER, found=text)
