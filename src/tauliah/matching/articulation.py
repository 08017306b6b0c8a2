"""The share of a target's syllabus that a source covers, and whether experts agree on it (UTHM 5(b))."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class OutcomeJudged:
    """One learning outcome of the target: its weight, and how much of it is covered, in percent."""

    weight: Decimal
    covered: Decimal


def overlap(parts: Collection[OutcomeJudged]) -> Decimal | None:
    """Return the weighted mean of what is covered, in percent; None where nothing has any weight.

    The mean is exact and cut, never rounded up, to the hundredth: 79.999 % does not become 80 %.
    """
    weights = sum((Fraction(part.weight) for part in parts), Fraction(0))
    if not weights:
        return None
    return cut(sum(Fraction(part.weight) * Fraction(part.covered) for part in parts) / weights)


def agreed(overlaps: Collection[Decimal], minimum: Decimal) -> Decimal | None:
    """Return the mean of the experts' shares if all say the same of the minimum; None where they differ."""
    if not overlaps or len({share >= minimum for share in overlaps}) > 1:
        return None
    return cut(sum((Fraction(share) for share in overlaps), Fraction(0)) / len(overlaps))


def learning_time_share(source_hours: Decimal | None, target_hours: Decimal | None) -> Decimal | None:
    """Return the source's learning time as percent of the target's; None where one is not known."""
    if not source_hours or not target_hours:
        return None
    return cut(Fraction(source_hours) * 100 / Fraction(target_hours))


def cut(percent: Fraction | int) -> Decimal:
    """Return a percentage with two decimals, cut."""
    exact = Fraction(percent)
    return (Decimal(exact.numerator * 100 // exact.denominator) / 100).quantize(HUNDREDTH, ROUND_DOWN)
