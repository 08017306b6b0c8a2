"""The code and title of a micro-credential."""

import pytest
from django.test import Client

CODE = "/courses/code/"
PART = {
    "policy": "unimas", "origin": "accredited_course", "code": "TMN4033", "title": "Cloud Computing",
    "part": "2", "parts": "3", "action": "check",
}  # fmt: skip


def test_a_part_of_a_course_has_its_letter(malay: Client) -> None:
    page = malay.post(CODE, PART).content.decode()

    assert ">TMN4033MCB</h2>" in page
    assert "Micro-Credential in Cloud Computing" in page


@pytest.mark.parametrize(("verified", "code"), [("yes", "MCV001"), ("no", "MC001")])
def test_a_stand_alone_course_has_a_running_number(malay: Client, verified: str, code: str) -> None:
    sent = PART | {"origin": "stand_alone", "number": "1", "quality_verified": verified}

    assert f">{code}</h2>" in malay.post(CODE, sent).content.decode()


def test_an_unverified_quality_leaves_the_code_open(malay: Client) -> None:
    sent = PART | {"origin": "stand_alone", "number": "1", "quality_verified": ""}

    assert "Kod belum dapat ditentukan" in malay.post(CODE, sent).content.decode()


def test_a_part_that_there_is_not_is_named(malay: Client) -> None:
    response = malay.post(CODE, PART | {"part": "4"})

    assert response.status_code == 422
    assert 'href="#part"' in response.content.decode()


def test_each_origin_has_its_own_questions(malay: Client) -> None:
    page = malay.post(CODE, PART | {"origin": "stand_alone", "action": "refresh:origin"}).content.decode()

    assert 'name="number"' in page
    assert 'name="parts"' not in page
