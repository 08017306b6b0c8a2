"""A payment divided: who receives what, as a table and as a bar that add up to the whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from portal.cases.answer import Json
from portal.wording import figure, in_language, ringgit

WIDTH = Decimal(1000)
COLOURS = 5


@dataclass(frozen=True, slots=True)
class Portion:
    """What one party receives; lengths are in thousandths of the bar."""

    name: str
    percent: str
    amount: str
    clauses: tuple[str, ...]
    colour: str
    x: Decimal
    width: Decimal


@dataclass(frozen=True, slots=True)
class Division:
    """A payment and its portions; ``total`` is what the portions come to."""

    title: str
    whole: str
    total: str
    portions: tuple[Portion, ...]


def division(title: str, whole: str, parts: Iterable[Json]) -> Division:
    """Tabulate the parts of an amount."""
    portions: list[Portion] = []
    start, total = Decimal(0), Decimal(0)
    for number, part in enumerate(parts):
        width = WIDTH * Decimal(str(part["percent"])) / 100
        portions.append(
            Portion(
                name=in_language(part["label"]),
                percent=f"{figure(part['percent'])} %",
                amount=ringgit(part["amount"]),
                clauses=tuple(part["clauses"]),
                colour=f"s{number % COLOURS}",
                x=start,
                width=width,
            )
        )
        start, total = start + width, total + Decimal(part["amount"])
    return Division(title, ringgit(whole), ringgit(str(total)), tuple(portions))
