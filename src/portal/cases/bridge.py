"""What a person typed, written out as the contract's case, and back.

An *entry* has the shape of a case, but every value is the text in a field of the form (a list of
texts for ticked boxes), so that nothing typed is lost. A text that is no number where a number
belongs stays a text: the core then names the field.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from portal.cases.keys import Key, Rows, Shape

Entry = dict[str, Any]
Case = dict[str, Any]

STEP = re.compile(r"([a-z_]+)|\[([0-9]{1,3})\]")
PLACE = re.compile(r"[a-z_]+(?:\[[0-9]{1,3}\])?(?:\.[a-z_]+(?:\[[0-9]{1,3}\])?)*")
NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,20})?")
SLASHED_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
OUTCOME = re.compile(r"\s*([^,;:=?%]{1,60}?)\s*[:=\s]\s*(\?|[0-9]{1,3}(?:[.,][0-9]{1,9})?)\s*%?\s*")
LONGEST = 400
NOTHING: Mapping[Any, Any] = MappingProxyType({})
NONE = "–"
"""Typed where a list is known to be empty."""
TICKED = frozenset({"words", "ticks"})
LISTED = frozenset({"texts", "numbers"})


# --- From the form ---------------------------------------------------------------------------------


def entry_of_form(fields: Iterable[tuple[str, list[str]]], shape: Shape) -> Entry:
    """Gather the fields of a form, named by their place in the case (``claims[0].target.code``).

    Names that are no place of such a case are left aside. Rows are closed up, in their order.
    """
    gathered: dict[str, Any] = {}
    for name, values in fields:
        if PLACE.fullmatch(name):
            _put(gathered, shape, [int(i) if i else word for word, i in STEP.findall(name)], values)
    return blank(shape, gathered)


def _put(into: dict[Any, Any], shape: Shape, path: list[str | int], values: list[str]) -> None:
    head, *rest = path
    part = shape.get(str(head))
    if isinstance(part, Key) and not rest:
        into[head] = [clean(v) for v in values if v] if part.kind in TICKED else clean(values[-1])
    elif isinstance(part, Rows) and len(rest) > 1 and isinstance(rest[0], int):
        _put(
            into.setdefault(head, {}).setdefault(rest[0], {}),
            part.shape,
            rest[1:],
            values,
        )
    elif isinstance(part, Mapping) and rest:
        _put(into.setdefault(head, {}), part, rest, values)


def _closed_up(gathered: Mapping[Any, Any], shape: Shape) -> Entry:
    """Turn the numbered rows into lists and give every key of the shape a value."""
    entry: Entry = {}
    for name, part in shape.items():
        value = gathered.get(name)
        if isinstance(part, Key):
            entry[name] = ([] if part.kind in TICKED else "") if value is None else value
        elif isinstance(part, Rows):
            rows = sorted((value or {}).items())[: part.most]
            entry[name] = [_closed_up(row, part.shape) for _, row in rows]
        else:
            entry[name] = _closed_up(value or {}, part)
    return entry


def clean(text: str) -> str:
    """Drop what cannot be shown (control characters, lone surrogates) and cut what no field needs."""
    return "".join(c if c.isprintable() else " " for c in text[:LONGEST]).strip()


def blank(shape: Shape, gathered: Mapping[Any, Any] = NOTHING) -> Entry:
    """Return an entry of this shape with nothing in it but what was gathered."""
    return _closed_up(gathered, shape)


# --- To the case -----------------------------------------------------------------------------------


def written(entry: Mapping[str, Any], shape: Shape, always: frozenset[str] = frozenset()) -> Case:
    """Write an entry as a case; what is empty is not known and is left out.

    Blocks named in ``always`` are written even when empty, so that the core names what they lack.
    """
    values = ((name, _value(entry[name], part, always)) for name, part in shape.items())
    return {name: value for name, value in values if value is not None and (value != {} or name in always)}


def _value(value: Any, part: Key | Rows | Shape, always: frozenset[str]) -> Any:
    if isinstance(part, Key):
        return VALUE_OF_TEXT[part.kind](value) if value or part.kind == "ticks" else None
    if isinstance(part, Rows):
        rows = [written(row, part.shape, always) for row in value]
        return rows if rows or part.certain else None
    return written(value, part, always)


def _number(text: str) -> int | float | str:
    if not NUMBER.fullmatch(text):
        return text
    exact = Decimal(text.replace(",", "."))
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _share(text: str) -> int | float | str:
    """Read a percentage as the share it stands for: 85 or 85 % is 0.85."""
    percent = _number(text.removesuffix("%").rstrip())
    return text if isinstance(percent, str) else _number(f"{Decimal(str(percent)) / 100:f}")


def could_be_share(text: str) -> bool:
    """Say whether what was typed as a percentage looks like a share: 0.85 instead of 85."""
    return bool(NUMBER.fullmatch(text)) and 0 < Decimal(text.replace(",", ".")) <= 1


def _day(text: str) -> str:
    """Read 15/9/2025 as 2025-09-15; anything else is left as it is."""
    slashed = SLASHED_DAY.fullmatch(text)
    return "{2}-{1:0>2}-{0:0>2}".format(*slashed.groups()) if slashed else text


def _answer(text: str) -> bool | str:
    return {"yes": True, "no": False}.get(text, text)


def _outcomes(text: str) -> dict[str, Any] | str:
    """Read ``CLO1 62, CLO2 ?`` as the percentage reached in each outcome, or not known."""
    parts = [OUTCOME.fullmatch(part) for part in re.split(r"[,;](?!\d)", text) if part.strip()]
    if not parts or not all(parts):
        return text
    return {part[1]: None if part[2] == "?" else _number(part[2]) for part in parts if part}


def _texts(text: str) -> list[str]:
    """Read ``CLO1, CLO2`` as a list; a dash stands for an empty one."""
    return [] if text in {NONE, "-"} else [part.strip() for part in re.split(r"[,;]", text) if part.strip()]


def _numbers(text: str) -> list[int | float | str | None]:
    """Read ``40, ?, 40`` as numbers, one of them not known; a comma before a blank or the end parts them."""
    if text in {NONE, "-"}:
        return []
    parts = [part.strip() for part in re.split(r";|,(?=\s)|,$", text)]
    return [None if part == "?" else _number(part) for part in parts if part]


VALUE_OF_TEXT: Mapping[str, Callable[[Any], Any]] = {
    "text": str,
    "word": str,
    "words": list,
    "ticks": list,
    "number": _number,
    "share": _share,
    "date": _day,
    "answer": _answer,
    "outcomes": _outcomes,
    "texts": _texts,
    "numbers": _numbers,
}


# --- From a case -----------------------------------------------------------------------------------


def entry_of_case(case: Mapping[str, Any], shape: Shape) -> Entry:
    """Fill an entry from a case; what is not of the contract, or not of its shape, is left aside."""
    return _read(case, shape)


def _read(value: Any, shape: Shape) -> Entry:
    given = value if isinstance(value, Mapping) else {}
    return {name: _text(given.get(name), part) for name, part in shape.items()}


def _text(value: Any, part: Key | Rows | Shape) -> Any:
    if isinstance(part, Rows):
        rows = value if isinstance(value, list | tuple) else []
        return [_read(row, part.shape) for row in rows[: part.most]]
    if not isinstance(part, Key):
        return _read(value, part)
    if part.kind in TICKED:
        return [clean(str(v)) for v in value if isinstance(v, str)] if isinstance(value, list | tuple) else []
    if part.kind in LISTED and isinstance(value, list | tuple):
        return clean(", ".join("?" if v is None else _plain(v) for v in value)) if value else NONE
    return "" if value is None else clean(_typed(value, part))


def _typed(value: Any, key: Key) -> str:
    """Give the text a person would have typed for this value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return _percent(value) if key.kind == "share" else _figure(value, hundredfold=False)
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, Mapping) and key.kind == "outcomes":
        return ", ".join(f"{name} {'?' if p is None else _plain(p)}" for name, p in value.items())
    return _plain(value)


def _percent(share: float | Decimal) -> str:
    """Give a share as percent, with its sign where the bare figure could be taken for a share."""
    figure = _figure(share, hundredfold=True)
    return f"{figure} %" if could_be_share(figure) else figure


def _plain(value: Any) -> str:
    """Give a text or number as it is typed; what is neither cannot have been typed."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return ""
    return value if isinstance(value, str) else _figure(value, hundredfold=False)


def _figure(value: float | Decimal, *, hundredfold: bool) -> str:
    try:
        exact = Decimal(str(value)) * (100 if hundredfold else 1)
        return f"{exact.normalize():f}" if abs(exact) < 10**15 and exact.is_finite() else str(value)[:40]
    except (ArithmeticError, ValueError):
        return "?"


# --- What is in it ---------------------------------------------------------------------------------


def is_blank(row: Mapping[str, Any], *, but: frozenset[str] = frozenset()) -> bool:
    """Say whether a person has filled nothing in a row, leaving aside the keys in ``but``."""
    return not any(_filled(value) for name, value in row.items() if name not in but)


def _filled(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_filled(v) for v in value.values())
    if isinstance(value, list):
        return any(_filled(v) for v in value)
    return bool(value)
