"""Kinds meet at `evaluate`: what one says of a thing, another says too."""

import pytest

from tauliah.evaluate import KINDS, evaluate, json_schema
from tauliah.files.packs import installed_packs
from tauliah.values.case import InvalidCase

PACKS = installed_packs()


def mooc(malaysian, grade="B", credits=3):
    source = {
        "platform": "coursera",
        "malaysian": malaysian,
        "credits": credits,
        "completed_on": "2025-05-30",
        "certificate": "verified",
        "proctoring": "online",
        "claimed_before": False,
        "grade": grade,
    }
    return {
        "target": {"code": "SPPM1702", "credits": credits},
        "basis": "mooc",
        "content_overlap": 0.9,
        "sources": [source],
    }


def application(*claims, level="bachelor"):
    return {
        "kind": "transfer",
        "policy": "utm",
        "applied_on": "2025-10-20",
        "student": {"status": "active", "week": 3, "final_semester": False},
        "programme": {"institution": "UTM", "level": level, "mode": "coursework", "graduating_credits": 120},
        "claims": list(claims),
    }


@pytest.mark.parametrize("level", ["bachelor", "master"])
@pytest.mark.parametrize(("malaysian", "provider"), [(True, "malaysia_mooc"), (False, "external_mooc")])
def test_an_application_costs_what_the_fee_schedule_says(level, malaysian, provider):
    asked = {"kind": "fees", "policy": "utm", "item": "credit_transfer", "credits": 3}
    fees = evaluate(asked | {"level": level, "provider": provider}, PACKS)

    result = evaluate(application(mooc(malaysian), level=level), PACKS)

    assert fees["total"] == result["fees"]["total"]


def test_a_claim_that_is_not_granted_pays_no_transfer_fee():
    refused = mooc(malaysian=True)
    refused["content_overlap"] = 0.5

    fees = evaluate(application(refused), PACKS)["fees"]

    assert [line["item"] for line in fees["lines"]] == ["processing"]


def test_the_total_is_open_where_the_provider_is_not_known():
    assert evaluate(application(mooc(malaysian=None)), PACKS)["fees"]["total"] is None


def test_a_policy_without_fees_costs_nothing():
    assert evaluate({**application(mooc(True)), "policy": "umpsa"}, PACKS)["fees"] == {
        "lines": [],
        "total": "0.00",
    }


@pytest.mark.parametrize("document", [None, 3, "transfer", [], [{}]])
def test_what_is_no_group_of_fields_is_told(document):
    with pytest.raises(InvalidCase):
        evaluate(document, PACKS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_schema_with_its_required_fields(kind):
    assert {"kind", "policy"} <= set(json_schema(kind)["required"])
