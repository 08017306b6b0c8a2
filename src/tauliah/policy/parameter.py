"""A parameter: a value of the policy through time, with the clause that states it."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tauliah.values.text import Text

ParameterValue = str | int | bool | Fraction | Mapping[str, int] | None


class NotInForce(LookupError):
    """The policy says nothing yet on the day asked about."""


@dataclass(frozen=True)
class Row:
    """One line of a parameter: under which conditions, which value, by which clauses.

    `when` maps a column to the values it may have; without conditions the row always applies.
    The first row that applies gives the value.
    """

    when: Mapping[str, tuple[str, ...]]
    value: ParameterValue
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Parameter:
    """A named value with its rows for each day on which they changed, oldest first."""

    name: str
    label: Text
    unit: str
    history: tuple[tuple[date, tuple[Row, ...]], ...]
    note: Text | None = None
    last_checked: date | None = None

    def at(self, day: date) -> tuple[Row, ...]:
        """The rows in force on `day`; raises `NotInForce` before the first."""
        position = bisect_right([start for start, _ in self.history], day)
        if position == 0:
            raise NotInForce(f"{self.name} is not in force on {day.isoformat()}")
        return self.history[position - 1][1]
