"""A parameter as the pages show it: every value with its conditions in words and the days it is in force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.policies.values import conditions_in_words, unit_in_words, value_in_words
from portal.policies.versions import spans
from tauliah.policy.parameter import Parameter, Row
from tauliah.values.text import Text


@dataclass(frozen=True)
class ShownRow:
    """One value in words; `changed` where the days before had no such row."""

    value: str
    conditions: list[str]
    clauses: tuple[str, ...]
    changed: bool = False


@dataclass(frozen=True)
class ShownSpan:
    """The values of a span of days; without an end they are in force now."""

    start: date
    end: date | None
    rows: list[ShownRow]

    @property
    def values(self) -> list[str]:
        """The different values, each once."""
        return list(dict.fromkeys(row.value for row in self.rows))

    @property
    def changes(self) -> int:
        """How many rows the days before did not have."""
        return sum(row.changed for row in self.rows)

    @property
    def clauses(self) -> list[str]:
        """Every clause the rows cite, each once."""
        return list(dict.fromkeys(clause for row in self.rows for clause in row.clauses))


@dataclass(frozen=True)
class ShownParameter:
    """A parameter with its spans, newest first."""

    name: str
    label: Text
    unit: str
    note: Text | None
    last_checked: date | None
    spans: list[ShownSpan]

    @property
    def now(self) -> ShownSpan:
        """The span in force now."""
        return self.spans[0]


def shown_parameter(parameter: Parameter) -> ShownParameter:
    """Put a parameter into words, in the person's language."""
    return ShownParameter(
        parameter.name,
        parameter.label,
        unit_in_words(parameter.unit),
        parameter.note,
        parameter.last_checked,
        _through_time(parameter)[::-1],
    )


def _through_time(parameter: Parameter) -> list[ShownSpan]:
    listed = spans(parameter)
    befores = [listed[0].rows, *(span.rows for span in listed)]
    return [
        ShownSpan(span.start, span.end, shown_rows(span.rows, parameter.unit, before))
        for span, before in zip(listed, befores, strict=False)
    ]


def shown_rows(rows: Sequence[Row], unit: str, before: Sequence[Row] | None = None) -> list[ShownRow]:
    """Put rows into words; those that the days before did not have are marked as changed."""
    known = rows if before is None else before
    return [
        ShownRow(value_in_words(row.value, unit), conditions_in_words(row), row.clauses, row not in known)
        for row in rows
    ]


@dataclass(frozen=True)
class CitingSpan:
    """The rows of a parameter that cite a clause, and the days they are in force."""

    name: str
    label: Text
    span: ShownSpan


def citing_spans(parameters: Iterable[Parameter], clause: str) -> list[CitingSpan]:
    """Return every span with rows that cite a clause, newest first for each parameter."""
    return [
        CitingSpan(
            parameter.name,
            parameter.label,
            ShownSpan(span.start, span.end, shown_rows(rows, parameter.unit)),
        )
        for parameter in parameters
        for span in reversed(spans(parameter))
        if (rows := tuple(row for row in span.rows if clause in row.clauses))
    ]
