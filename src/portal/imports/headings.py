"""Which sheet of a file is which, and which column holds what: by their names in either language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import override

from portal.imports.kinds.lists import ListKind
from portal.imports.kinds.sheet import Field, SheetKind
from portal.imports.mistake import (
    MERGED,
    MISSING_COLUMN,
    NOT_KNOWN_COLUMN,
    TWICE_COLUMN,
    UNKNOWN_SHEET,
    Mistake,
)
from tauliah.files.spreadsheets import Sheet

GUIDE = ("Panduan", "Guide")
NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Recognised:
    """A sheet of the file with the columns that were recognised, by their places."""

    kind: SheetKind
    sheet: Sheet
    heading_row: int
    columns: Mapping[int, Field]


def folded(heading: str) -> str:
    """Return a heading without case, spaces and signs, for comparing."""
    return NOT_LETTERS.sub("", heading).casefold()


def in_both(words: str | Promise) -> set[str]:
    """Return a text of the interface in both languages, folded."""
    found = set()
    for language in ("ms", "en"):
        with override(language):
            found.add(folded(str(words)))
    return found


def names_of(kind: SheetKind) -> dict[str, Field]:
    """Return the field of every heading by which a column may be called."""
    return {name: field for field in kind.fields for name in (*in_both(field.heading), folded(field.name))}


def recognised(kind: ListKind, sheets: Sequence[Sheet]) -> tuple[list[Recognised], list[Mistake]]:
    """Return the sheets that are of this list, in the order in which they are kept, and their mistakes."""
    found: dict[str, Recognised] = {}
    mistakes: list[Mistake] = []
    for sheet in sheets:
        best = _kind_of(kind, sheet)
        if best is not None and best.key not in found:
            found[best.key], wrong = _columns(best, sheet)
            mistakes += wrong
        elif sheet.name not in GUIDE and any(any(row) for row in sheet.rows):
            note = Mistake(sheet.name, 1, None, "", "", UNKNOWN_SHEET, {"sheet": sheet.name}, is_note=True)
            mistakes.append(note)
    return [found[each.key] for each in kind.sheets if each.key in found], mistakes


def _kind_of(kind: ListKind, sheet: Sheet) -> SheetKind | None:
    """Return the sheet's kind: the one whose required headings it has most of, at least half of them."""
    _, headings = heading_row(sheet)
    present = {folded(heading) for heading in headings}

    def share(each: SheetKind) -> tuple[float, bool]:
        names = names_of(each)
        needed = [field for field in each.fields if field.required]
        held = {names[name].name for name in present if name in names}
        called = folded(sheet.name) in in_both(each.name) | {folded(each.key)}
        return sum(field.name in held for field in needed) / len(needed), called

    best = max(kind.sheets, key=share)
    return best if share(best)[0] >= 0.5 else None


def heading_row(sheet: Sheet) -> tuple[int, Sequence[str]]:
    """Return the first row with anything in it, counted from 1, and its cells."""
    for number, row in enumerate(sheet.rows, start=1):
        if any(row):
            return number, row
    return 1, ()


def _columns(kind: SheetKind, sheet: Sheet) -> tuple[Recognised, list[Mistake]]:
    number, headings = heading_row(sheet)
    names, columns = names_of(kind), dict[int, Field]()
    mistakes = [Mistake(sheet.name, number, None, "", "", MERGED, {"cells": cells}) for cells in sheet.merged]
    for place, heading in enumerate(headings):
        field = names.get(folded(heading))
        wrong = {"heading": heading}
        if field is None:
            if heading:
                mistakes.append(
                    Mistake(
                        sheet.name, number, place, heading, heading, NOT_KNOWN_COLUMN, wrong, is_note=True
                    )
                )
        elif field in columns.values():
            mistakes.append(Mistake(sheet.name, number, place, heading, heading, TWICE_COLUMN, wrong))
        else:
            columns[place] = field
    mistakes += _missing(kind, sheet.name, number, columns.values())
    return Recognised(kind, sheet, number, columns), mistakes


def _missing(kind: SheetKind, sheet: str, row: int, present: Iterable[Field]) -> list[Mistake]:
    held = {field.name for field in present}
    return [
        Mistake(sheet, row, None, str(field.heading), "", MISSING_COLUMN, {"heading": str(field.heading)})
        for field in kind.fields
        if field.required and field.name not in held
    ]
