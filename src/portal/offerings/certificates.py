"""What a paid certificate costs: by the policy’s fee schedule where it has one, else by the offering."""

from decimal import Decimal
from typing import Any

from portal.offerings.models import Offering
from portal.offerings.terms import clauses_of_utm
from portal.payments.bridge import fees_of, has_fee
from portal.proposals.facts import postgraduate
from tauliah.values.case import InvalidCase

ITEM = "certificate"


def price_lines(offering: Offering) -> dict[str, Any]:
    """Return the lines of a certificate’s order, with the clauses that set the price (UTM 5.1.2/3)."""
    if offering.certificate_fee is not None:
        return own_price(offering, offering.certificate_fee)
    achievement = offering.proposal.achievement
    if achievement is None or not has_fee(offering.policy, ITEM):
        return {"lines": []}
    try:
        return fees_of(offering.policy, ITEM, level=priced_as(offering), credits=achievement.credits)
    except InvalidCase:
        return {"lines": []}


def priced_as(offering: Offering) -> str:
    """Return the level whose price a certificate has: postgraduate courses have their own (UTM 5.1.2/3)."""
    return "master" if postgraduate(offering.proposal, None) else "bachelor"


def own_price(offering: Offering, price: Decimal) -> dict[str, Any]:
    """Return the one line of a price that the offering itself sets."""
    course = offering.proposal
    label = {
        "ms": f"Sijil Pencapaian {course.code} {course.name_ms}",
        "en": f"Certificate of Accomplishment {course.code} {course.name_en or course.name_ms}",
    }
    clauses = list(clauses_of_utm(offering.policy, "5.1.2"))
    return {"lines": [{"item": ITEM, "label": label, "amount": str(price), "clauses": clauses}]}


def price_of(offering: Offering) -> Decimal:
    """Return what the paid certificate of an offering costs, in ringgit; nothing where it is not known."""
    return sum((Decimal(line["amount"] or 0) for line in price_lines(offering)["lines"]), Decimal(0))
