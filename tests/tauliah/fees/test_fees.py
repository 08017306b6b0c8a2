"""What is paid and who receives it, reading by reading."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauliah.evaluate import evaluate
from tauliah.fees.schedule import Charge, fees_of_transfer, provider_of, schedule, total
from tauliah.files.packs import installed_packs
from tauliah.policy.answer import values_on
from tauliah.values.case import InvalidCase

PACKS = installed_packs()
UTM = values_on(PACKS["utm"])


def answer(**fields):
    return evaluate({"kind": "fees", "policy": "utm", **fields}, PACKS)


def amounts(parts):
    return {part["to"]: part["amount"] for part in parts}


TRANSFER = {"item": "credit_transfer", "level": "bachelor", "provider": "malaysia_mooc", "credits": 3}


@pytest.mark.parametrize(
    ("level", "provider", "fee"),
    [
        ("certificate", "malaysia_mooc", "50.00"),
        ("advanced_diploma", "external_mooc", "80.00"),
        ("master", "malaysia_mooc", "80.00"),
        ("doctorate", "external_mooc", "100.00"),
    ],
)
def test_the_transfer_fee_is_by_level_and_provider(level, provider, fee):
    found = answer(item="credit_transfer", level=level, provider=provider, credits=1)

    assert {line["item"]: line["amount"] for line in found["lines"]} == {
        "processing": "10.00",
        "credit_transfer": fee,
    }
    assert all(line["clauses"] for line in found["lines"])


@pytest.mark.parametrize("missing", ["provider", "level", "credits"])
def test_what_a_fee_needs_and_is_not_given_leaves_the_total_open(missing):
    found = answer(**{**TRANSFER, missing: None, "distribute": True})

    assert found["total"] is None
    assert found["lines"][0]["amount"] == "10.00"
    assert found["lines"][1]["amount"] is None
    assert "distribution" not in found
    assert missing in [notice["where"] for notice in found["notices"]]


@pytest.mark.parametrize("credits", [0, Decimal("0.0"), -1, Decimal("1.33333")])
def test_credits_are_more_than_zero(credits):
    with pytest.raises(InvalidCase) as error:
        answer(**{**TRANSFER, "credits": credits})

    assert error.value.where == "credits"


@pytest.mark.parametrize("item", ["credit_transfer", "certificate", "appeal"])
def test_foundation_has_no_fee(item):
    with pytest.raises(InvalidCase) as error:
        answer(**{**TRANSFER, "item": item, "level": "foundation"})

    assert error.value.where == "level"


@pytest.mark.parametrize("item", ["processing", "Appeal", 3])
def test_an_item_is_one_of_three(item):
    with pytest.raises(InvalidCase) as error:
        answer(item=item)

    assert error.value.where == "item"


def test_a_line_is_rounded_half_up_to_the_sen():
    found = answer(**{**TRANSFER, "credits": Decimal("1.3333")})
    assert found["lines"][1]["amount"] == "66.67"

    found = answer(**{**TRANSFER, "credits": Decimal("1.0001")})
    assert found["lines"][1]["amount"] == "50.01"


def test_table_4_is_read_at_the_stated_rate():
    """85 % of RM 450 is RM 382.50; the table prints RM 315, which is 70 %."""
    found = answer(
        item="certificate",
        level="bachelor",
        credits=3,
        distribute=True,
        roles={"facilitator": True, "assessor": True},
    )

    assert amounts(found["distribution"]) == {"platform": "67.50", "university_gross": "382.50"}
    assert [part["percent"] for part in found["operating_distribution"]] == [30, 10, 15, 20, 25]
    assert "Jadual 4(iii)" in found["operating_distribution"][2]["clauses"]


def test_roles_that_do_not_exist_give_their_share_to_the_university():
    found = answer(
        item="certificate",
        level="bachelor",
        credits=3,
        distribute=True,
        roles={"facilitator": False, "assessor": False},
    )

    assert amounts(found["operating_distribution"]) == {
        "sme": "114.75",
        "utmlead": "76.50",
        "university": "191.25",
    }
    assert found["operating_distribution"][-1]["percent"] == 50


@pytest.mark.parametrize("roles", [None, {}, {"facilitator": True}, {"facilitator": None, "assessor": True}])
def test_without_knowing_the_roles_the_universitys_part_is_not_divided(roles):
    found = answer(item="certificate", level="bachelor", credits=3, distribute=True, roles=roles)

    assert "operating_distribution" not in found
    assert amounts(found["distribution"]) == {"platform": "67.50", "university_gross": "382.50"}
    assert any(notice["where"].startswith("roles.") for notice in found["notices"])


@pytest.mark.parametrize("distribute", [None, False])
def test_nobody_is_shown_a_division_who_did_not_ask(distribute):
    assert "distribution" not in answer(**TRANSFER, distribute=distribute)


def test_an_appeal_costs_the_same_for_all_and_is_not_divided():
    found = answer(item="appeal", distribute=True)

    assert found["total"] == "50.00"
    assert "distribution" not in found
    assert "distribute" in [notice["where"] for notice in found["notices"]]


@pytest.mark.parametrize("policy", ["mqa", "uthm", "unimas", "umpsa", "contoh"])
def test_a_policy_without_fees_says_which_has_them(policy):
    with pytest.raises(InvalidCase) as error:
        evaluate({"kind": "fees", "policy": policy, "item": "appeal"}, PACKS)

    assert error.value.where == "policy"
    assert "utm" in error.value.message.ms
    assert "utm" in error.value.message.en


def test_keys_outside_the_contract_are_told():
    found = answer(item="appeal", colour="blue", roles={"singer": True})

    assert [n["where"] for n in found["notices"] if n["where"] != "policy"] == ["colour", "roles.singer"]


CREDITS = st.decimals("0.0001", "1000", places=4)


@given(CREDITS, st.sampled_from(["bachelor", "master"]), st.booleans(), st.booleans())
def test_a_certificates_two_steps_add_up(credits, level, facilitator, assessor):
    found = answer(
        item="certificate",
        level=level,
        credits=credits,
        distribute=True,
        roles={"facilitator": facilitator, "assessor": assessor},
    )
    gross = amounts(found["distribution"])["university_gross"]

    assert sum(Decimal(part["amount"]) for part in found["distribution"]) == Decimal(found["total"])
    assert sum(Decimal(part["amount"]) for part in found["operating_distribution"]) == Decimal(gross)


@given(CREDITS, st.sampled_from(["malaysia_mooc", "external_mooc"]))
def test_a_transfer_fees_parts_add_up_to_the_fee_without_processing(credits, provider):
    found = answer(**{**TRANSFER, "credits": credits, "provider": provider, "distribute": True})

    parts = sum(Decimal(part["amount"]) for part in found["distribution"])
    assert parts == Decimal(found["total"]) - 10


def test_an_application_pays_processing_once_and_each_claim_by_its_credits():
    charges = [Charge("A", "malaysia_mooc", Decimal(3)), Charge("B", "external_mooc", Decimal(2))]
    lines = schedule("bachelor", charges, UTM)

    assert [(line.item, line.claim, line.amount) for line in lines] == [
        ("processing", None, 10),
        ("credit_transfer", "A", 150),
        ("credit_transfer", "B", 160),
    ]
    assert total(lines) == 320


def test_the_fees_of_a_transfer_are_open_while_a_provider_is_not_known():
    found = fees_of_transfer("bachelor", [Charge("A", None, Decimal(3))], UTM)

    assert found["total"] is None
    assert found["lines"][1]["claim"] == "A"


def test_a_policy_without_fees_asks_for_none():
    found = fees_of_transfer("bachelor", [Charge("A", None, Decimal(3))], values_on(PACKS["uthm"]))

    assert found == {"lines": [], "total": "0.00"}


def test_every_malaysian_university_pays_the_mymooc_rate():
    assert provider_of(malaysian=True, values=UTM) == "malaysia_mooc"
    assert provider_of(malaysian=False, values=UTM) == "external_mooc"
    assert provider_of(malaysian=None, values=UTM) is None
