"""Letters, receipts and forms on an institution's paper: PDF/A-2a, PDF/UA-1, the same bytes each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from tauliah.files.document import read_file
from tauliah.files.paper import (
    BadPaper,
    Institution,
    Signatory,
    Verification,
    day_in_words,
    numbers_of,
    signature_pictures,
)
from tauliah.files.typesetting import FOLDER, typeset
from tauliah.values.text import Text

UNEVEN = Text(
    "Baris {row} jadual mempunyai {found} sel; kepala jadual mempunyai {wanted}.",
    "Row {row} of the table has {found} cells; its header has {wanted}.",
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str

    def view(self) -> dict[str, Any]:
        return {"kind": "paragraph", "text": self.text}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the document."""

    text: str

    def view(self) -> dict[str, Any]:
        return {"kind": "heading", "text": self.text}


@dataclass(frozen=True, slots=True)
class Notice:
    """A text that must not be overlooked."""

    text: str

    def view(self) -> dict[str, Any]:
        return {"kind": "notice", "text": self.text}


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with numbers or without."""

    items: Sequence[str]
    numbered: bool = False

    def view(self) -> dict[str, Any]:
        return {"kind": "items", "items": list(self.items), "numbered": self.numbered}


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and its value; a value may have several lines."""

    rows: Sequence[tuple[str, str | Sequence[str]]]

    def view(self) -> dict[str, Any]:
        rows = [
            {"label": label, "value": [value] if isinstance(value, str) else list(value)}
            for label, value in self.rows
        ]
        return {"kind": "facts", "rows": rows}


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its header is repeated on every page.

    `widths` are shares of the line (0: as wide as its words), `numeric` the columns set to the right.
    Raises `BadPaper` where a row has not as many cells as the header.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    numeric: Sequence[int] = ()

    def __post_init__(self) -> None:
        wanted = len(self.header)
        for place, row in enumerate(self.rows, start=1):
            if len(row) != wanted:
                raise BadPaper(UNEVEN.fill(row=str(place), found=str(len(row)), wanted=str(wanted)))

    def view(self) -> dict[str, Any]:
        return {
            "kind": "table",
            "header": list(self.header),
            "rows": [list(row) for row in self.rows],
            "widths": list(self.widths) or [1] * len(self.header),
            "numeric": list(self.numeric),
        }


Part = Paragraph | Heading | Notice | Items | Facts | Table


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a letter, in one language ("ms" or "en"); every text is printed literally.

    `salutation`, `closing` and `valediction` are the usual ones where None, and left out where empty:
    without a salutation the paper is a form or receipt, and its subject a title.
    """

    institution: Institution
    language: str
    day: date
    subject: str
    parts: Sequence[Part]
    reference: str = ""
    your_reference: str = ""
    recipient: Sequence[str] = ()
    signatories: tuple[Signatory, ...] = ()
    copies: Sequence[str] = ()
    verification: Verification | None = None
    salutation: str | None = None
    closing: Sequence[str] | None = None
    valediction: str | None = None


def letter_pdf(letter: Letter) -> bytes:
    """Print a letter; the file bears its day."""
    pictures = letter.institution.pictures() | signature_pictures(letter.signatories)
    if letter.verification is not None:
        pictures |= letter.verification.pictures()
    return typeset("letter.typ", _view(letter), letter.day, enclosed=pictures)


def _view(letter: Letter) -> dict[str, Any]:
    words = paper_words(letter.language)
    closing = [words["closing"]] if letter.closing is None else list(letter.closing)
    return {
        "words": words,
        "language": letter.language,
        "other-language": "ms" if letter.language == "en" else "en",
        "institution": letter.institution.view(letter.language),
        "date": numbers_of(letter.day),
        "title": letter.subject,
        "description": f"{letter.subject}. {letter.reference}".strip(),
        "running": " · ".join(filter(None, (letter.reference, letter.subject))),
        "references": _references(letter, words),
        "recipient": list(letter.recipient),
        "salutation": words["salutation"] if letter.salutation is None else letter.salutation,
        "parts": [part.view() for part in letter.parts],
        "closing": closing,
        "valediction": words["valediction"] if letter.valediction is None else letter.valediction,
        "signatories": [each.view(letter.language) for each in letter.signatories],
        "copies": list(letter.copies),
        "verification": letter.verification.view() if letter.verification else None,
    }


def _references(letter: Letter, words: dict[str, str]) -> list[dict[str, str]]:
    rows = {
        "our_reference": letter.reference,
        "your_reference": letter.your_reference,
        "dated": day_in_words(letter.day, letter.language),
    }
    return [{"label": words[name], "value": value} for name, value in rows.items() if value]


def paper_words(language: str) -> dict[str, str]:
    """The words that every printed document shares, in one language."""
    return {name: Text.of(word).in_language(language) for name, word in _words().items()}


@cache
def _words() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = read_file(FOLDER / "paper_words.yaml")
    return loaded
