"""The credits of a learner by where they come from, beside what the programme asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.cases.answer import Json
from portal.cases.bars import Bar, bar
from portal.wording import figure

WIDTH = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Origin:
    """Credits of one origin; lengths are in thousandths of the picture."""

    name: str
    credits: str
    colour: str
    x: Decimal
    width: Decimal


@dataclass(frozen=True, slots=True)
class Composition:
    """All credits in a row, and where the programme is complete."""

    origins: tuple[Origin, ...]
    total: str
    needed: str
    needed_x: Decimal


def composition(case: Json) -> Composition:
    """Lay the credits out in a row, as long as the longer of what is earned and what is needed."""
    credits = case.get("credits") or {}
    given = [(name, words, Decimal(str(credits.get(name) or 0))) for name, words in _words()]
    total = sum((amount for _name, _said, amount in given), Decimal(0))
    needed = Decimal(str(case["programme"]["graduating_credits"]))
    scale = max(total, needed) or Decimal(1)
    start, origins = Decimal(0), []
    for number, (name, words, amount) in enumerate(given):
        said = _("not known") if credits.get(name) is None else figure(amount)
        x, end = _length(start, scale), _length(start + amount, scale)
        origins.append(Origin(words, said, f"s{number}", x, end - x))
        start += amount
    return Composition(tuple(origins), figure(total), figure(needed), _length(needed, scale))


def _words() -> list[tuple[str, str]]:
    return [
        ("own_micro_credentials", _("Micro-credentials of the own institution")),
        ("conventional", _("Taken the usual way")),
        ("other_micro_credentials", _("Micro-credentials of other institutions' programmes")),
        ("stand_alone", _("Stand-alone, not quality-verified")),
        ("stand_alone_verified", _("Stand-alone, quality-verified")),
    ]


def _length(credits: Decimal, scale: Decimal) -> Decimal:
    return (credits / scale * WIDTH).quantize(Decimal("0.1"))


def drawn(limits: Iterable[Json]) -> list[Bar]:
    """Draw the limits on credits: what counts under each, and what is beyond it."""
    return [_drawn(limit) for limit in limits]


def _drawn(limit: Json) -> Bar:
    counts, claimed = limit["accepted_credits"] or 0, limit["claimed_credits"]
    beyond = max(Decimal(str(claimed or 0)) - Decimal(str(counts)), Decimal(0))
    words = _("beyond the limit")
    shown = {
        **limit,
        "granted_credits": 0,
        "accepted_credits": counts,
        "claims": [{"target": _("counts"), "credits": counts}] if counts else [],
        "left_out": [words] if beyond else [],
    }
    return bar(shown, {words: beyond}, "")
