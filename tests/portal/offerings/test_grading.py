"""Totals and grades: the hundredth is exact, and more marks never mean less."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.offerings.grading import (
    Part,
    Step,
    attainment,
    best,
    grade_of,
    part_mark,
    rounded,
    so_far,
    total,
)

MARK = st.decimals(min_value=0, max_value=100, places=2)
SCALE = [
    Step("A", Decimal(80), "A"),
    Step("B", Decimal(65), "B"),
    Step("C", Decimal(50), "C"),
    Step("F", Decimal(0), "F"),
]


@st.composite
def plans(draw: st.DrawFn) -> list[Part]:
    """Assessments whose weights add up to 100 %, in hundredths of a percent."""
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), max_size=7)))
    shares = [b - a for a, b in zip([0, *cuts], [*cuts, 10_000], strict=True)]
    return [
        Part(
            key,
            Decimal(share) / 100,
            draw(st.booleans()),
            draw(st.sampled_from([(), ("CLO1",), ("CLO1", "CLO2")])),
        )
        for key, share in enumerate(shares)
    ]


def marks_for(plan: list[Part], draw: st.DataObject) -> dict[int, Decimal]:
    return {part.key: draw.draw(MARK) for part in plan}


@given(plan=plans(), mark=MARK)
def test_the_same_mark_everywhere_is_the_total(plan: list[Part], mark: Decimal) -> None:
    assert total(plan, {part.key: mark for part in plan}) == mark


@given(plan=plans(), draw=st.data())
def test_a_total_is_the_weighted_sum_to_the_hundredth_half_up(plan: list[Part], draw: st.DataObject) -> None:
    marks = marks_for(plan, draw)

    exact = sum(Fraction(part.percent) * Fraction(marks[part.key]) for part in plan) / 100

    found = total(plan, marks)
    assert found is not None
    assert found == found.quantize(Decimal("0.01"))
    assert Fraction(found) - exact <= Fraction(1, 200)
    assert exact - Fraction(found) < Fraction(1, 200)
    assert 0 <= found <= 100


@given(plan=plans(), draw=st.data(), more=MARK)
def test_a_better_mark_never_lowers_total_part_attainment_or_grade(
    plan: list[Part], draw: st.DataObject, more: Decimal
) -> None:
    marks = marks_for(plan, draw)
    key = draw.draw(st.sampled_from(plan)).key
    better = marks | {key: max(marks[key], more)}

    before, after = total(plan, marks), total(plan, better)

    assert before is not None
    assert after is not None
    assert after >= before
    for code, reached in attainment(plan, marks).items():
        assert attainment(plan, better)[code] >= reached
    low, high = grade_of(SCALE, before), grade_of(SCALE, after)
    assert low is not None
    assert high is not None
    assert high.lowest >= low.lowest


@given(plan=plans(), draw=st.data())
def test_the_parts_make_the_total(plan: list[Part], draw: st.DataObject) -> None:
    """Continuous and final mark, weighed by their parts, are the total but for the two roundings."""
    marks = marks_for(plan, draw)
    weights = {final: sum(p.percent for p in plan if p.final == final) for final in (False, True)}

    reached = [Fraction(weights[f]) * Fraction(part_mark(plan, marks, final=f) or 0) for f in (False, True)]
    whole = sum(reached, Fraction(0))

    assert abs(whole / 100 - Fraction(total(plan, marks) or 0)) <= Fraction(1, 100)


def test_half_a_hundredth_goes_up() -> None:
    assert rounded(Fraction(159989, 2000)) == Decimal("79.99")
    assert rounded(Fraction(15999, 200)) == Decimal("80.00")


def test_a_grade_is_earned_at_its_very_threshold() -> None:
    assert grade_of(SCALE, Decimal("80.00")) == SCALE[0]
    assert grade_of(SCALE, Decimal("79.99")) == SCALE[1]
    assert grade_of(SCALE[:3], Decimal("49.99")) is None


def test_without_a_mark_there_is_no_total_but_a_standing_so_far() -> None:
    plan = [Part(1, Decimal(40), outcomes=("CLO1",)), Part(2, Decimal(60), final=True, outcomes=("CLO2",))]

    assert total(plan, {1: Decimal(70)}) is None
    assert total([], {}) is None
    assert so_far(plan, {1: Decimal(70)}) == Decimal(70)
    assert so_far(plan, {}) is None
    assert attainment(plan, {1: Decimal(70)}) == {"CLO1": Decimal(70)}


def test_an_outcome_is_weighed_by_what_measures_it() -> None:
    plan = [
        Part(1, Decimal(20), outcomes=("CLO1",)),
        Part(2, Decimal(60), outcomes=("CLO1", "CLO2")),
        Part(3, Decimal(20), final=True),
    ]

    assert attainment(plan, {1: Decimal(100), 2: Decimal(60), 3: Decimal(0)}) == {
        "CLO1": Decimal(70),
        "CLO2": Decimal(60),
    }


@pytest.mark.parametrize(("attempts", "counts"), [([], None), ([50], 50), ([50, 80, 65], 80)])
def test_the_best_attempt_counts(attempts: list[int], counts: int | None) -> None:
    assert best(Decimal(mark) for mark in attempts) == counts
