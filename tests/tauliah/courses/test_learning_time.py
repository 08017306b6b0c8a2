"""Learning time: exact, additive, and only from what an activity is counted in."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauliah.courses.learning_time import MEASURED_IN
from tauliah.evaluate import evaluate
from tauliah.files.packs import installed_packs
from tauliah.values.case import InvalidCase
from tauliah.values.vocabulary import WORDS

PACKS = installed_packs()


def answer(activities, policy="unimas"):
    return evaluate({"kind": "learning_time", "policy": policy, "activities": activities}, PACKS)


activities = st.lists(
    st.sampled_from(sorted(MEASURED_IN)).flatmap(
        lambda kind: st.fixed_dictionaries({"type": st.just(kind), MEASURED_IN[kind]: st.integers(0, 5000)})
    ),
    max_size=8,
)


@given(activities, activities)
def test_learning_time_is_additive(some, more):
    both, first, second = (answer(a)["minutes"] for a in (some + more, some, more))

    assert both == {end: first[end] + second[end] for end in ("least", "most")}


@given(activities)
def test_the_least_is_never_more_than_the_most(some):
    found = answer(some)

    for unit in ("minutes", "hours", "credits"):
        assert 0 <= found[unit]["least"] <= found[unit]["most"]


@pytest.mark.parametrize("kind", WORDS["activity"])
def test_every_activity_has_a_measure_a_time_and_a_clause(kind):
    (found,) = answer([{"type": kind, MEASURED_IN[kind]: 2}])["activities"]

    assert found["minutes"]["least"] == 2 * found["minutes_each"]["least"] > 0
    assert f"2.2-{kind.replace('_', '-')}" in found["clauses"]


@pytest.mark.parametrize("kind", WORDS["activity"])
def test_a_missing_volume_is_named_in_its_own_measure(kind):
    with pytest.raises(InvalidCase) as error:
        answer([{"type": "quiz", "questions": 1}, {"type": kind}])

    assert error.value.where == f"activities[1].{MEASURED_IN[kind]}"


def test_no_activities_take_no_time():
    found = answer([])

    assert found["minutes"] == {"least": 0, "most": 0}
    assert found["hours"] == found["credits"] == {"least": 0.0, "most": 0.0}


def test_hours_and_credits_are_rounded_half_up_from_the_exact_minutes():
    """0.3 minutes are 0.005 hours; 12 minutes are 0.005 credits."""
    assert answer([{"type": "essay", "pages": Decimal("0.005")}])["hours"]["least"] == 0.01
    assert answer([{"type": "essay", "pages": Decimal("0.2")}])["credits"]["least"] == 0.01
    assert answer([{"type": "essay", "pages": Decimal("0.1999")}])["credits"]["least"] == 0.0


def test_a_volume_in_another_measure_is_told():
    found = answer([{"type": "video", "minutes": 3, "pages": 2, "colour": "red"}])

    assert {"activities[0].pages", "activities[0].colour"} <= {n["where"] for n in found["notices"]}


@pytest.mark.parametrize(
    ("activity", "where"),
    [
        ({"type": "reading", "pages": -1}, "activities[0].pages"),
        ({"type": "reading", "pages": "many"}, "activities[0].pages"),
        ({"type": "sport", "minutes": 1}, "activities[0].type"),
        ({"minutes": 1}, "activities[0].type"),
    ],
)
def test_a_wrong_activity_is_named_at_its_field(activity, where):
    with pytest.raises(InvalidCase) as error:
        answer([activity])

    assert error.value.where == where


@pytest.mark.parametrize("policy", ["utm", "umpsa", "mqa", "uthm"])
def test_only_unimas_states_learning_times(policy):
    with pytest.raises(InvalidCase) as error:
        answer([], policy)

    assert error.value.where == "policy"
    assert "unimas" in error.value.message.en
