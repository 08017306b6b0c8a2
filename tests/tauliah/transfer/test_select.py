"""The selection is the best there is: against trying every set, and against a solver of integer programmes."""

import time
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from tauliah.transfer.select import Ceiling, select, select_one_each


def total(credits: list[int], taken: list[bool]) -> int:
    return sum(c for c, yes in zip(credits, taken, strict=True) if yes)


def fits(credits: list[int], ceilings: list[Ceiling], taken: list[bool]) -> bool:
    return all(
        sum(c for i, c in enumerate(credits) if taken[i] and ceiling.claims >> i & 1) <= ceiling.credits
        for ceiling in ceilings
    )


def best_of_all(credits: list[int], ceilings: list[Ceiling], targets: list[str] | None = None) -> list[bool]:
    """The first of the best sets, when sets that hold earlier claims come first."""

    def once(taken: tuple[bool, ...]) -> bool:
        given = [t for t, yes in zip(targets or range(len(taken)), taken, strict=True) if yes]
        return len(set(given)) == len(given)

    sets = product((True, False), repeat=len(credits))
    possible = (list(taken) for taken in sets if fits(credits, ceilings, taken) and once(taken))
    return max(possible, key=lambda taken: total(credits, taken))


def best_by_solver(credits: list[int], ceilings: list[Ceiling]) -> int:
    """The most credits by HiGHS."""
    rows = np.array([[c.claims >> i & 1 for i in range(len(credits))] for c in ceilings]) * np.array(credits)
    tops = [c.credits for c in ceilings]
    constraint = LinearConstraint(rows, ub=tops)
    found = milp(
        -np.array(credits), integrality=np.ones(len(credits)), bounds=Bounds(0, 1), constraints=constraint
    )
    return round(-found.fun)


@st.composite
def questions(draw: st.DrawFn, most: int) -> tuple[list[int], list[Ceiling]]:
    """Claims of a few credits under a few limits that may overlap in any way."""
    credits = draw(st.lists(st.integers(0, 6) | st.sampled_from([12, 35]), min_size=1, max_size=most))
    sets = st.integers(0, (1 << len(credits)) - 1)
    ceilings = st.builds(Ceiling, st.integers(0, sum(credits)), sets)
    return credits, draw(st.lists(ceilings, max_size=5))


@given(questions(most=12))
def test_no_set_is_better_and_ties_go_to_the_first_claims(question):
    credits, ceilings = question

    assert select(credits, ceilings) == best_of_all(credits, ceilings)


@st.composite
def beside_each_other(draw: st.DrawFn) -> tuple[list[int], list[Ceiling]]:
    """Two or three limits apart from one another, inside one that holds them all and further claims."""
    parts = draw(st.lists(st.lists(st.integers(1, 6), min_size=1, max_size=4), min_size=2, max_size=3))
    credits = draw(
        st.permutations([c for part in parts for c in part] + draw(st.lists(st.integers(1, 6), max_size=2)))
    )
    place, ceilings = 0, []
    for part in parts:
        members = range(place, place + len(part))
        ceilings.append(
            Ceiling(draw(st.integers(0, sum(credits[i] for i in members))), sum(1 << i for i in members))
        )
        place += len(part)
    return credits, [*ceilings, Ceiling(draw(st.integers(0, sum(credits))), (1 << len(credits)) - 1)]


@given(beside_each_other())
def test_limits_beside_each_other_inside_another_are_filled_best(question):
    credits, ceilings = question

    assert select(credits, ceilings) == best_of_all(credits, ceilings)


@given(questions(most=8), st.data())
def test_a_target_is_given_once(question, data):
    credits, ceilings = question
    targets = data.draw(st.lists(st.sampled_from("abcd"), min_size=len(credits), max_size=len(credits)))
    taken = select_one_each(credits, ceilings, targets)
    given_targets = [target for target, yes in zip(targets, taken, strict=True) if yes]

    assert fits(credits, ceilings, taken)
    assert len(set(given_targets)) == len(given_targets)


@given(questions(most=6), st.data())
def test_which_claim_of_a_target_is_chosen_as_best(question, data):
    credits, ceilings = question
    targets = data.draw(st.lists(st.sampled_from("abcd"), min_size=len(credits), max_size=len(credits)))

    assert select_one_each(credits, ceilings, targets) == best_of_all(credits, ceilings, targets)


def nested(random: Random, credits: list[int]) -> list[Ceiling]:
    """Four limits, each inside the one before."""
    members, ceilings = list(range(len(credits))), []
    for _ in range(4):
        whole = sum(credits[i] for i in members)
        ceilings.append(Ceiling(random.randint(whole // 3, whole), sum(1 << i for i in members)))
        members = sorted(random.sample(members, max(len(members) * 2 // 3, 1)))
    return ceilings


def beside(random: Random, credits: list[int]) -> list[Ceiling]:
    """Four limits apart from one another inside a fifth."""
    parts = [sum(1 << i for i in range(k, len(credits), 5)) for k in range(4)]
    ceilings = [Ceiling(random.randint(3, sum(credits[k::5])), part) for k, part in enumerate(parts)]
    return [*ceilings, Ceiling(random.randint(20, sum(credits)), (1 << len(credits)) - 1)]


def overlapping(random: Random, credits: list[int]) -> list[Ceiling]:
    """Three limits over any claims."""
    everything = (1 << len(credits)) - 1
    return [Ceiling(random.randint(6, 40), random.randint(1, everything)) for _ in range(3)]


@pytest.mark.parametrize("shape", [nested, beside, overlapping])
@pytest.mark.parametrize("seed", range(8))
def test_forty_claims_reach_what_the_solver_reaches(shape, seed):
    random = Random(seed)
    credits = [random.randint(1, 6) for _ in range(40)]
    ceilings = shape(random, credits)
    taken = select(credits, ceilings)

    assert total(credits, taken) == best_by_solver(credits, ceilings)
    assert fits(credits, ceilings, taken)


def test_forty_claims_under_four_nested_limits_are_answered_at_once():
    random = Random(7)
    credits = [random.randint(1, 6) * 10_000 for _ in range(40)]
    ceilings = nested(random, credits)
    begin = time.perf_counter()
    select(credits, ceilings)

    assert time.perf_counter() - begin < 5  # a few milliseconds; the bound only catches a search gone astray


def test_claims_without_limits_are_all_taken():
    assert select([3, 4, 0], []) == [True, True, True]


def test_nothing_is_chosen_among_nothing():
    assert select([], []) == []


def test_claims_without_credits_fit_everywhere():
    assert select([0, 3, 0], [Ceiling(0, 0b111)]) == [True, False, True]


def test_limits_far_too_wide_for_totals_are_searched_and_kept():
    random = Random(3)
    credits = [random.randint(10_000, 60_000) for _ in range(30)]
    ceilings = [Ceiling(400_001, random.getrandbits(30)) for _ in range(6)]
    taken = select(credits, ceilings)

    assert fits(credits, ceilings, taken)
    assert any(taken)


def test_too_many_claims_for_the_same_targets_leave_the_first_of_each():
    targets = [f"T{i // 2}" for i in range(20)]
    taken = select_one_each([3] * 20, [Ceiling(30, (1 << 20) - 1)], targets)

    assert taken == [True, False] * 10
