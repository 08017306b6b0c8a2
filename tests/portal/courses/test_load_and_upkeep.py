"""Teaching load and upkeep of a MOOC."""

import pytest
from django.test import Client

LOAD, UPKEEP = "/courses/teaching-load/", "/courses/upkeep/"
SKILLS = {
    "policy": "utm",
    "category": "skills",
    "participants": "420",
    "completions": "35",
    "action": "check",
}
LATE = {"policy": "utm", "on": "2025-11-20", "last_maintained_on": "2022-08-01", "action": "check"}


def test_a_skills_course_with_enough_learners_counts(malay: Client) -> None:
    page = malay.post(LOAD, SKILLS).content.decode()

    assert "2 kredit</h2>" in page
    assert 'class="card verdict good"' in page


def test_unknown_participants_leave_the_load_open(malay: Client) -> None:
    assert (
        "Beban mengajar belum dapat ditentukan"
        in malay.post(LOAD, SKILLS | {"participants": ""}).content.decode()
    )


def test_more_completions_than_participants_are_named(malay: Client) -> None:
    response = malay.post(LOAD, SKILLS | {"completions": "500"})

    assert response.status_code == 422
    assert 'href="#completions"' in response.content.decode()


def test_a_general_course_counts_as_its_lectures(malay: Client) -> None:
    sent = {"policy": "utm", "category": "general", "lecture_credits": "3"}

    assert "3 kredit</h2>" in malay.post(LOAD, sent | {"action": "check"}).content.decode()
    assert (
        'name="participants"' not in malay.post(LOAD, sent | {"action": "refresh:category"}).content.decode()
    )


@pytest.mark.parametrize(
    ("changes", "tone", "said"),
    [
        ({}, "wait", "Keluarkan surat peringatan"),
        ({"warned_on": "2025-01-15"}, "bad", "Keluarkan arahan penutupan"),
        ({"last_maintained_on": "2025-10-01"}, "good", "Tiada tindakan"),
        ({"last_maintained_on": ""}, "wait", "Belum pasti"),
    ],
)
def test_what_is_due_is_said(malay: Client, changes: dict[str, str], tone: str, said: str) -> None:
    page = malay.post(UPKEEP, LATE | changes).content.decode()

    assert f'class="card verdict {tone}"' in page
    assert f"{said}</h2>" in page


def test_a_day_that_is_none_is_named(malay: Client) -> None:
    response = malay.post(UPKEEP, LATE | {"on": "2025-02-30"})

    assert response.status_code == 422
    assert 'href="#on"' in response.content.decode()
