"""The parts of the form as its templates show them: fields, rows of fields, mistakes."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

Option = tuple[str, str]

NOT_IN_A_NAME = re.compile(r"[^a-z0-9_]+")


def anchor(name: str) -> str:
    """Return the ``id`` of the field or row at a place of the case."""
    return NOT_IN_A_NAME.sub("-", name.lower()).strip("-") or "case"


@dataclass(slots=True)
class Field:
    """One field: its place in the case, its words, its value and what is wrong with it.

    Where other questions depend on the answer, ``resend`` is the action that asks for them.
    """

    name: str
    kind: str
    value: Any
    label: str | Promise
    hint: str | Promise = ""
    width: int = 12
    required: bool = False
    suffix: str = ""
    options: list[Option] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    focus: bool = False
    resend: str = ""
    scale: bool = False

    @property
    def id(self) -> str:
        """The element's ``id``."""
        return anchor(self.name)

    @property
    def described_by(self) -> str:
        """The ids of the hint and the error, for ``aria-describedby``."""
        parts = [f"{self.id}-hint"] * bool(self.hint) + [f"{self.id}-error"] * bool(self.errors)
        return " ".join(parts)

    @property
    def is_day(self) -> bool:
        """Whether the value can stand in a date field; another one is shown as the text it is."""
        try:
            return not self.value or bool(date.fromisoformat(self.value))
        except ValueError:
            return False


@dataclass(slots=True)
class Row:
    """A block of fields: a part of the form that is there once, or a row of a list.

    ``number`` counts from 1; ``first`` is always shown, ``further`` on demand. ``drop`` takes the row
    away and ``add`` puts a row into it; both are actions of the form.
    """

    name: str
    number: int
    first: list[Field]
    further: list[Field] = field(default_factory=list)
    rows: "list[Row]" = field(default_factory=list)
    title: str = ""
    drop: str = ""
    add: str = ""
    rows_title: str | Promise = ""
    errors: list[str] = field(default_factory=list)
    focus: bool = False
    folded: bool = False

    @property
    def id(self) -> str:
        """The element's ``id``."""
        return anchor(self.name)

    @property
    def open(self) -> bool:
        """Whether the further questions are shown at once: something is in them, or wrong."""
        return any(f.errors or f.focus or f.value for f in self.further)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One line of the error summary: where it leads, what is there, what is wrong."""

    anchor: str
    label: str
    message: str
