"""The picture of the limits: how much of each is used, by which courses, and what did not fit.

Lengths are in thousandths of the bar's width; credits stay the numbers of the result.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from portal.wording import figure, in_language

WIDTH = Decimal(1000)
SHORTEST_SCALE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a bar: credits granted earlier, accepted for a course, or left out."""

    kind: str
    name: str
    credits: Decimal
    x: Decimal
    width: Decimal

    @property
    def title(self) -> str:
        """What the stretch stands for."""
        return f"{self.name}: {figure(self.credits)}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One limit; ``limit`` and ``room`` are ``None`` where the policy sets no limit."""

    label: str
    message: str
    clauses: tuple[str, ...]
    limit: Decimal | None
    granted: Decimal
    accepted: Decimal
    room: Decimal | None
    limit_x: Decimal | None
    segments: tuple[Segment, ...]
    bands: "tuple[Bar, ...]" = field(default=())

    @property
    def used(self) -> Decimal:
        """Credits granted and accepted together."""
        return self.granted + self.accepted

    @property
    def is_full(self) -> bool:
        """Whether no room is left."""
        return self.room is not None and self.room <= 0

    def of(self, kind: str) -> list[Segment]:
        """Return the stretches of one kind."""
        return [segment for segment in self.segments if segment.kind == kind]

    @property
    def taken(self) -> list[Segment]:
        """The stretches of accepted courses."""
        return self.of("accepted")

    @property
    def left_out(self) -> list[Segment]:
        """The stretches of courses that did not fit."""
        return self.of("left_out")


def bars(limits: list[Mapping[str, Any]], asked: Mapping[str, Decimal], granted_words: str) -> list[Bar]:
    """Draw each limit of a result; ``asked`` tells the credits of the courses applied for."""
    return [bar(limit, asked, granted_words) for limit in limits]


def bar(limit: Mapping[str, Any], asked: Mapping[str, Decimal], granted_words: str) -> Bar:
    """Draw one limit with its bands."""
    return _bar(limit, asked, granted_words, None)


def _bar(
    limit: Mapping[str, Any],
    asked: Mapping[str, Decimal],
    words: str,
    scale: Decimal | None,
) -> Bar:
    top = None if limit["limit_credits"] is None else Decimal(str(limit["limit_credits"]))
    granted, accepted = (Decimal(str(limit[key])) for key in ("granted_credits", "accepted_credits"))
    pieces = [("granted", words, granted)] if granted else []
    pieces += [("accepted", c["target"], Decimal(str(c["credits"]))) for c in limit.get("claims", ())]
    pieces += [("left_out", target, asked.get(target, Decimal(0))) for target in limit.get("left_out", ())]
    scale = scale or max(top or SHORTEST_SCALE, sum((p[2] for p in pieces), Decimal(0)), SHORTEST_SCALE)
    return Bar(
        label=in_language(limit["label"]),
        message=in_language(limit.get("message")),
        clauses=tuple(limit["clauses"]),
        limit=top,
        granted=granted,
        accepted=accepted,
        room=None if top is None else max(top - granted - accepted, Decimal(0)),
        limit_x=None if top is None else _length(top, scale),
        segments=_laid_out(pieces, scale),
        bands=tuple(_bar(band, asked, words, scale) for band in limit.get("bands", ())),
    )


def _laid_out(pieces: list[tuple[str, str, Decimal]], scale: Decimal) -> tuple[Segment, ...]:
    segments, start = [], Decimal(0)
    for kind, name, credits in pieces:
        x, end = _length(start, scale), _length(start + credits, scale)
        segments.append(Segment(kind, name, credits, x, end - x))
        start += credits
    return tuple(segments)


def _length(credits: Decimal, scale: Decimal) -> Decimal:
    return (credits / scale * WIDTH).quantize(Decimal("0.1"))
