"""Filled-in forms and checklists on an institution's paper: PDF/A-2a, PDF/UA-1."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tauliah.files.letter import Facts, Heading, Notice, Paragraph, Table, paper_words
from tauliah.files.paper import Institution, numbers_of
from tauliah.files.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Tick:
    """A point of a checklist, its box ticked or empty; the note stands smaller below."""

    number: str
    text: str
    ticked: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ticks:
    """A checklist with a heading of its own."""

    heading: str
    rows: Sequence[Tick]

    def view(self) -> dict[str, Any]:
        rows = [
            {"number": row.number, "text": row.text, "ticked": row.ticked, "note": row.note}
            for row in self.rows
        ]
        return {"kind": "ticks", "heading": self.heading, "rows": rows}


@dataclass(frozen=True, slots=True)
class Signed:
    """Room for a signature: as what, whose, and the day, where they are known."""

    label: str
    name: str = ""
    day: str = ""


FormPart = Paragraph | Heading | Notice | Facts | Table | Ticks


@dataclass(frozen=True, slots=True)
class Form:
    """What stands on a form, in one language ("ms" or "en")."""

    institution: Institution
    language: str
    day: date
    title: str
    parts: Sequence[FormPart]
    subtitle: str = ""
    reference: str = ""
    signatures: Sequence[Signed] = ()


def form_pdf(form: Form) -> bytes:
    """Print a form; the file bears its day."""
    return typeset("form.typ", _view(form), form.day, enclosed=form.institution.pictures())


def _view(form: Form) -> dict[str, Any]:
    return {
        "words": paper_words(form.language),
        "language": form.language,
        "other-language": "ms" if form.language == "en" else "en",
        "institution": form.institution.view(form.language),
        "date": numbers_of(form.day),
        "title": form.title,
        "subtitle": form.subtitle,
        "description": f"{form.title}. {form.reference}".strip(),
        "running": " · ".join(filter(None, (form.reference, form.title))),
        "parts": [part.view() for part in form.parts],
        "signatures": [{"label": each.label, "name": each.name, "day": each.day} for each in form.signatures],
        "verification": None,
    }
