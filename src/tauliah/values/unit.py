"""How a value of the engine is shown: as JSON in a result, in words to a person."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tauliah.values import credit, day, share
from tauliah.values.text import Text, same
from tauliah.values.vocabulary import VOCABULARY, WORDS

MONTHS = Text(
    "Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember",
    "January February March April May June July August September October November December",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number of the engine stands for; `show` gives JSON, `say` gives words."""

    name: str
    show: Callable[[int], Any]
    say: Callable[[int], Text]


def _day_in_words(number: int) -> Text:
    d = day.from_number(number)
    ms, en = (names.split()[d.month - 1] for names in (MONTHS.ms, MONTHS.en))
    return Text(f"{d.day} {ms} {d.year}", f"{d.day} {en} {d.year}")


def decimal_text(value: Decimal) -> str:
    """The shortest plain writing of a decimal: 80, 76.5."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _percent_in_words(units: int) -> Text:
    return same(f"{decimal_text(Decimal(units) / share.UNITS_PER_PERCENT)} %")


def _number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _credits_in_words(units: int) -> Text:
    return same(decimal_text(Decimal(units) / credit.UNITS_PER_CREDIT))


def _vocabulary_unit(name: str) -> Unit:
    words, labels = WORDS[name], tuple(VOCABULARY[name].values())
    return Unit(name, words.__getitem__, labels.__getitem__)


UNITS: dict[str, Unit] = {
    "bool": Unit("bool", bool, lambda v: Text("ya", "yes") if v else Text("tidak", "no")),
    "count": Unit("count", int, lambda v: same(str(v))),
    "credits": Unit("credits", credit.to_number, _credits_in_words),
    "share": Unit("share", lambda u: _number(Decimal(u) / share.UNITS_PER_WHOLE), _percent_in_words),
    "percent": Unit("percent", lambda u: _number(Decimal(u) / share.UNITS_PER_PERCENT), _percent_in_words),
    "day": Unit("day", lambda n: day.from_number(n).isoformat(), _day_in_words),
} | {name: _vocabulary_unit(name) for name in VOCABULARY}
