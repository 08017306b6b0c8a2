"""Documents set by Typst: the same bytes each time, whatever people typed, by one compiler for many pages."""

import json
import threading
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

FOLDER = Path(__file__).parent / "typst"
Standard = Literal["a-2a", "a-3a", "ua-1"]
ARCHIVAL: tuple[Standard, ...] = ("a-2a", "ua-1")
"""PDF/A-2a and PDF/UA-1: to be kept for good, and read aloud."""
ARCHIVAL_WITH_FILES: tuple[Standard, ...] = ("a-3a", "ua-1")
"""PDF/A-3a and PDF/UA-1: the same, with files attached."""
MOST_PROBES = 400
LAST_COVERED = "\u017f"
"""The end of Latin Extended-A: every visible character up to it is in the embedded fonts."""
HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
"""Categories of characters that cannot be seen: control, format, surrogate, private and unassigned."""
JOINERS = frozenset("\u200c\u200d")
"""Format characters that Jawi and Tamil need."""
LONGEST = 4000

View = dict[str, Any]


def typeset(
    template: str,
    view: View,
    day: date,
    *,
    standards: Sequence[Standard] = ARCHIVAL,
    enclosed: Mapping[str, str] | None = None,
) -> bytes:
    """Set `view` by a template of this folder; the file bears the day.

    The template reads the view as JSON from `sys.inputs.view`: no text in it is ever markup, and what no
    font can show is spelled out. `enclosed` holds what is passed on unchanged, by the name of its input.
    """
    visible = mapped(view, visible_text)
    set_ = _setting(template, datetime(day.year, day.month, day.day, tzinfo=UTC), standards, enclosed or {})
    try:
        return set_(visible)
    except typst.TypstError:
        # PDF/A forbids the empty box of a character no font has: spell such characters out.
        return _without_gaps(visible, set_)


def _setting(
    template: str, day: datetime, standards: Sequence[Standard], enclosed: Mapping[str, str]
) -> Callable[[View], bytes]:
    return lambda view: _compiled(template, {"view": json.dumps(view), **enclosed}, day, standards)


def _without_gaps(view: View, set_: Callable[[View], bytes]) -> bytes:
    lacking = _without_glyph(view)
    try:
        return set_(mapped(view, _spelling(lacking)))
    except typst.TypstError:
        # Each character has a font, but no one font has them all where they combine.
        return set_(mapped(view, _spelling(_uncommon(view))))


@cache
def fonts() -> typst.Fonts:
    """The faces that come with Typst, and none of the machine's."""
    return typst.Fonts(include_system_fonts=False)


class _Compilers(threading.local):
    """A compiler for each template, kept: what did not change is not set anew. No two threads share one."""

    def __init__(self) -> None:
        self.kept: dict[str, typst.Compiler] = {}

    def of(self, template: str) -> typst.Compiler:
        if template not in self.kept:
            self.kept[template] = typst.Compiler(
                FOLDER / template, root=FOLDER, font_paths=fonts(), ignore_system_fonts=True
            )
        return self.kept[template]


_compilers = _Compilers()


def _compiled(template: str, inputs: dict[str, str], day: datetime, standards: Sequence[Standard]) -> bytes:
    compiler = _compilers.of(template)
    set_ = compiler.compile(sys_inputs=inputs, format="pdf", pdf_standards=[*standards], timestamp=day)
    assert isinstance(set_, bytes)  # a list would be pages as images
    return set_


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """A view with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: mapped(each, change) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [mapped(each, change) for each in value]
    return value


def spelled(character: str) -> str:
    """A character by its number, for one that cannot be shown."""
    return f"[U+{ord(character):04X}]"


def visible_text(text: str) -> str:
    """Put the text on one line, with every character that cannot be seen spelled out."""
    if len(text) <= LONGEST and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    line = " ".join(text[:LONGEST].split()) + ("…" if len(text) > LONGEST else "")
    return "".join(spelled(c) if unicodedata.category(c) in HIDDEN and c not in JOINERS else c for c in line)


def _spelling(characters: set[str]) -> Callable[[str], str]:
    table = str.maketrans({character: spelled(character) for character in characters})
    return lambda text: text.translate(table)


def _uncommon(view: View) -> set[str]:
    return {c for text in _strings(view) for c in text if c > LAST_COVERED}


def _without_glyph(view: View) -> set[str]:
    """Find the characters that no embedded font has; with very many to try, all but the Latin ones."""
    uncommon = _uncommon(view)
    return uncommon if len(uncommon) > MOST_PROBES else {c for c in uncommon if not has_glyph(c)}


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


@lru_cache(maxsize=4096)
def has_glyph(character: str) -> bool:
    """Whether one of the embedded faces shows the character."""
    try:
        _compiled("glyph.typ", {"character": character}, datetime(2000, 1, 1, tzinfo=UTC), ARCHIVAL)
    except typst.TypstError:
        return False
    return True
