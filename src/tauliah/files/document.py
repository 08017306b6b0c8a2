"""Reads one YAML 1.2 or JSON document into plain values; refuses what a case never needs.

YAML goes through libyaml's events, not its loader: words keep the meaning YAML 1.2 gives them (a
bare `on`, `no` or `2025-09-15` is text), numbers stay exact decimals, and anchors, aliases, tags,
merge keys, repeated keys and deep nesting are errors, so that no input can run code, grow beyond
its own size or hang.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from tauliah.values.case import path as written
from tauliah.values.text import Text

LARGEST_BYTES = 1_000_000
DEEPEST = 32
MOST_DIGITS = 30
LONGEST_NUMBER = 60


class UnreadableDocument(ValueError):
    """The text is not a document that can be read; `where` is a path in it or empty."""

    def __init__(self, ms: str, en: str, where: str = "") -> None:
        self.where, self.message = where, Text(ms, en)
        super().__init__(en)


def read_file(path: Path) -> Any:
    """The values of a YAML or JSON file; raises `UnreadableDocument`, `OSError`."""
    with path.open("rb") as file:
        return read_bytes(file.read(LARGEST_BYTES + 1), is_json=path.suffix == ".json")


def read_bytes(data: bytes, *, is_json: bool = False) -> Any:
    """The values of an encoded document; raises `UnreadableDocument`."""
    if len(data) > LARGEST_BYTES:
        raise _too_large()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableDocument(
            "Fail ini bukan teks UTF-8; simpan semula sebagai teks UTF-8.",
            "This is not UTF-8 text; save the file again as UTF-8 text.",
        ) from None
    return read_json(text) if is_json else read_text(text)


def read_text(text: str) -> Any:
    """The values of a YAML or JSON document; raises `UnreadableDocument`.

    JSON is almost YAML: libyaml refuses characters that JSON writes as two escapes.
    """
    if text.lstrip().startswith("{"):
        with suppress(UnreadableDocument):
            return read_json(text)
    return read_yaml(text)


def read_json(text: str) -> Any:
    """The values of a JSON document; raises `UnreadableDocument`."""
    try:
        values = json.loads(
            text, parse_float=_decimal, parse_int=_integer, parse_constant=_decimal, object_pairs_hook=_pairs
        )
    except json.JSONDecodeError as error:
        at = f"{error.lineno}:{error.colno}"
        raise UnreadableDocument(
            f"JSON tidak sah pada baris:lajur {at}.", f"Not valid JSON at line:column {at}: {error.msg}."
        ) from None
    except RecursionError:
        raise _too_deep() from None
    _check_plain(values)
    return values


def read_yaml(text: str) -> Any:
    """The values of a YAML 1.2 document; raises `UnreadableDocument`."""
    try:
        return _build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f"{mark.line + 1}:{mark.column + 1}" if mark else "?"
        raise UnreadableDocument(
            f"YAML tidak sah pada baris:lajur {at}.", f"Not valid YAML at line:column {at}: {error.problem}."
        ) from None
    except yaml.YAMLError as error:
        raise UnreadableDocument("YAML tidak sah.", f"Not valid YAML: {error}.") from None


def write_yaml(values: Mapping[str, Any]) -> str:
    """The values as YAML that `read_yaml` reads back the same."""
    return yaml.dump(values, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=100)


@dataclass
class _Level:
    """A mapping or list under construction, and where it stands."""

    value: dict[str, Any] | list[Any]
    step: str | int | None
    key: str | None = None
    keys: set[str] = field(default_factory=set)


def _build(events: Iterator[yaml.Event]) -> Any:
    """Builds the values from parser events with a stack of our own: no recursion to exhaust."""
    root: list[Any] = []
    levels = [_Level(root, None)]
    documents = 0
    for event in events:
        match event:
            case yaml.DocumentStartEvent():
                documents += 1
                if documents > 1:
                    raise UnreadableDocument(
                        "Satu fail hendaklah mengandungi satu dokumen sahaja.",
                        "A file holds one document only.",
                    )
            case yaml.AliasEvent():
                raise _not_plain(levels, "sauh dan rujukannya (& dan *)", "anchors and aliases (& and *)")
            case yaml.ScalarEvent() | yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                _open(levels, event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                levels.pop()
    return root[0] if root else None


def _open(levels: list[_Level], event: Any) -> None:
    if event.anchor is not None:
        raise _not_plain(levels, "sauh dan rujukannya (& dan *)", "anchors and aliases (& and *)")
    if event.tag not in (None, "!"):
        raise _not_plain(levels, "tag (!)", "tags (!)")
    if len(levels) > DEEPEST:
        raise _too_deep()
    if isinstance(event, yaml.ScalarEvent):
        _put(levels, event.value if not event.implicit[0] else _scalar(event.value))
        return
    value: dict[str, Any] | list[Any] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
    step = _put(levels, value)
    levels.append(_Level(value, step))


def _put(levels: list[_Level], value: Any) -> str | int | None:
    """Puts a value into the innermost level; a mapping's values alternate with its keys."""
    level, inner = levels[-1], levels[-1].value
    if isinstance(inner, list):
        inner.append(value)
        return len(inner) - 1 if len(levels) > 1 else None
    if level.key is None:
        level.key = _key(levels, level, value)
        return None
    key, level.key = level.key, None
    inner[key] = value
    return key


def _key(levels: list[_Level], level: _Level, value: Any) -> str:
    if isinstance(value, dict | list):
        raise _not_plain(levels, "kunci yang bukan teks", "keys that are not text")
    key = value if isinstance(value, str) else "null" if value is None else str(value)
    if key in level.keys:
        raise UnreadableDocument(
            f"Kunci “{key}” berulang.", f"The key “{key}” stands twice.", written([*_steps(levels), key])
        )
    level.keys.add(key)
    return key


def _steps(levels: list[_Level]) -> list[str | int]:
    return [level.step for level in levels if level.step is not None]


def _here(levels: list[_Level]) -> list[str | int]:
    """The place that the next value will have."""
    level = levels[-1]
    if isinstance(level.value, list):
        return [*_steps(levels), *([len(level.value)] if len(levels) > 1 else [])]
    return [*_steps(levels), *([level.key] if level.key is not None else [])]


_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: Mapping[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def _scalar(text: str) -> Any:
    """A plain scalar by the core schema of YAML 1.2 (section 10.3.2)."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return _integer(text)
    if _FLOAT.fullmatch(text):
        return _decimal(text)
    return text


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= MOST_DIGITS else text


def _decimal(text: str) -> Decimal | str:
    """The exact number; one too long to be meant stays text, which its field then refuses."""
    if len(text) <= LONGEST_NUMBER:
        with suppress(InvalidOperation):
            number = Decimal(text)
            if len(number.as_tuple().digits) <= MOST_DIGITS:
                return number
    return text


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            shown = _shown(key)
            raise UnreadableDocument(f"Kunci “{shown}” berulang.", f"The key “{shown}” stands twice.", shown)
        values[key] = value
    return values


def _check_plain(values: Any) -> None:
    """Raises `UnreadableDocument` where JSON holds what YAML cannot: deep nesting, half a character."""
    level, depth = [values], 0
    while level := [inner for value in level for inner in _parts(value)]:
        depth += 1
        if depth > DEEPEST:
            raise _too_deep()


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, str) and _shown(value) != value:
        shown = _shown(value[:40])
        raise UnreadableDocument(
            f"Teks “{shown}” mengandungi aksara yang tidak lengkap.",
            f"The text “{shown}” holds half a character.",
        )
    return (*value, *value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ()


def _shown(text: str) -> str:
    """The text as it can be written: half a character becomes a question mark."""
    return text if text.isascii() else text.encode(errors="replace").decode()


def _not_plain(levels: list[_Level], ms: str, en: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"Fail kes tidak menerima {ms}.", f"A case file does not take {en}.", written(_here(levels))
    )


def _too_deep() -> UnreadableDocument:
    return UnreadableDocument(
        f"Struktur terlalu dalam; paling banyak {DEEPEST} aras.",
        f"Nested too deeply; at most {DEEPEST} levels.",
    )


def _too_large() -> UnreadableDocument:
    most = LARGEST_BYTES // 1000
    return UnreadableDocument(
        f"Fail terlalu besar; paling besar {most} kB.", f"The file is too large; {most} kB at most."
    )


class _Writer(yaml.SafeDumper):
    """Writes what `read_yaml` reads: numbers as YAML 1.2 has them, lists indented, no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _write_decimal(writer: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    kind = "int" if _INTEGER.fullmatch(str(value)) else "float"
    return writer.represent_scalar(f"tag:yaml.org,2002:{kind}", str(value))


def _write_text(writer: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    breaks = any(character in value for character in "\x85\u2028\u2029")
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style='"' if breaks else None)


_Writer.add_representer(Decimal, _write_decimal)
_Writer.add_representer(str, _write_text)
_Writer.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(f"(?:{_FLOAT.pattern})$"), list("-+.0123456789")
)
