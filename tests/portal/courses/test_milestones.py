"""How far the development of a course has come."""

import re

import pytest
from django.test import Client
from django.utils import translation

from portal.courses.milestones import suggested

PAGE = "/courses/milestones/"


def test_nothing_done_is_no_progress(malay: Client) -> None:
    page = malay.post(PAGE, {"policy": "unimas", "action": "check"}).content.decode()

    assert "0 % selesai" in page
    assert "Seterusnya: Cadangan kursus diluluskan" in page


def test_what_comes_after_a_missing_one_does_not_count_yet(malay: Client) -> None:
    done = ["proposal_approved", "content_developed"]
    page = malay.post(PAGE, {"policy": "unimas", "done": done, "action": "check"}).content.decode()

    assert "15 % selesai" in page
    assert '<rect class="done" width="150"' in page
    assert page.count("sudah ditanda, tetapi langkah sebelumnya belum selesai") == 1


def test_everything_done_is_said(english: Client) -> None:
    empty = english.get(PAGE).content.decode()
    every = re.findall(r'name="done" value="(\w+)"', empty)
    page = english.post(PAGE, {"policy": "unimas", "done": every, "action": "check"}).content.decode()

    assert len(every) == 8
    assert "100 % done" in page
    assert "Everything is done." in page


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ({"weeks": 1}, "1 minggu"),
        ({"least_months": 1, "most_months": 2}, "1 hingga 2 bulan"),
        ({"under_months": 1}, "kurang daripada 1 bulan"),
        (None, ""),
        ({}, ""),
    ],
)
def test_the_suggested_time_is_said(time: object, said: str) -> None:
    with translation.override("ms"):
        assert suggested(time) == said
