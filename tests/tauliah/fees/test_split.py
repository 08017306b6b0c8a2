"""Parts of an amount: they add up, and stay within a sen of the exact share."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauliah.fees.split import split
from tauliah.values.money import in_ringgit, to_the_sen

amounts = st.integers(0, 100_000_000).map(lambda sen: Decimal(sen) / 100)


@st.composite
def percents(draw: st.DrawFn) -> list[Decimal]:
    """Percentages with up to four decimals that make 100."""
    cuts = sorted(draw(st.lists(st.integers(0, 1_000_000), max_size=8)))
    marks = [0, *cuts, 1_000_000]
    return [Decimal(b - a) / 10_000 for a, b in pairwise(marks)]


@given(amounts, percents())
def test_parts_add_up_to_the_sen(amount, shares):
    assert sum(split(amount, shares)) == amount


@given(amounts, percents())
def test_no_part_is_a_sen_or_more_from_its_exact_share(amount, shares):
    for part, percent in zip(split(amount, shares), shares, strict=True):
        assert abs(Fraction(part) - Fraction(amount) * Fraction(percent) / 100) < Fraction(1, 100)
        assert part >= 0


@given(amounts, st.integers(0, 1_000_000).map(lambda units: Decimal(units) / 10_000))
def test_two_parts_are_exact_for_every_percent_and_price(amount, percent):
    first, rest = split(amount, [percent, 100 - percent])

    assert first + rest == amount
    assert first == to_the_sen(amount * percent / 100)


@given(amounts, percents())
def test_a_larger_share_never_gets_less(amount, shares):
    parts = split(amount, shares)
    for part, percent in zip(parts, shares, strict=True):
        for other, larger in zip(parts, shares, strict=True):
            assert percent >= larger or part <= other


def test_the_sen_left_over_go_to_the_first_of_equals():
    thirds = [Decimal("33.3333"), Decimal("33.3333"), Decimal("33.3334")]

    assert split(Decimal("0.01"), [Decimal(50), Decimal(50)]) == [Decimal("0.01"), 0]
    assert split(Decimal("0.02"), [Decimal(25)] * 4) == [Decimal("0.01"), Decimal("0.01"), 0, 0]
    assert sum(split(Decimal("100.00"), thirds)) == 100


@pytest.mark.parametrize(
    "wrong", [[], [Decimal(99)], [Decimal(60), Decimal(60)], [Decimal(-1), Decimal(101)]]
)
def test_percentages_that_do_not_make_100_are_refused(wrong):
    with pytest.raises(ValueError, match="not 100"):
        split(Decimal(1), wrong)


@pytest.mark.parametrize("wrong", ["-0.01", "0.005"])
def test_an_amount_is_whole_sen(wrong):
    with pytest.raises(ValueError, match="whole sen"):
        split(Decimal(wrong), [Decimal(100)])


def test_half_a_sen_is_rounded_up_and_written_with_two_decimals():
    assert to_the_sen(Decimal("66.665")) == Decimal("66.67")
    assert in_ringgit(Decimal("0.1")) == "0.10"
    assert in_ringgit(Decimal(1_000_000)) == "1000000.00"
