"""The result of a transfer evaluation as a printed decision: PDF/A-2a, PDF/UA-1, the same bytes each time."""

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst

from tauliah.files.typst.decision import Decision, View
from tauliah.policy.pack import Pack

FOLDER = Path(__file__).parent / "typst"
MOST_PROBES = 400
LAST_COVERED = "\u017f"
"""The end of Latin Extended-A: every visible character up to it is in the embedded fonts."""
HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
"""Categories of characters that cannot be seen: control, format, surrogate, private and unassigned."""
JOINERS = frozenset("\u200c\u200d")
"""Format characters that Jawi and Tamil need."""
LONGEST = 4000


def decision_pdf(document: Mapping[str, Any], result: Mapping[str, Any], pack: Pack, language: str) -> bytes:
    """Print a result of kind transfer in "ms" or "en"; the file bears the case's day of application."""
    view = _mapped(Decision(document, result, pack, language).view(), _visible)
    try:
        return _compiled(view)
    except typst.TypstError:
        # PDF/A forbids the empty box of a character no font has: spell such characters out.
        return _without_gaps(view)


def _without_gaps(view: View) -> bytes:
    lacking = _without_glyph(view)
    try:
        return _compiled(_mapped(view, _spelling(lacking)))
    except typst.TypstError:
        # Each character has a font, but no one font has them all where they combine.
        return _compiled(_mapped(view, _spelling(_uncommon(view))))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _compiled(view: View) -> bytes:
    return _set("decision.typ", {"view": json.dumps(view)}, datetime(**view["date"], tzinfo=UTC))


def _set(template: str, inputs: dict[str, str], day: datetime) -> bytes:
    return typst.compile(
        FOLDER / template,
        root=FOLDER,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["a-2a", "ua-1"],
        timestamp=day,
    )


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _mapped(each, change) for name, each in value.items()}
    if isinstance(value, list):
        return [_mapped(each, change) for each in value]
    return value


def _spelled(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def _visible(text: str) -> str:
    """Put the text on one line, with every character that cannot be seen spelled out."""
    line = " ".join(text[:LONGEST].split()) + ("…" if len(text) > LONGEST else "")
    return "".join(_spelled(c) if unicodedata.category(c) in HIDDEN and c not in JOINERS else c for c in line)


def _spelling(characters: set[str]) -> Callable[[str], str]:
    table = str.maketrans({character: _spelled(character) for character in characters})
    return lambda text: text.translate(table)


def _uncommon(view: View) -> set[str]:
    return {c for text in _strings(view) for c in text if c > LAST_COVERED}


def _without_glyph(view: View) -> set[str]:
    """Find the characters that no embedded font has; with very many to try, all but the Latin ones."""
    uncommon = _uncommon(view)
    return uncommon if len(uncommon) > MOST_PROBES else {c for c in uncommon if not _has_glyph(c)}


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


@lru_cache(maxsize=4096)
def _has_glyph(character: str) -> bool:
    try:
        _set("glyph.typ", {"character": character}, datetime(2000, 1, 1, tzinfo=UTC))
    except typst.TypstError:
        return False
    return True
