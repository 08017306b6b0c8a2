"""A page of the form as its template draws it: a box for each field, rows within rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.proposals.checking import codes_of
from portal.proposals.field import Field
from portal.proposals.forms_draft import Entry, Mistake
from portal.proposals.models import Proposal

INPUT_MODES = {
    "count": "numeric",
    "decimal": "decimal",
    "money": "decimal",
    "percent": "decimal",
    "share": "decimal",
}
UNITS = {"percent": "%", "share": "%", "money": "RM"}


@dataclass(frozen=True, slots=True)
class RowBox:
    """A row of a list: its number, its boxes, and the word of the button that takes it out."""

    number: int
    id: str
    title: str
    boxes: tuple["Box", ...]
    drop: str


@dataclass(frozen=True, slots=True)
class Box:
    """A field as it is drawn."""

    name: str
    field: str
    id: str
    label: str
    type: str
    help: str
    clauses: tuple[str, ...]
    required: bool
    width: int
    value: Any
    options: tuple[tuple[str, Any], ...]
    errors: tuple[str, ...]
    rows: tuple[RowBox, ...]
    add: str
    row: str
    focus: bool

    @property
    def input_mode(self) -> str:
        """Which keys a phone shows."""
        return INPUT_MODES.get(self.type, "")

    @property
    def unit(self) -> str:
        """What stands beside a number."""
        return UNITS.get(self.type, "")

    @property
    def described_by(self) -> str:
        """The ids of what explains it."""
        notes = (f"{self.id}-help" if self.help else "", f"{self.id}-error" if self.errors else "")
        return " ".join(filter(None, notes))


@dataclass(frozen=True, slots=True)
class Drawing:
    """What all boxes of a page share: policy, outcomes on offer, mistakes by place, the cursor."""

    policy: str
    codes: tuple[tuple[str, str], ...]
    mistakes: Mapping[str, tuple[str, ...]]
    focus: str

    def boxes(self, entry: Entry, fields: Sequence[Field], prefix: str = "") -> tuple[Box, ...]:
        """Draw the fields of an entry."""
        return tuple(self.box(entry[field.name], field, f"{prefix}{field.name}") for field in fields)

    def box(self, value: Any, field: Field, place: str) -> Box:
        """Draw one field."""
        rows = self.rows(value, field, place) if field.type == "rows" else ()
        return Box(
            name=place,
            field=place if "[" not in place else "",
            id=id_of(place),
            label=str(field.label),
            type=field.type,
            help=str(field.help),
            clauses=self.clauses(field) if "[" not in place else (),
            required=field.required,
            width=field.width,
            value=value,
            options=self.options(value, field),
            errors=self.mistakes.get(place, ()),
            rows=rows,
            add=f"add_row:{place}" if field.type == "rows" and len(rows) < field.most else "",
            row=str(field.row),
            focus=bool(self.focus) and place == self.focus,
        )

    def clauses(self, field: Field) -> tuple[str, ...]:
        """Return the clauses of a field and of the fields of its rows, each once."""
        inner = (clause for one in field.rows for clause in self.clauses(one))
        return tuple(dict.fromkeys((*field.clauses_of(self.policy), *inner)))

    def options(self, value: Any, field: Field) -> tuple[tuple[str, Any], ...]:
        """Return what a field offers; of outcomes also those ticked that are none any more."""
        if field.type == "codes":
            known = dict(self.codes)
            return (*self.codes, *((code, code) for code in value if code not in known))
        offered = tuple(field.choices())
        return (("", ""), *offered) if field.type == "choice" else offered

    def rows(self, entries: Iterable[Entry], field: Field, place: str) -> tuple[RowBox, ...]:
        """Draw the rows of a list."""
        return tuple(
            RowBox(
                number=n + 1,
                id=id_of(f"{place}[{n}]"),
                title=f"{field.row} {n + 1}",
                boxes=self.boxes(entry, field.rows, f"{place}[{n}]."),
                drop=f"drop_row:{place}:{n}",
            )
            for n, entry in enumerate(entries)
        )


def id_of(place: str) -> str:
    """Return the id of the control at a place."""
    return "f-" + place.replace("[", "-").replace("].", "-").replace("]", "")


def boxes_of(
    proposal: Proposal,
    entry: Entry,
    fields: Sequence[Field],
    mistakes: Iterable[Mistake] = (),
    focus: str = "",
) -> tuple[Box, ...]:
    """Draw a page of a proposal’s form."""
    wrong: dict[str, tuple[str, ...]] = {}
    for mistake in mistakes:
        wrong[mistake.place] = (*wrong.get(mistake.place, ()), mistake.message)
    codes = tuple((code, code) for code in codes_of(proposal.content))
    return Drawing(proposal.policy, codes, wrong, focus).boxes(entry, fields)
