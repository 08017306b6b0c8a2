"""Reading a list of learners or marks from a spreadsheet: every bad cell named, nothing kept here."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_noop

from portal.accounts.refusal import Refused
from portal.imports.headings import folded, heading_row, in_both
from portal.imports.mistake import REQUIRED, TWICE_COLUMN, Mistake, Wrong
from portal.wording import in_language
from tauliah.files.spreadsheets import Sheet, UnreadableSpreadsheet, read

NO_LIST = gettext_noop("No sheet has the headings %(headings)s. Begin with the template.")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its field, its heading, how a cell is read, whether it must be there and be filled."""

    name: str
    words: str | Promise
    read: Callable[[str], Any]
    required: bool = False
    hidden: bool = False
    """Whether what stands in it is never shown or written down."""


Row = dict[str, Any]


@dataclass
class Reading:
    """The rows of a list that could be read, by their numbers, and the mistakes of the others."""

    rows: dict[int, Row] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    sheet: str = ""
    places: dict[str, int] = field(default_factory=dict)
    headings: dict[str, Heading] = field(default_factory=dict)

    def say(self, number: int, name: str, cell: str, wrong: Wrong) -> None:
        """Note a mistake at its cell, and take the row out; a hidden column's cell is never written down."""
        heading = self.headings[name]
        shown = "" if heading.hidden else cell
        where = (self.sheet, number, self.places.get(name), str(heading.words), shown)
        self.mistakes.append(Mistake(*where, wrong.message, wrong.values))
        self.rows.pop(number, None)


def sheets_of(content: bytes, name: str) -> list[Sheet]:
    """Return the sheets of a file; raises ``Refused`` where it is no spreadsheet."""
    try:
        return read(content, name)
    except UnreadableSpreadsheet as unreadable:
        raise Refused(in_language(unreadable.text), "file") from unreadable


def reading_of(sheets: Sequence[Sheet], headings: Sequence[Heading]) -> Reading:
    """Read the first sheet that has the required headings."""
    found = Reading(headings={heading.name: heading for heading in headings})
    names = {name: h for h in headings for name in (*in_both(h.words), folded(h.name))}
    needed = [heading for heading in headings if heading.required]
    for sheet in sheets:
        row, cells = heading_row(sheet)
        there = [(place, names[folded(cell)]) for place, cell in enumerate(cells) if folded(cell) in names]
        held = [heading.name for _place, heading in there]
        if all(heading.name in held for heading in needed):
            found.sheet = sheet.name
            found.places = {heading.name: place for place, heading in reversed(there)}
            for place, heading in there:
                if found.places[heading.name] != place:
                    words = {"heading": str(heading.words)}
                    twice = Mistake(sheet.name, row, place, str(heading.words), "", TWICE_COLUMN, words)
                    found.mistakes.append(twice)
            each_row(found, sheet, row)
            return found
    words = {"headings": ", ".join(str(heading.words) for heading in needed)}
    name = sheets[0].name if sheets else ""
    found.mistakes.append(Mistake(name, 1, None, "", "", NO_LIST, words))
    return found


def each_row(found: Reading, sheet: Sheet, first: int) -> None:
    """Read every row below the headings."""
    for number, cells in enumerate(sheet.rows[first:], start=first + 1):
        if any(cells):
            values, wrong = dict[str, Any](), list[tuple[str, str, Wrong]]()
            for name, place in found.places.items():
                cell = cells[place] if place < len(cells) else ""
                try:
                    values[name] = value_of(found.headings[name], cell)
                except Wrong as bad:
                    wrong.append((name, cell, bad))
            found.rows[number] = values
            for column, found_there, why in wrong:
                found.say(number, column, found_there, why)


def value_of(heading: Heading, cell: str) -> Any:
    """Read a cell; an empty one is None."""
    if cell:
        return heading.read(cell)
    if heading.required:
        raise Wrong(REQUIRED)
    return None


def packed(rows: Mapping[int, Row]) -> str:
    """Write rows as the text that is kept, encrypted, until the list is."""
    return json.dumps([[number, row] for number, row in rows.items()], default=str, ensure_ascii=False)


def unpacked(text: str) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a kept list."""
    yield from (tuple(one) for one in json.loads(text or "[]"))


def plain_mark(value: Decimal) -> str:
    """Write a mark without needless zeros."""
    return f"{value.normalize():f}"
