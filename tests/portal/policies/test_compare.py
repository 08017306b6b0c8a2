"""The page that compares policies: what it shows, what it refuses, what can be taken away."""

import csv
import html
import json
import re
from io import StringIO

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from portal.policies.compare import asked_in

PAGE = "/policies/compare/"
PAIR = {"pack": ["mqa", "uthm"], "on": "2026-01-01"}


def visible(body: bytes) -> str:
    """The page's words, on one line."""
    main = body.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_has_its_address(client: Client) -> None:
    assert reverse("policies:compare") == PAGE


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ms", ["Belum ada perbandingan", "Pilih dua dasar"]),
        ("en", ["Nothing is compared yet", "Choose two"]),
    ],
)
def test_is_empty_until_something_is_chosen(
    clients: dict[str, Client], language: str, words: list[str]
) -> None:
    response = clients[language].get(PAGE)

    assert response.status_code == 200
    assert all(each in visible(response.content) for each in words)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ms",
            [
                "Gred minimum kursus",
                "lebih ketat",
                "lebih longgar daripada MQA",
                "12 bulan",
                "Sijil ke Diploma",
                "1/3",
            ],
        ),
        (
            "en",
            [
                "Minimum grade of the course",
                "stricter",
                "laxer than MQA",
                "12 months",
                "Certificate to Diploma",
                "50 %",
            ],
        ),
    ],
)
def test_shows_the_answers_side_by_side(clients: dict[str, Client], language: str, words: list[str]) -> None:
    page = visible(clients[language].get(PAGE, PAIR).content)

    assert [each for each in words if each not in page] == []


def test_links_every_clause_and_says_its_words(malay: Client) -> None:
    body = malay.get(PAGE, PAIR).content.decode()

    addresses = {html.unescape(a) for a in re.findall(r'href="(/policies/[^"]+/clauses/[^"]+)"', body)}
    assert "/policies/uthm/clauses/5(a)(i)/" in addresses
    assert [address for address in addresses if malay.get(address).status_code != 200] == []
    assert "<dd>“" in body


def test_anchors_are_unique_and_can_be_reached(malay: Client) -> None:
    body = malay.get(PAGE, PAIR).content.decode()

    ids, wanted = re.findall(r'\sid="([^"]*)"', body), re.findall(r'href="#([^"]*)"', body)
    assert len(ids) == len(set(ids))
    assert set(wanted) <= set(ids)


def test_can_show_only_what_is_laxer_than_mqa(english: Client) -> None:
    page = visible(english.get(PAGE, PAIR | {"below": "1"}).content)

    assert "Mobility limit" in page
    assert "Minimum grade of the course level" not in page
    assert "Application window" not in page


def test_says_that_nothing_is_laxer_where_nothing_is(english: Client) -> None:
    page = visible(english.get(PAGE, {"pack": ["mqa", "utm"], "on": "2026-01-01", "below": "1"}).content)

    assert "Nothing is laxer than MQA" in page


def test_compares_one_policy_on_two_days(english: Client) -> None:
    page = visible(english.get(PAGE, {"pack": "mqa", "on": "2016-05-22", "on2": "2016-05-23"}).content)

    assert "22 May 2016" in page
    assert "Certificate to diploma" in page
    assert "3 differences" in page


def test_finds_nothing_between_a_day_and_itself(malay: Client) -> None:
    page = visible(malay.get(PAGE, {"pack": "mqa", "on": "2026-01-01", "on2": "2026-01-01"}).content)

    assert "Tiada perbezaan ditemui" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"pack": "mqa"}, "Pilih dua dasar atau lebih"),
        ({"pack": ["mqa", "tiada"]}, "Tiada dasar sedemikian"),
        ({"pack": ["mqa", "uthm"], "on": "2025-02-30"}, "Tiada hari sedemikian"),
        ({"pack": ["mqa", "uthm"], "on": "0001-01-01"}, "Beri hari dari tahun 1990"),
        ({"pack": ["mqa", "uthm"], "on2": "2025-01-01"}, "Hari kedua hanya untuk satu dasar"),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_chosen(
    malay: Client, query: dict[str, object], words: str
) -> None:
    response = malay.get(PAGE, query)

    assert response.status_code == 400
    assert words in visible(response.content)
    assert re.search(r'value="mqa"\s+checked', response.content.decode())


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}differences.json", f"{PAGE}differences.csv"])
def test_only_reads(malay: Client, address: str) -> None:
    assert malay.post(address, PAIR).status_code == 405


def test_can_be_taken_away_as_json(malay: Client) -> None:
    response = malay.get(f"{PAGE}differences.json", PAIR)

    found = json.loads(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="tauliah-perbandingan.json"'
    assert [side["pack"] for side in found["sides"]] == ["mqa", "uthm"]
    assert "minimum_grade" in [question["name"] for question in found["questions"]]


def test_can_be_taken_away_as_csv(english: Client) -> None:
    response = english.get(f"{PAGE}differences.csv", PAIR)

    heads, *lines = csv.reader(StringIO(response.content.decode("utf-8-sig")))
    grade = next(line for line in lines if line[0] == "Minimum grade of the course")
    assert heads[3] == "mqa 2026-01-01"
    assert {len(line) for line in lines} == {len(heads)}
    assert grade == [
        "Minimum grade of the course",
        "Minimum grade of the course",
        "level: undergraduate",
        *("C", "laxer", "criteria.grade"),
        *("C+", "stricter", "5(a)(i)"),
    ]


def test_a_file_that_cannot_be_made_leads_back_to_the_form(malay: Client) -> None:
    response = malay.get(f"{PAGE}differences.csv", {"pack": "mqa"})

    assert (response.status_code, response["Location"]) == (302, f"{PAGE}?pack=mqa")


def test_the_list_of_policies_leads_here(malay: Client) -> None:
    assert f'href="{PAGE}"' in malay.get("/policies/").content.decode()


def test_a_policy_chosen_twice_counts_once() -> None:
    assert asked_in(QueryDict("pack=mqa&pack=uthm&pack=mqa")).names == ("mqa", "uthm")


def test_needs_no_script_and_no_style_of_its_own(malay: Client) -> None:
    body = malay.get(PAGE, PAIR).content.decode().partition("<main")[2]

    assert "<script" not in body
    assert "style=" not in body
    assert 'method="get"' in body
