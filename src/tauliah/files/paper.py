"""What every printed document shares: the institution, who signs, and where the paper can be verified."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tauliah.files.pictures import picture
from tauliah.files.qr import checked, qr_svg
from tauliah.values.text import Text
from tauliah.values.unit import MONTHS

COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
BAD_COLOUR = Text(
    "Warna “{colour}” mesti ditulis seperti #1e3a8a.", "The colour “{colour}” must be written like #1e3a8a."
)
NO_PICTURE = ""


class BadPaper(ValueError):
    """Something that cannot be printed as given; `text` says what and why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Institution:
    """How an institution looks on paper.

    `crest` is an SVG, PNG or JPEG; `colour` sets headings and frames, `accent` seals and fine lines.
    Raises `BadPicture` for a crest, `BadPaper` for a colour, that cannot be printed.
    """

    name: Text
    short_name: str
    unit: Text | None = None
    address: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    crest: bytes | None = field(default=None, repr=False)
    colour: str = "#1e3a8a"
    accent: str = "#a8842c"
    mottos: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for colour in (self.colour, self.accent):
            if not COLOUR.fullmatch(colour):
                raise BadPaper(BAD_COLOUR.fill(colour=colour))
        if self.crest is not None:
            picture(self.crest)

    def view(self, language: str) -> dict[str, Any]:
        """What a template reads of the institution."""
        other = "ms" if language == "en" else "en"
        name = self.name.in_language(language)
        return {
            "name": name,
            "other-name": "" if self.name.in_language(other) == name else self.name.in_language(other),
            "short-name": self.short_name,
            "unit": self.unit.in_language(language) if self.unit else "",
            "address": list(self.address),
            "contact": list(self.contact),
            "colour": self.colour,
            "accent": self.accent,
            "mottos": list(self.mottos),
            "crest": self.crest is not None,
        }

    def pictures(self) -> dict[str, str]:
        """The crest, as a template takes it."""
        return {"crest": NO_PICTURE if self.crest is None else picture(self.crest)}


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs a document: name, office, and a picture of the signature where there is one."""

    name: str
    title: Text
    signature: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.signature is not None:
            picture(self.signature)

    def view(self, language: str) -> dict[str, Any]:
        """What a template reads of the signatory."""
        return {
            "name": self.name,
            "title": self.title.in_language(language),
            "signed": self.signature is not None,
        }


@dataclass(frozen=True, slots=True)
class Verification:
    """Where a document can be verified: an https address, and the short code typed by hand.

    The address is printed as it stands in the QR code. Raises `NotAnAddress`.
    """

    url: str
    code: str = ""

    def __post_init__(self) -> None:
        checked(self.url)

    def view(self) -> dict[str, Any]:
        """What a template reads of it."""
        return {"url": self.url, "code": self.code}

    def pictures(self) -> dict[str, str]:
        """The QR code, as a template takes it."""
        return {"qr": qr_svg(self.url)}


def signature_pictures(signatories: tuple[Signatory, ...]) -> dict[str, str]:
    """The pictures of signatures, by their place."""
    return {
        f"signature-{place}": picture(each.signature)
        for place, each in enumerate(signatories)
        if each.signature is not None
    }


def day_in_words(day: date, language: str) -> str:
    """A day as a formal document writes it: 3 Mac 2026, 3 March 2026."""
    return f"{day.day} {MONTHS.in_language(language).split()[day.month - 1]} {day.year}"


def numbers_of(day: date) -> dict[str, int]:
    """A day as Typst's `datetime` takes it."""
    return {"year": day.year, "month": day.month, "day": day.day}
