"""Progress through the milestones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauliah.evaluate import evaluate
from tauliah.files.packs import installed_packs
from tauliah.values.case import InvalidCase
from tauliah.values.vocabulary import WORDS

PACKS = installed_packs()
ORDER = list(WORDS["milestone"])
PROGRESS = [0, 15, 20, 40, 60, 65, 70, 85, 100]


def answer(done):
    return evaluate({"kind": "milestones", "policy": "unimas", "done": done}, PACKS)


@pytest.mark.parametrize("reached", range(9))
def test_progress_is_that_of_the_last_milestone_reached(reached):
    found = answer(ORDER[:reached])

    assert found["progress_percent"] == PROGRESS[reached]
    assert found["next"] == (ORDER[reached] if reached < 8 else None)
    assert found["clauses"]


@given(st.lists(st.sampled_from(ORDER)), st.sampled_from(ORDER))
def test_another_milestone_never_takes_progress_away(done, more):
    assert answer([*done, more])["progress_percent"] >= answer(done)["progress_percent"]


@given(st.permutations(ORDER), st.integers(0, 8))
def test_the_order_of_the_list_and_repetitions_do_not_matter(order, count):
    done = order[:count]
    found = answer(done + done)

    assert found["progress_percent"] == answer(sorted(done))["progress_percent"]
    assert found["next"] == next((name for name in ORDER if name not in done), None)


def test_every_milestone_has_its_share_time_and_clause():
    found = answer(["vetted"])["milestones"]

    assert [m["percent"] for m in found] == PROGRESS[1:]
    assert [m["milestone"] for m in found if m["done"]] == ["vetted"]
    assert all(m["suggested"] and m["clauses"] and m["label"]["ms"] for m in found)


@pytest.mark.parametrize(
    ("done", "where"), [(["vetted", "painted"], "done[1]"), (None, "done"), ("vetted", "done")]
)
def test_what_is_done_is_a_list_of_milestones(done, where):
    with pytest.raises(InvalidCase) as error:
        answer(done)

    assert error.value.where == where
