"""A parameter's values through time as a picture: boxes side by side, one for each span of days."""

from dataclasses import dataclass

from portal.policies.versions import Span

WIDTH, GAP = 720, 4
NARROWEST = 132


@dataclass(frozen=True)
class Box:
    """One span as drawn, in the units of the picture."""

    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where the words of the box are centred."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Timeline:
    """The whole picture."""

    width: float
    boxes: tuple[Box, ...]


def timeline(spans: list[Span]) -> Timeline:
    """Lay the spans out by their length in days, none too narrow to be read."""
    widths = _widths([_days(span, spans) for span in spans])
    starts = [sum(widths[:i]) + GAP * i for i in range(len(widths))]
    laid = tuple(Box(round(x, 1), width) for x, width in zip(starts, widths, strict=True))
    return Timeline(round(starts[-1] + widths[-1], 1), laid)


def _days(span: Span, spans: list[Span]) -> int:
    """The length of a span; the one still running is drawn as long as the longest before it."""
    if span.end is not None:
        return (span.end - span.start).days + 1
    return max(((other.end - other.start).days + 1 for other in spans if other.end), default=1)


def _widths(days: list[int]) -> list[float]:
    free = WIDTH - GAP * (len(days) - 1) - NARROWEST * len(days)
    return [round(NARROWEST + max(free, 0) * length / sum(days), 1) for length in days]
