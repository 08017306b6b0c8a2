"""Totals, attainment and grades from marks: plain arithmetic on decimals, to the hundredth, half up.

Every mark is out of 100; a weight is what its assessment gives to the total, in percent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

HUNDREDTH = Decimal("0.01")
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Part:
    """An assessment as it counts: its weight, whether it is final, and the outcomes that it measures."""

    key: int
    percent: Decimal
    final: bool = False
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A grade of a scale: the lowest total that earns it, and the grade of the contract it equals."""

    label: str
    lowest: Decimal
    equal_to: str = ""


Marks = Mapping[int, Decimal]
"""The mark that counts, by the key of its assessment; one that is missing was not marked yet."""


def best(attempts: Iterable[Decimal]) -> Decimal | None:
    """Return the mark that counts of several attempts; none where there was none (UNIMAS 2.3-retake)."""
    return max(attempts, default=None)


def rounded(value: Fraction) -> Decimal:
    """Write an exact value to the hundredth, half up; the value is not negative."""
    cents = (value * 200 + 1) // 2
    return (Decimal(int(cents)) / 100).quantize(HUNDREDTH, ROUND_HALF_UP)


def total(parts: Sequence[Part], marks: Marks) -> Decimal | None:
    """Return the total of 100; none while an assessment is not marked or there is none."""
    if not parts or any(part.key not in marks for part in parts):
        return None
    return rounded(sum((Fraction(part.percent) * Fraction(marks[part.key]) for part in parts), NOTHING) / 100)


def average(parts: Sequence[Part], marks: Marks) -> Decimal | None:
    """Return the weighted average of some assessments, of 100; none where nothing with weight is marked."""
    marked = [part for part in parts if part.key in marks]
    weight = sum((Fraction(part.percent) for part in marked), NOTHING)
    if not weight:
        return None
    reached = sum((Fraction(part.percent) * Fraction(marks[part.key]) for part in marked), NOTHING)
    return rounded(reached / weight)


def so_far(parts: Sequence[Part], marks: Marks) -> Decimal | None:
    """Return what the marked assessments come to, of 100: a learner's standing on the way."""
    return average(parts, marks)


def part_mark(parts: Sequence[Part], marks: Marks, *, final: bool) -> Decimal | None:
    """Return the mark of the continuous or the final part, of 100 of that part."""
    return average([part for part in parts if part.final == final], marks)


def attainment(parts: Sequence[Part], marks: Marks) -> dict[str, Decimal]:
    """Return what was reached of each outcome, of 100: the weighted average of what measures it."""
    codes = dict.fromkeys(code for part in parts for code in part.outcomes)
    reached = {code: average([part for part in parts if code in part.outcomes], marks) for code in codes}
    return {code: mark for code, mark in reached.items() if mark is not None}


def grade_of(scale: Iterable[Step], mark: Decimal) -> Step | None:
    """Return the best grade that a total earns; none where the scale has none so low."""
    earned = [step for step in scale if step.lowest <= mark]
    return max(earned, key=lambda step: step.lowest, default=None)
