"""The fee calculator: lines, total, and tables that add up to the sen."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from portal.fees.calculator import CALCULATOR, details
from tauliah.evaluate import evaluate
from tauliah.files.packs import installed_packs

CALCULATE = "/fees/calculator/"
CERTIFICATE = {
    "policy": "utm",
    "item": "certificate",
    "level": "bachelor",
    "credits": "3",
    "distribute": "yes",
    "roles.facilitator": "no",
    "roles.assessor": "yes",
    "action": "check",
}


def money(page: str) -> list[str]:
    """The amounts on a page."""
    return re.findall(r"RM\s([\d,]+\.\d\d)", page)


def test_a_transfer_shows_both_fees_and_who_receives_the_second(malay: Client) -> None:
    sent = {"policy": "utm", "item": "credit_transfer", "level": "bachelor", "provider": "malaysia_mooc"}
    page = malay.post(
        CALCULATE, sent | {"credits": "3", "distribute": "yes", "action": "check"}
    ).content.decode()

    assert "Yuran pemprosesan" in page
    assert {"160.00", "10.00", "150.00", "22.50", "67.50", "37.50"} <= set(money(page))
    assert 'href="/policies/utm/clauses/6.5.1/"' in page


def test_a_certificate_is_divided_in_two_steps(english: Client) -> None:
    page = english.post(CALCULATE, CERTIFICATE).content.decode()

    assert page.count("Who receives what:") == 2
    assert {"450.00", "67.50", "382.50", "114.75", "57.38", "76.50", "133.87"} <= set(money(page))
    assert "Facilitator</th>" not in page


def test_an_appeal_asks_for_nothing_else(malay: Client) -> None:
    page = malay.post(
        CALCULATE, {"policy": "utm", "item": "appeal", "action": "refresh:item"}
    ).content.decode()

    assert 'name="credits"' not in page
    assert "RM\N{NO-BREAK SPACE}50.00" in page


def test_what_is_missing_leaves_the_amount_open_and_says_so(malay: Client) -> None:
    page = malay.post(CALCULATE, CERTIFICATE | {"credits": ""}).content.decode()

    assert "Amaun belum dapat ditentukan" in page
    assert "jumlah yuran tidak dapat dikira tanpanya" in page


@pytest.mark.parametrize("typed", ["-1", "0", "tiga"])
def test_credits_that_cannot_be_are_named(malay: Client, typed: str) -> None:
    response = malay.post(CALCULATE, CERTIFICATE | {"credits": typed})

    assert response.status_code == 422
    assert 'href="#credits"' in response.content.decode()


@given(st.decimals("0.01", "20", places=2), st.booleans(), st.booleans())
def test_every_table_adds_up_to_what_is_divided(credits: Decimal, facilitator: bool, assessor: bool) -> None:
    entry = CALCULATOR.paper.entry_of_case(
        {
            "policy": "utm", "item": "certificate", "level": "master", "credits": credits, "distribute": True,
            "roles": {"facilitator": facilitator, "assessor": assessor},
        }
    )  # fmt: skip
    tables = details(evaluate(CALCULATOR.paper.case_of(entry), installed_packs()))["tables"]

    assert len(tables) == 2
    for table in tables:
        assert table.total == table.whole
        assert sum(portion.width for portion in table.portions) == 1000
