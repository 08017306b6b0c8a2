"""A case the policy cannot answer as it stands: outside its levels, without what it needs, or contradictory."""

import pytest

from tauliah.evaluate import evaluate
from tauliah.files.packs import installed_packs
from tauliah.values.case import InvalidCase

PACKS = installed_packs()
MOOC = {"platform": "edx", "code": "X1", "credits": 3, "grade": "B", "completed_on": "2025-06-30"}


def application(policy: str, **programme: object) -> dict:
    return {
        "kind": "transfer",
        "policy": policy,
        "applied_on": "2025-09-15",
        "programme": {"institution": policy.upper(), "level": "master", "graduating_credits": 40} | programme,
        "claims": [{"target": {"code": "A", "credits": 3}, "basis": "mooc", "sources": [MOOC]}],
    }


def where_of(case: dict) -> list[str]:
    with pytest.raises(InvalidCase) as error:
        evaluate(case, PACKS)
    return [problem.where for problem in error.value.problems]


def test_a_level_the_policy_does_not_know_is_refused():
    assert where_of(application("utm", level="foundation")) == ["programme.level"]


def test_what_the_policy_needs_is_asked_for_where_it_needs_it():
    assert where_of(application("utm", mode="mixed")) == ["programme.coursework_credits"]
    assert evaluate(application("utm", mode="mixed", coursework_credits=20), PACKS)["policy"] == "utm"
    assert evaluate(application("utm", mode="coursework"), PACKS)["policy"] == "utm"


def test_a_course_stands_once_in_a_combination():
    case = application("uthm")
    case["claims"][0]["sources"] = [MOOC, MOOC | {"code": "X2"}, MOOC]

    assert where_of(case) == ["claims[0].sources[2].code"]
