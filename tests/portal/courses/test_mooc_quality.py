"""The quality self-check of a MOOC."""

from django.test import Client
from tests.portal.conftest import Fields, fields_of

from portal.courses.mooc_quality import INDICATORS, MOOC_QUALITY_TOOL

PAGE = "/courses/quality/"
READY = {
    "kind": "mooc_quality", "policy": "utm", "ratings": dict.fromkeys(INDICATORS, 4) | {"copyright": 3},
    "topics": [{"outcomes": 1, "activities": 2, "resources": 1}] * 5,
    "learning_outcomes": [{"assessments": 1}] * 3, "assessment_percents": [40, 20, 40],
    "video": {"minutes": 160, "original_minutes": 130, "presenter_appears": True, "weeks": 5},
    "creative_commons": True, "disclaimer": True,
}  # fmt: skip


def sent(**changes: str) -> Fields:
    """A ready MOOC as a browser sends it, with some fields changed; ``__`` stands for the dot."""
    changed = {name.replace("__", "."): value for name, value in changes.items()}
    return fields_of(MOOC_QUALITY_TOOL.paper.entry_of_case(READY)) | {"action": "check"} | changed


def test_a_ready_mooc_is_ready_with_its_mean(malay: Client) -> None:
    page = malay.post(PAGE, sent()).content.decode()

    assert "MOOC ini sedia ditawarkan" in page
    assert "Purata penarafan 3.92 daripada 4" in page


def test_all_twelve_indicators_are_asked_on_one_scale(english: Client) -> None:
    page = english.get(PAGE).content.decode()

    assert len(INDICATORS) == 12
    for name in INDICATORS:
        assert page.count(f'name="ratings.{name}"') == 5
        assert f'name="ratings.{name}" value="" checked' in page


def test_an_indicator_not_rated_leaves_it_open(malay: Client) -> None:
    page = malay.post(PAGE, sent(ratings__copyright="")).content.decode()

    assert "Sesetengah perkara belum diketahui" in page
    assert "Hak cipta" in page


def test_a_weight_not_known_leaves_the_total_open(malay: Client) -> None:
    page = malay.post(PAGE, sent(assessment_percents="40, ?, 40")).content.decode()

    assert "Sesetengah perkara belum diketahui" in page
    assert 'value="40, ?, 40"' in page


def test_an_empty_topic_counts_as_a_topic(malay: Client) -> None:
    page = malay.post(PAGE, sent() | {"topics[5].outcomes": ""}).content.decode()

    assert 'id="topics-5"' in page
    assert "Sesetengah perkara belum diketahui" in page


def test_a_rating_outside_the_scale_is_named(malay: Client) -> None:
    response = malay.post(PAGE, sent(ratings__activities="5"))

    assert response.status_code == 422
    assert "Penarafan hendaklah 1, 2, 3 atau 4." in response.content.decode()


def test_more_original_video_than_video_is_named(malay: Client) -> None:
    response = malay.post(PAGE, sent(video__original_minutes="200"))

    assert response.status_code == 422
    assert 'href="#video-original_minutes"' in response.content.decode()
