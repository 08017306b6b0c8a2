"""Charts as values that a template draws in SVG; every figure also stands in a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.monitoring.figures import Figures

WIDTH, ROW = Decimal(1000), 34
"""Lengths in thousandths of the picture; the height of a bar with its gap."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A coloured length of a bar, with its words and number."""

    words: str
    number: int
    colour: str
    x: Decimal
    width: Decimal


@dataclass(frozen=True, slots=True)
class Chart:
    """One bar of learners by what became of them."""

    pieces: tuple[Piece, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Line:
    """Sums over time: points of a line in a box of 1000 by 300, and the same as rows of a table."""

    points: str
    top: int
    rows: tuple[tuple[date, int], ...]

    @property
    def first(self) -> date:
        """The first day."""
        return self.rows[0][0]

    @property
    def last(self) -> date:
        """The last day."""
        return self.rows[-1][0]


def by_state(figures: Figures) -> Chart:
    """Lay the learners of an offering out by what became of them."""
    given = [
        (_("Completed"), figures.completed, "s0"),
        (_("Taking part"), figures.active, "s1"),
        (_("Deferred"), figures.deferred, "s2"),
        (_("Not passed"), figures.failed, "s3"),
        (_("Withdrawn"), figures.withdrawn, "s4"),
    ]
    total = figures.enrolled
    start, pieces = Decimal(0), []
    for words, number, colour in given:
        width = (WIDTH * number / total).quantize(Decimal("0.1")) if total else Decimal(0)
        pieces.append(Piece(words, number, colour, start, width))
        start += width
    return Chart(tuple(pieces), total)


HEIGHT = 300


def growing(days: Sequence[tuple[date, int]]) -> Line | None:
    """Draw how a number grew, days apart as in the calendar; ``days`` are days and the sums up to them."""
    if len(days) < 2:
        return None
    first, last = days[0][0], days[-1][0]
    top = max(number for _day, number in days) or 1
    points = " ".join(
        f"{(WIDTH * (day - first).days / (last - first).days).quantize(Decimal('0.1'))},"
        f"{HEIGHT - HEIGHT * number // top}"
        for day, number in days
    )
    return Line(points, top, tuple(days))
