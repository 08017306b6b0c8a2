"""A checked case to take away: as YAML, JSON and PDF."""

import json

import pytest
from django.test import Client

from portal.cases.link import link_of
from portal.transfer.bridge import PAPER
from portal.transfer.example import example_entry
from tauliah.evaluate import evaluate
from tauliah.files.cases import read_case_text
from tauliah.files.packs import installed_packs

CASE = PAPER.case_of(example_entry())
LINK = link_of(PAPER, CASE)
FILES = ["case.yaml", "result.json", "result.pdf"]


def test_the_case_is_the_one_that_was_checked(malay: Client) -> None:
    response = malay.get("/transfer/check/case.yaml", {"c": LINK})
    case = read_case_text(response.content.decode())

    assert evaluate(case, installed_packs()) == evaluate(CASE, installed_packs())
    assert response.headers["Content-Disposition"] == 'attachment; filename="tauliah-kes.yaml"'


def test_the_result_is_the_cores_own(malay: Client) -> None:
    response = malay.get("/transfer/check/result.json", {"c": LINK})

    assert json.loads(response.content) == evaluate(CASE, installed_packs())


def test_the_printed_decision_is_in_the_persons_language(malay: Client, english: Client) -> None:
    printed = [client.get("/transfer/check/result.pdf", {"c": LINK}).content for client in (malay, english)]

    assert all(pdf.startswith(b"%PDF-1.7") for pdf in printed)
    assert [b"/Lang(ms)" in printed[0], b"/Lang(en)" in printed[1]] == [True, True]


@pytest.mark.parametrize("name", FILES)
def test_by_post_the_case_may_be_longer_than_an_address(malay: Client, name: str) -> None:
    assert malay.post(f"/transfer/check/{name}", {"c": LINK}).status_code == 200


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("link", ["", "zzz", "A" * 500_000])
def test_a_damaged_case_is_refused_in_words(malay: Client, name: str, link: str) -> None:
    response = malay.post(f"/transfer/check/{name}", {"c": link})

    assert response.status_code == 400
    assert "Pautan ini rosak" in response.content.decode()


@pytest.mark.parametrize("name", FILES)
def test_an_invalid_case_is_refused_in_words(malay: Client, name: str) -> None:
    response = malay.get(f"/transfer/check/{name}", {"c": link_of(PAPER, CASE | {"policy": "lain"})})

    assert response.status_code == 400
    assert "tidak sah" in response.content.decode()


@pytest.mark.parametrize("name", FILES)
def test_other_methods_are_refused(malay: Client, name: str) -> None:
    assert malay.delete(f"/transfer/check/{name}").status_code == 405
