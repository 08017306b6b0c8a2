"""The empty list to start from, with what each column holds, and the list of mistakes as a file."""

from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from portal.catalogue.choices import words
from portal.exports.listing import Column, Listing
from portal.imports.kinds.lists import ListKind
from portal.imports.kinds.sheet import Field, SheetKind
from portal.imports.mistake import in_words
from portal.imports.models import Import
from tauliah.files.spreadsheets import Page, write_workbook
from tauliah.values.vocabulary import VOCABULARY

LONGEST_CHOICES = 250
"""What Excel allows of a list of choices, in characters."""


def write_template(kind: ListKind, target: IO[bytes]) -> None:
    """Write the sheets of a list with their headings, and a guide to the columns."""
    write_workbook([*(_page(sheet) for sheet in kind.sheets), _guide(kind)], target)


def _page(sheet: SheetKind) -> Page:
    headings = [str(field.heading) + (" *" if field.required else "") for field in sheet.fields]
    notes = [f"{_holds(field)} {field.note}".strip() for field in sheet.fields]
    choices = {
        place: names
        for place, field in enumerate(sheet.fields)
        if (names := _names(field)) and len(",".join(names)) <= LONGEST_CHOICES
    }
    return Page(str(sheet.name), headings, (), notes, choices)


def _names(field: Field) -> list[str]:
    return (
        [words(field.vocabulary, value) for value in VOCABULARY[field.vocabulary]] if field.vocabulary else []
    )


def _holds(field: Field) -> str:
    names = _names(field)
    return _("One of: %(names)s.") % {"names": ", ".join(names)} if names else ""


def _guide(kind: ListKind) -> Page:
    headings = [_("Sheet"), _("Column"), _("Must be filled in"), _("What it holds"), _("Example")]
    return Page(_("Guide"), headings, _guide_rows(kind))


def _guide_rows(kind: ListKind) -> Iterator[list[str]]:
    for sheet in kind.sheets:
        for field in sheet.fields:
            required = _("yes") if field.required else _("no")
            holds = f"{_holds(field)} {field.note}".strip()
            yield [str(sheet.name), str(field.heading), required, holds, field.example]


def mistakes_listing(made: Import) -> Listing[dict[str, Any]]:
    """Return the mistakes of a file as a list that can be taken along."""
    columns: list[Column[dict[str, Any]]] = [
        Column(_("Sheet"), lambda m: m["sheet"]),
        Column(_("Row"), lambda m: m["row"]),
        Column(_("Cell"), lambda m: m["cell"]),
        Column(_("Column"), lambda m: m["heading"]),
        Column(_("Value"), lambda m: m["value"]),
        Column(_("What is wrong and what to do"), in_words),
    ]
    return Listing(_("Mistakes"), columns, made.mistakes)
