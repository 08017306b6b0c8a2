"""The learning-time calculator: adding up, and whether a claim fits."""

import pytest
from django.test import Client

from portal.courses.learning_time import judged_claim, span

CALCULATE = "/courses/learning-time/"
TWO = {
    "policy": "unimas",
    "activities[0].type": "video",
    "activities[0].minutes": "30",
    "activities[1].type": "quiz",
    "activities[1].questions": "20",
    "action": "check",
}


def test_it_adds_up_minutes_hours_and_credits(malay: Client) -> None:
    page = malay.post(CALCULATE, TWO).content.decode()

    assert "<dd>120–250</dd>" in page
    assert "<dd>2–4.17</dd>" in page
    assert "0.05–0.1 kredit" in page
    assert 'href="/policies/unimas/clauses/2.2-video/"' in page


def test_a_type_asks_for_its_own_measure(malay: Client) -> None:
    sent = TWO | {"activities[1].type": "reading", "action": "refresh:activities[1].type"}
    page = malay.post(CALCULATE, sent).content.decode()

    assert 'name="activities[1].pages"' in page
    assert 'name="activities[1].questions"' not in page


def test_empty_rows_do_not_disturb(malay: Client) -> None:
    assert "<dd>120–250</dd>" in malay.post(CALCULATE, TWO | {"activities[2].type": ""}).content.decode()


def test_an_activity_without_its_volume_is_told_which(malay: Client) -> None:
    response = malay.post(CALCULATE, TWO | {"activities[1].questions": "-2"})

    assert response.status_code == 422
    assert "<strong>Aktiviti 2: Soalan</strong>" in response.content.decode()


@pytest.mark.parametrize(
    ("claimed", "tone"),
    [("4", "good"), ("3", "good"), ("4.88", "good"), ("4,9", "bad"), ("2", "wait"), ("x", "wait"), ("", "")],
)
def test_a_claim_is_held_against_the_span(claimed: str, tone: str) -> None:
    assert judged_claim(claimed, {"least": 3.0, "most": 4.88})[0] == tone


@pytest.mark.parametrize("claimed", ["NaN", "Infinity", "-1", "1e999999999"])
def test_a_claim_that_is_no_number_of_credits_is_never_met(claimed: str) -> None:
    assert judged_claim(claimed, {"least": 3.0, "most": 4.88})[0] != "good"


def test_the_claim_stays_out_of_the_case_but_travels_in_the_link(malay: Client) -> None:
    page = malay.post(CALCULATE, TWO | {"beside.claimed_credits": "3"}).content.decode()

    assert "terlalu tinggi" in page
    assert "beside.claimed_credits=3" in page
    assert "terlalu tinggi" in malay.get(CALCULATE, query(page)).content.decode()


def query(page: str) -> dict[str, str]:
    """The query of the page's own link."""
    address = page.partition('id="share-address"')[2].partition('value="')[2].partition('"')[0]
    pairs = address.partition("?")[2].replace("&amp;", "&").split("&")
    return dict(pair.split("=", 1) for pair in pairs)


def test_one_figure_where_least_is_most() -> None:
    assert span({"least": 240, "most": 240}) == "240"
