"""A policy through time: on which days something changed, what it was before, and what it became."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tauliah.policy.pack import Pack
from tauliah.policy.parameter import Parameter, Row


@dataclass(frozen=True)
class Span:
    """The rows of a parameter over the days they are in force; without a last day they still are."""

    start: date
    end: date | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Change:
    """A parameter whose rows changed on some day; before its first day it had none."""

    parameter: Parameter
    before: tuple[Row, ...]
    after: tuple[Row, ...]


@dataclass(frozen=True)
class Version:
    """A day on which a policy changed; the first one is where it starts."""

    start: date
    first: bool
    changes: tuple[Change, ...]


def spans(parameter: Parameter) -> list[Span]:
    """Return a parameter's values through time, oldest first."""
    ends: list[date | None] = [start - timedelta(days=1) for start, _ in parameter.history[1:]]
    return [
        Span(start, end, rows) for (start, rows), end in zip(parameter.history, [*ends, None], strict=True)
    ]


def versions(pack: Pack) -> list[Version]:
    """Return the versions of a pack, newest first, each with what changed on its day."""
    first = pack.versions[0]
    return [Version(day, day == first, tuple(_changes(pack, day))) for day in reversed(pack.versions)]


def _changes(pack: Pack, day: date) -> Iterator[Change]:
    for parameter in pack.parameters.values():
        nothing: tuple[date, tuple[Row, ...]] = (date.min, ())
        for (_, before), (start, after) in pairwise((nothing, *parameter.history)):
            if start == day:
                yield Change(parameter, before, after)
