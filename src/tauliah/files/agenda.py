"""The agenda of a meeting with the papers of its items: one PDF with page numbers and bookmarks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tauliah.files.account import Fact
from tauliah.files.letter import Part, paper_words
from tauliah.files.paper import Institution, Signatory, numbers_of, signature_pictures
from tauliah.files.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Entry:
    """An item: its number in the agenda, what is asked, a smaller note, and what its paper says."""

    number: str
    title: str
    parts: Sequence[Part] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Items of one kind under a heading."""

    heading: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Agenda:
    """What stands in an agenda, in one language ("ms" or "en"); every text is printed literally.

    Each paper begins on a page of its own, to which the agenda's table and the bookmarks lead; without
    `papers` the table stands alone.
    """

    institution: Institution
    language: str
    day: date
    title: str
    facts: Sequence[Fact]
    sections: Sequence[Section]
    subtitle: str = ""
    note: str = ""
    reference: str = ""
    papers: bool = True
    signatories: tuple[Signatory, ...] = ()


def agenda_pdf(agenda: Agenda) -> bytes:
    """Print an agenda; the file bears the day of the meeting."""
    pictures = agenda.institution.pictures() | signature_pictures(agenda.signatories)
    return typeset("agenda.typ", _view(agenda), agenda.day, enclosed=pictures)


def _view(agenda: Agenda) -> dict[str, Any]:
    return {
        "words": paper_words(agenda.language),
        "language": agenda.language,
        "other-language": "ms" if agenda.language == "en" else "en",
        "institution": agenda.institution.view(agenda.language),
        "date": numbers_of(agenda.day),
        "title": agenda.title,
        "subtitle": agenda.subtitle,
        "description": f"{agenda.title}. {agenda.subtitle}".strip(),
        "running": " · ".join(filter(None, (agenda.title, agenda.reference))),
        "facts": [
            {"label": label, "value": [value] if isinstance(value, str) else list(value)}
            for label, value in agenda.facts
        ],
        "note": agenda.note,
        "papers": agenda.papers,
        "sections": [_section(section) for section in agenda.sections],
        "signatories": [each.view(agenda.language) for each in agenda.signatories],
        "verification": None,
    }


def _section(section: Section) -> dict[str, Any]:
    entries = [
        {
            "number": entry.number,
            "title": entry.title,
            "note": entry.note,
            "parts": [part.view() for part in entry.parts],
        }
        for entry in section.entries
    ]
    return {"heading": section.heading, "entries": entries}
