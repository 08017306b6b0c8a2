"""What an offering takes over from its course: assessments, price of the certificate, mode of delivery."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from portal.offerings.models import Assessment
from portal.offerings.schedule import decimal_of
from portal.packs import packs
from portal.proposals.facts import postgraduate
from portal.proposals.models import Proposal
from tauliah.policy.answer import values_on

NAME_LENGTH = 120


def proposed_assessments(proposal: Proposal) -> list[dict[str, Any]]:
    """Return the assessments of a course's plan as columns of ``Assessment``; unreadable weights are 0."""
    found: dict[str, dict[str, Any]] = {}
    for entry in proposal.content.get("assessments") or []:
        name = str(entry.get("name") or "").strip()[:NAME_LENGTH]
        if name and name.casefold() not in found:
            found[name.casefold()] = {"name": name} | columns_of(entry)
    return list(found.values())


def columns_of(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a plan says of one assessment."""
    percent = decimal_of(entry.get("percent")) or Decimal(0)
    return {
        "type": one_of(entry.get("type"), Assessment.Type.values, Assessment.Type.CONTINUOUS),
        "purpose": one_of(entry.get("purpose"), Assessment.Purpose.values, Assessment.Purpose.SUMMATIVE),
        "form": one_of(entry.get("form"), Assessment.Form.values, Assessment.Form.OTHER),
        "percent": min(max(percent, Decimal(0)), Decimal(100)),
        "outcomes": list(entry.get("outcomes") or []),
    }


def one_of(value: object, known: list[str], otherwise: str) -> str:
    """Return a word of a closed list."""
    return str(value) if value in known else otherwise


def credits_of(proposal: Proposal) -> Decimal | None:
    """Return a course's credits: as certified, or as entered."""
    if proposal.achievement is not None:
        return proposal.achievement.credits
    return decimal_of(proposal.content.get("credits"))


def standard_price(proposal: Proposal) -> Decimal | None:
    """Return the price of a certificate by the policy, in ringgit (UTM Jadual 1); nothing without a rate."""
    pack = packs().get(proposal.policy)
    values = values_on(pack, timezone.localdate()) if pack else None
    credits = credits_of(proposal)
    if values is None or credits is None or not values.has("fee_certificate"):
        return None
    level = "postgraduate" if postgraduate(proposal, None) else "undergraduate"
    rate = values.read("fee_certificate", study_level=level)
    return Decimal(str(rate)) * credits if rate is not None else None
