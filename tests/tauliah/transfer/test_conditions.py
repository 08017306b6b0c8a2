"""Residency by level and situation, and what a person is told beside the decision."""

from typing import Any

import pytest

from tauliah.evaluate import evaluate
from tauliah.files.packs import installed_packs

PACKS = installed_packs()
SOURCE = {"code": "X1", "credits": 3, "grade": "A", "completed_on": "2024-06-30", "transferred_before": False}
STUDY = {
    "id": "old",
    "institution": "Universiti Lain",
    "mode": "coursework",
    "accredited": True,
    "ended_on": "2024-06-30",
}


def answered(policy: str, level: str, basis: str, outcome: str = "completed", **more: Any) -> dict[str, Any]:
    """The result for one course that meets every condition."""
    graded = policy == "uthm" and basis != "prior_study"
    study = STUDY | {"level": level, "outcome": outcome, "withdrawn_with_cause": True} | more.pop("study", {})
    claim = {
        "target": {"code": "A", "credits": 3},
        "basis": basis,
        "graded": graded,
        "content_overlap": 1,
        "sources": [SOURCE | {"study": "old"}],
    }
    return evaluate(
        {
            "kind": "transfer",
            "policy": policy,
            "applied_on": "2025-06-30",
            "student": {"standing": "good", "semester": 1, "week": 1},
            "programme": {
                "institution": "UTHM",
                "level": level,
                "mode": "coursework",
                "graduating_credits": 120,
            },
            "prior_studies": [study],
            "claims": [claim],
        }
        | more,
        PACKS,
    )


SITUATIONS = [
    ("prior_study", "completed"),
    ("resumed_study", "withdrawn"),
    ("continued_study", "in_progress"),
]
SEMESTER, YEAR = {"semesters": 1}, {"months": 12}
MQA_LEVELS = {
    "certificate": SEMESTER,
    "diploma": SEMESTER,
    "advanced_diploma": SEMESTER,
    "bachelor": YEAR,
    "master": SEMESTER,
    "doctorate": SEMESTER,
}


def residency(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {key: c[key] for key in ("months", "semesters") if key in c}
        for c in result["conditions"]
        if c["rule"] == "residency"
    ]


@pytest.mark.parametrize(("basis", "outcome"), [*SITUATIONS, ("programme_change", "in_progress")])
@pytest.mark.parametrize("level", MQA_LEVELS)
def test_mqa_asks_for_a_year_of_bachelors_and_a_semester_of_others(level, basis, outcome):
    result = answered("mqa", level, basis, outcome)

    assert result["claims"][0]["outcome"] == "eligible"
    assert residency(result) == [MQA_LEVELS[level]]


@pytest.mark.parametrize(("basis", "outcome"), SITUATIONS)
@pytest.mark.parametrize("level", ["bachelor", "master", "doctorate"])
def test_uthm_asks_for_six_months_at_every_level(level, basis, outcome):
    result = answered("uthm", level, basis, outcome)

    assert result["claims"][0]["outcome"] == "eligible"
    assert residency(result) == [{"months": 6}]


@pytest.mark.parametrize("policy", ["mqa", "uthm"])
@pytest.mark.parametrize(("basis", "outcome"), SITUATIONS[:2])
def test_who_stays_at_the_institution_owes_it_no_residency(policy, basis, outcome):
    result = answered(policy, "bachelor", basis, outcome, study={"institution": "UTHM"})

    assert result["claims"][0]["outcome"] == "eligible"
    assert residency(result) == []


def notices(result: dict[str, Any]) -> dict[str, str]:
    return {notice["where"]: notice["message"]["en"] for notice in result["notices"]}


@pytest.mark.parametrize(("day", "told"), [("2010-12-27", True), ("2010-12-28", False)])
def test_a_day_before_the_first_version_is_told(day, told):
    source = {"applied_on": day, "claims": []}
    claim = {"target": {"code": "A", "credits": 3}, "basis": "same_institution", "sources": [{"grade": "A"}]}
    result = answered("mqa", "bachelor", "prior_study", **source | {"claims": [claim], "prior_studies": []})

    assert ("applied_on" in notices(result)) == told
    assert result["policy_version"] == "2010-12-28"


def test_an_undated_guideline_says_so():
    assert "undated" in notices(answered("uthm", "bachelor", "prior_study"))["policy"]


def test_an_institution_that_is_not_given_counts_as_another_and_is_told():
    result = answered("uthm", "bachelor", "prior_study", study={"institution": None})

    assert "counts as another institution" in notices(result)["claims[0].sources"]
    assert residency(result) == [{"months": 6}]


def test_the_same_target_and_the_same_source_twice_are_told():
    document = answered("uthm", "bachelor", "prior_study")
    claim = {
        "target": {"code": "A", "credits": 3},
        "basis": "prior_study",
        "content_overlap": 1,
        "sources": [SOURCE | {"study": "old"}],
    }
    result = answered("uthm", "bachelor", "prior_study", claims=[claim, claim])
    told = [notice["message"]["en"] for notice in result["notices"] if notice["where"] == "claims"]

    assert document["credits_accepted"] == result["credits_accepted"] == 3
    assert [claim["outcome"] for claim in result["claims"]] == ["eligible", "over_limit"]
    assert len(told) == 2


def test_what_is_missing_is_what_to_do_next():
    result = answered("uthm", "bachelor", "prior_study", study={"accredited": None})
    steps = [step["message"]["en"] for step in result["next_steps"] if step["claim"] == "A"]

    assert steps == ["The accreditation is not given; send proof of accreditation or recognition."]
