"""The form of a proposal as it is read: on the file’s page, on paper, and where versions are compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.proposals.content import is_filled, values_of
from portal.proposals.field import MEASURES, Field
from portal.proposals.fields import form_of
from portal.proposals.models import Proposal
from portal.wording import figure, in_language, ringgit
from tauliah.values.vocabulary import VOCABULARY


@dataclass(frozen=True, slots=True)
class Read:
    """A field with what was filled in: a text of lines, or rows of fields of their own."""

    name: str
    label: str
    clauses: tuple[str, ...]
    lines: tuple[str, ...]
    rows: tuple[tuple[str, tuple["Read", ...]], ...] = ()
    required: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to read, or something is missing that should be there."""
        return bool(self.lines or self.rows or self.required)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the form as it is read."""

    name: str
    label: str
    fields: tuple[Read, ...]


def pages_of(proposal: Proposal, values: Mapping[str, Any] | None = None) -> list[Page]:
    """Return the pages of the form with what was filled in, fields left empty included."""
    kept = values_of(proposal) if values is None else values
    return [
        Page(
            section.name,
            str(section.label),
            tuple(read(field, kept.get(field.name), proposal.policy) for field in section.fields),
        )
        for section in form_of(proposal)
    ]


def read(field: Field, value: Any, policy: str) -> Read:
    """Return a field as it is read."""
    clauses = field.clauses_of(policy)
    if field.type != "rows":
        return Read(
            field.name, str(field.label), clauses, tuple(lines_of(field, value)), required=field.required
        )
    rows = tuple(
        (f"{field.row} {number}", tuple(_inner(field, row, policy)))
        for number, row in enumerate(value or [], start=1)
    )
    return Read(field.name, str(field.label), clauses, (), rows, field.required)


def _inner(field: Field, row: Mapping[str, Any], policy: str) -> list[Read]:
    """Return the filled fields of a row; activities stand as lines."""
    found = []
    for one in field.rows:
        value = row.get(one.name)
        if is_filled(value) and value is not False:
            found.append(Read(one.name, str(one.label), (), tuple(lines_of(one, value))))
    return found


def lines_of(field: Field, value: Any) -> list[str]:
    """Return what was filled in as lines of text; rows one after the other."""
    if not is_filled(value):
        return []
    if field.type == "rows":
        return [line for n, row in enumerate(value, 1) for line in _row_lines(field, row, n)]
    if field.type in ("choice", "ticks"):
        words = dict(field.choices())
        return [str(words.get(one, one)) for one in (value if isinstance(value, list) else [value])]
    if field.type == "codes":
        return [", ".join(str(code) for code in value)]
    if isinstance(value, list):
        return [str(each) for each in value]
    return _text(field, value).split("\n")


def _text(field: Field, value: Any) -> str:
    if field.type in ("answer", "tick") or isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field.type == "share":
        return f"{figure(Decimal(str(value)) * 100)} %"
    if field.type == "percent":
        return f"{figure(Decimal(str(value)))} %"
    return ringgit(value) if field.type == "money" else str(value)


def _row_lines(field: Field, row: Mapping[str, Any], number: int) -> list[str]:
    if "type" in row and any(row.get(name) for name in MEASURES):
        return [activity_words(row)]
    inner = [
        f"{one.label}: {'; '.join(lines_of(one, row.get(one.name)))}"
        for one in field.rows
        if is_filled(row.get(one.name)) and row.get(one.name) is not False
    ]
    return [f"{field.row} {number}", *(f"  {line}" for line in inner)]


def activity_words(activity: Mapping[str, Any]) -> str:
    """Return an activity in words: ``Video 20 minutes: Introduction``."""
    words = in_language(VOCABULARY["activity"].get(activity.get("type", "")))
    measure = next((name for name in MEASURES if activity.get(name)), "")
    amount = f" {activity[measure]} {in_language(VOCABULARY['volume'][measure])}" if measure else ""
    title = activity.get("title")
    return f"{words}{amount}: {title}" if title else f"{words}{amount}"
