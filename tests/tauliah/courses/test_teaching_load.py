"""Teaching load of a MOOC."""

import pytest

from tauliah.evaluate import evaluate
from tauliah.files.packs import installed_packs
from tauliah.values.case import InvalidCase

PACKS = installed_packs()


def answer(**fields):
    return evaluate({"kind": "teaching_load", "policy": "utm", **fields}, PACKS)


def outcomes(found):
    return {check["rule"]: check["outcome"] for check in found["checks"]}


@pytest.mark.parametrize(
    ("participants", "completions", "credits"),
    [
        (400, 30, 2),
        (399, 30, 0),
        (400, 29, 0),
        (None, 30, None),
        (400, None, None),
        (None, 29, 0),
        (399, None, 0),
        (None, None, None),
    ],
)
def test_a_skills_course_counts_only_with_both_minimums(participants, completions, credits):
    found = answer(category="skills", participants=participants, completions=completions)

    assert found["credits"] == credits
    assert list(outcomes(found)) == ["participants", "completions"]


def test_a_skills_course_counts_two_whatever_its_lectures():
    assert answer(category="skills", participants=500, completions=40, lecture_credits=4)["credits"] == 2


@pytest.mark.parametrize("category", ["general", "thrust"])
def test_general_and_thrust_courses_count_as_lectures_without_conditions(category):
    found = answer(category=category, participants=5, completions=0, lecture_credits=3)

    assert found["credits"] == 3
    assert found["checks"] == []
    assert f"Jadual 2({'a' if category == 'general' else 'b'})" in found["clauses"]


@pytest.mark.parametrize("category", ["general", "thrust"])
def test_without_the_lectures_credits_the_load_is_open(category):
    found = answer(category=category)

    assert found["credits"] is None
    assert "lecture_credits" in [notice["where"] for notice in found["notices"]]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"category": "skills", "participants": 30, "completions": 31}, "completions"),
        ({"category": "skills", "participants": -1}, "participants"),
        ({"category": "umum"}, "category"),
        ({}, "category"),
        ({"category": "general", "lecture_credits": -3}, "lecture_credits"),
    ],
)
def test_what_cannot_be_is_named_at_its_field(fields, where):
    with pytest.raises(InvalidCase) as error:
        answer(**fields)

    assert error.value.where == where


def test_each_minimum_cites_its_own_clause():
    found = answer(category="skills", participants=10, completions=5)

    assert {c["rule"]: c["clauses"] for c in found["checks"]} == {
        "participants": ["5.4.7/2"],
        "completions": ["5.4.7/3"],
    }
    assert "Jadual 2(c)" in found["clauses"]


def test_the_estimate_of_lampiran_c_adds_up():
    estimate = answer(category="skills")["estimate"]

    hours = {step["step"]: step["hours"] for step in estimate["steps"]}
    assert hours["development"] == 54
    assert sum(hours.values()) - 54 == 96
    assert (estimate["hours"], estimate["credits"]) == (150, 3.75)
    assert "Lampiran C B4" in estimate["steps"][-1]["clauses"]
