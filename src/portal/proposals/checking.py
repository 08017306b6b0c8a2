"""A proposal written out as the contract's cases, and what the policy says of it."""

from collections.abc import Mapping
from typing import Any

from portal.packs import packs
from portal.proposals.content import filled_sections
from portal.proposals.models import Kind, Proposal
from tauliah.evaluate import evaluate
from tauliah.values.case import InvalidCase

Json = dict[str, Any]


def knows(policy: str, kind: str) -> bool:
    """Whether a policy has rules for a kind of case."""
    pack = packs().get(policy)
    return pack is not None and pack.covers(kind)


def origin_of(proposal: Proposal) -> str:
    """Return the contract's word for where the course comes from."""
    return "accredited_course" if proposal.kind == Kind.ACCREDITED else "stand_alone"


def case_of(proposal: Proposal) -> Json:
    """Write a proposal out as a case of kind ``proposal``; what is not filled in is left out."""
    content: Mapping[str, Any] = proposal.content
    units = content.get("units") or []
    case = {
        "kind": "proposal",
        "policy": proposal.policy,
        "origin": origin_of(proposal),
        "delivery": content.get("delivery"),
        "online_share": content.get("online_share"),
        "conventional_origin": content.get("conventional_origin"),
        "mpu": content.get("mpu"),
        "level": content.get("level"),
        "title": proposal.name_en or proposal.name_ms or None,
        "sections": sorted(filled_sections(proposal)),
        "market_survey_respondents": content.get("respondents"),
        "learning_outcomes": [outcome["code"] for outcome in content.get("outcomes") or []] or None,
        "modules": [{"outcomes": module.get("outcomes")} for module in content.get("modules") or []] or None,
        "assessments": [assessment_of(each) for each in content.get("assessments") or []] or None,
        "units": len(units) or None,
        "units_with_assessment": sum(bool(unit.get("assessed")) for unit in units) if units else None,
        "course_type": "mooc" if proposal.kind == Kind.MOOC else "micro_credential",
    }
    return {key: value for key, value in case.items() if value is not None}


def assessment_of(entry: Mapping[str, Any]) -> Json:
    """Return one assessment as the contract writes it."""
    words = {name: entry.get(name) for name in ("name", "type", "percent", "outcomes")}
    return {name: value for name, value in words.items() if value not in (None, "", [])}


def evaluated(proposal: Proposal) -> Json | None:
    """Return the engine's result, or nothing where the policy has no rules for proposals.

    Raises ``InvalidCase`` where a field is wrong.
    """
    return evaluate(case_of(proposal), packs()) if knows(proposal.policy, "proposal") else None


def is_complete(proposal: Proposal) -> bool:
    """Whether every part of the form is filled in and nothing is left unknown."""
    if not (proposal.name_ms and proposal.content):
        return False
    try:
        result = evaluated(proposal)
    except InvalidCase:
        return False
    return result is None or all(check["outcome"] != "unknown" for check in result["checks"])


def found_wrong(proposal: Proposal) -> list[Json]:
    """Return the checks that a proposal fails; a field that cannot be read counts among ``is_complete``."""
    try:
        result = evaluated(proposal)
    except InvalidCase:
        return []
    return [check for check in result["checks"] if check["outcome"] == "fail"] if result else []


def learning_time(proposal: Proposal) -> Json | None:
    """Return least and most hours of learning by the activities of all units; nothing without activities."""
    activities = [
        {key: value for key, value in activity.items() if key in ACTIVITY_FIELDS and value not in (None, "")}
        for unit in proposal.content.get("units") or []
        for activity in unit.get("activities") or []
    ]
    if not activities or not knows(proposal.policy, "learning_time"):
        return None
    case = {"kind": "learning_time", "policy": proposal.policy, "activities": activities}
    return evaluate(case, packs())


def proposed_code(proposal: Proposal) -> Json | None:
    """Return the code and title that the policy gives the course; nothing where it has no rule for them."""
    if not knows(proposal.policy, "course_code"):
        return None
    case = {
        "kind": "course_code",
        "policy": proposal.policy,
        "origin": origin_of(proposal),
        "code": proposal.original.code if proposal.original else None,
        "title": proposal.name_en or proposal.name_ms,
        "part": proposal.part,
        "parts": proposal.parts,
        "number": proposal.number,
        "quality_verified": proposal.quality_verified_on is not None,
    }
    return evaluate({key: value for key, value in case.items() if value is not None}, packs())


ACTIVITY_FIELDS = ("type", "slides", "minutes", "pages", "questions")
