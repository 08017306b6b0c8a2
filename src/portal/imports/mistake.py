"""What is wrong with a cell: kept as words with places for values, said in the language of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, gettext_noop

from tauliah.files.spreadsheets import column_letters

MOST_KEPT = 2_000


class Wrong(ValueError):
    """A cell cannot be taken: ``message`` says what is wrong and what to do; it is translated when shown."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = {name: str(value) for name, value in values.items()}


@dataclass(frozen=True)
class Mistake:
    """Where something is wrong and what; ``is_note`` marks what is only to be known."""

    sheet: str
    row: int
    column: int | None
    heading: str
    value: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict)
    is_note: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The mistake as it is kept with the import."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "cell": "" if self.column is None else f"{column_letters(self.column)}{self.row}",
            "heading": self.heading,
            "value": self.value[:200],
            "message": self.message,
            "values": dict(self.values),
        }


def in_words(kept: Mapping[str, Any]) -> str:
    """Say a kept mistake in the language of the page."""
    return gettext(kept["message"]) % kept["values"] if kept["values"] else gettext(kept["message"])


NOT_KNOWN_COLUMN = gettext_noop("The column “%(heading)s” is not known and is left out.")
MISSING_COLUMN = gettext_noop("The column “%(heading)s” is missing: add it, or start from the template.")
TWICE_COLUMN = gettext_noop("The column “%(heading)s” stands twice: remove one of them.")
MERGED = gettext_noop("The cells %(cells)s are merged: unmerge them and fill in every cell.")
REQUIRED = gettext_noop("This must be filled in.")
TWICE_ROW = gettext_noop("This is in row %(row)s already: remove one of the two rows.")
NO_SHEET = gettext_noop(
    "No sheet of this file is such a list. The first row must hold the headings, at least: %(headings)s. "
    "Start from the template."
)
UNKNOWN_SHEET = gettext_noop("The sheet “%(sheet)s” is not such a list and is left out.")
