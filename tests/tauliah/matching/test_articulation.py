"""How much of a target is covered: exact, never rounded up, and agreed only where all say the same."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tauliah.matching.articulation import OutcomeJudged, agreed, learning_time_share, overlap

percents = st.decimals(0, 100, places=2)
weights = st.decimals("0.01", 100, places=2)
parts = st.lists(st.builds(OutcomeJudged, weights, percents), min_size=1, max_size=8)


def judged(*pairs):
    return [OutcomeJudged(Decimal(weight), Decimal(covered)) for weight, covered in pairs]


def test_it_is_the_weighted_mean():
    assert overlap(judged((1, 100), (3, 80))) == Decimal("85.00")


def test_just_below_does_not_become_just_enough():
    assert overlap(judged((1, 80), (1, 80), (1, "79.99"))) == Decimal("79.99")


def test_without_weights_nothing_is_known():
    assert overlap([]) is None
    assert overlap(judged((0, 90))) is None


def test_experts_on_both_sides_of_the_minimum_disagree():
    assert agreed([Decimal(85), Decimal(75)], Decimal(80)) is None
    assert agreed([Decimal(85), Decimal(80)], Decimal(80)) == Decimal("82.50")


def test_learning_time_is_compared_only_where_both_are_known():
    assert learning_time_share(Decimal(60), Decimal(120)) == Decimal(50)
    assert learning_time_share(None, Decimal(120)) is None


@given(parts)
def test_it_lies_between_the_least_and_the_most_covered(judgements):
    covered = [part.covered for part in judgements]
    share = overlap(judgements)
    assert min(covered) <= share <= max(covered)


@given(parts, st.integers(1, 50))
def test_only_the_proportion_of_the_weights_counts(judgements, factor):
    scaled = [OutcomeJudged(part.weight * factor, part.covered) for part in judgements]
    assert overlap(scaled) == overlap(judgements)


@given(st.lists(percents, min_size=1, max_size=4), percents)
def test_what_is_agreed_is_on_the_side_of_all(shares, minimum):
    share = agreed(shares, minimum)
    if share is not None and all(one >= minimum for one in shares):
        assert share >= minimum
    elif share is not None:
        assert share < minimum
