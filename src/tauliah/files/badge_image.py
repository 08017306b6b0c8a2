"""The picture of a badge, as SVG and PNG, drawn from the award: nothing about the learner is in it."""

import json
from functools import lru_cache
from typing import Any, Literal
from xml.sax.saxutils import escape

import typst

from tauliah.credentials.achievement import MQF_LEVELS, Achievement
from tauliah.credentials.statement import CERTIFICATES
from tauliah.files.paper import Institution
from tauliah.files.typesetting import FOLDER, LAST_COVERED, fonts, has_glyph, mapped, spelled, visible_text
from tauliah.values.text import Text, joined
from tauliah.values.unit import decimal_text

PIXELS_PER_INCH = 144.0
"""The picture is 420 points wide, so 840 pixels."""
LEVEL = Text("Tahap MQF {level} · {name}", "MQF level {level} · {name}")
CREDITS = Text("{credits} kredit", "{credits} credits")
ALT = Text("Lencana digital", "Digital badge")


def badge_svg(achievement: Achievement, certificate: str, look: Institution, language: str) -> bytes:
    """The badge of an achievement in "ms" or "en" as SVG, with a title for who cannot see it.

    `certificate` is one of `CERTIFICATES`; it is the same for all learners, and ready to be baked.
    """
    drawn = _drawn(achievement, certificate, look, language, "svg").decode()
    words = _words(achievement, certificate, look).in_language(language)
    start = drawn.index(">", drawn.index("<svg")) + 1
    tag = drawn[: start - 1].replace("<svg", '<svg role="img"', 1)
    return f"{tag}><title>{escape(words)}</title>{drawn[start:]}".encode()


def badge_png(achievement: Achievement, certificate: str, look: Institution, language: str) -> bytes:
    """The same badge as PNG, 840 pixels wide, on a transparent ground."""
    return _drawn(achievement, certificate, look, language, "png")


def _words(achievement: Achievement, certificate: str, look: Institution) -> Text:
    return joined([ALT, CERTIFICATES[certificate], achievement.title, look.name], ", ")


@lru_cache(maxsize=256)
def _drawn(
    achievement: Achievement, certificate: str, look: Institution, language: str, form: Literal["svg", "png"]
) -> bytes:
    view = mapped(_view(achievement, certificate, look, language), _shown)
    picture = typst.compile(
        FOLDER / "badge.typ",
        root=FOLDER,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"view": json.dumps(view), **look.pictures()},
        format=form,
        ppi=PIXELS_PER_INCH,
    )
    assert isinstance(picture, bytes)  # one page
    return picture


def _view(achievement: Achievement, certificate: str, look: Institution, language: str) -> dict[str, Any]:
    level = LEVEL.fill(level=str(achievement.mqf_level), name=MQF_LEVELS[achievement.mqf_level])
    worth = CREDITS.fill(credits=decimal_text(achievement.credits))
    return {
        "language": language,
        "colour": look.colour,
        "accent": look.accent,
        "crest": look.crest is not None,
        "institution": look.name.in_language(language),
        "short-name": look.short_name,
        "title": achievement.title.in_language(language),
        "kind": CERTIFICATES[certificate].in_language(language),
        "level": level.in_language(language),
        "worth": worth.in_language(language),
    }


def _shown(text: str) -> str:
    """The text with every character spelled out that cannot be seen, or that no face shows."""
    plain = visible_text(text)
    return "".join(c if c <= LAST_COVERED or has_glyph(c) else spelled(c) for c in plain)
