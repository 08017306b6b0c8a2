"""The code and title of a micro-credential."""

import pytest

from tauliah.evaluate import evaluate
from tauliah.files.packs import installed_packs
from tauliah.values.case import InvalidCase

PACKS = installed_packs()
COURSE = {"origin": "accredited_course", "code": "TMN4033", "title": "IoT"}
STAND_ALONE = {"origin": "stand_alone", "title": "Design Thinking"}


def answer(**fields):
    return evaluate({"kind": "course_code", "policy": "unimas", **fields}, PACKS)


@pytest.mark.parametrize(
    ("fields", "code", "clause"),
    [
        (COURSE, "TMN4033MC", "1.5(e)-whole"),
        ({**COURSE, "parts": 1}, "TMN4033MC", "1.5(e)-whole"),
        ({**COURSE, "part": 1}, "TMN4033MCA", "1.5(e)-divided"),
        ({**COURSE, "part": 26, "parts": 26}, "TMN4033MCZ", "1.5(e)-divided"),
        ({**STAND_ALONE, "number": 7, "quality_verified": False}, "MC007", "1.5(e)-stand-alone"),
        ({**STAND_ALONE, "number": 1234, "quality_verified": False}, "MC1234", "1.5(e)-stand-alone"),
        ({**STAND_ALONE, "number": 7, "quality_verified": True}, "MCV007", "1.5(e)-verified"),
    ],
)
def test_the_code_follows_its_clause(fields, code, clause):
    found = answer(**fields)

    assert found["code"] == code
    assert clause in found["clauses"]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({**COURSE, "part": 0, "parts": 3}, "part"),
        ({**COURSE, "part": 4, "parts": 3}, "part"),
        ({**COURSE, "part": 27}, "part"),
        ({**COURSE, "part": 1, "parts": 27}, "part"),
        ({**COURSE, "parts": 3}, "part"),
        ({**COURSE, "code": None}, "code"),
        ({**COURSE, "code": " "}, "code"),
        ({**COURSE, "title": None}, "title"),
        ({**COURSE, "title": " "}, "title"),
        (STAND_ALONE, "number"),
        ({**STAND_ALONE, "number": 0}, "number"),
        ({"code": "TMN4033", "title": "IoT"}, "origin"),
    ],
)
def test_what_the_code_is_formed_from_must_be_there(fields, where):
    with pytest.raises(InvalidCase) as error:
        answer(**fields)

    assert error.value.where == where


def test_a_code_is_open_while_verification_is_not_known():
    found = answer(**STAND_ALONE, number=1)

    assert found["code"] is None
    assert found["title"] == "Micro-Credential in Design Thinking"
    assert "quality_verified" in [notice["where"] for notice in found["notices"]]


@pytest.mark.parametrize(
    "title",
    ["Micro-Award in Design", "micro-credential in Design", "Micro-Credential Certification in Design"],
)
def test_a_title_that_has_a_form_keeps_it(title):
    assert answer(**{**COURSE, "title": title})["title"] == title


def test_a_code_with_braces_is_only_a_code():
    assert answer(**{**COURSE, "code": "{letter}"})["code"] == "{letter}MC"
