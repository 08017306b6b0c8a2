"""A proposal written out as the contract's cases, and what the policy says of it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from portal.packs import packs
from portal.proposals.content import filled_sections, missing_of
from portal.proposals.models import Kind, Proposal
from tauliah.courses.learning_time import MEASURED_IN
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
        "online_share": number_of(content.get("online_share")),
        "conventional_origin": content.get("conventional_origin"),
        "mpu": content.get("mpu"),
        "level": content.get("level"),
        "title": proposal.name_en or proposal.name_ms or None,
        "sections": sorted(filled_sections(proposal)),
        "market_survey_respondents": content.get("respondents"),
        "learning_outcomes": codes_of(content) or None,
        "modules": [{"outcomes": module.get("outcomes")} for module in content.get("modules") or []] or None,
        "assessments": [assessment_of(each) for each in content.get("assessments") or []] or None,
        "units": len(units) or None,
        "units_with_assessment": sum(bool(unit.get("assessed")) for unit in units) if units else None,
        "course_type": "mooc" if proposal.kind == Kind.MOOC else "micro_credential",
    }
    return {key: value for key, value in case.items() if value is not None}


def number_of(kept: Any) -> Decimal | None:
    """Return a number that the content keeps as text."""
    return None if kept in (None, "") else Decimal(str(kept))


def codes_of(content: Mapping[str, Any]) -> list[str]:
    """Return the codes of the learning outcomes, in their order."""
    return [str(outcome["code"]) for outcome in content.get("outcomes") or [] if outcome.get("code")]


def assessment_of(entry: Mapping[str, Any]) -> Json:
    """Return one assessment as the contract writes it."""
    words = {name: entry.get(name) for name in ("name", "type", "outcomes")}
    words["percent"] = number_of(entry.get("percent"))
    return {name: value for name, value in words.items() if value not in (None, "", [])}


def evaluated(proposal: Proposal) -> Json | None:
    """Return the engine's result, or nothing where the policy has no rules for proposals.

    Raises ``InvalidCase`` where a field is wrong.
    """
    return evaluate(case_of(proposal), packs()) if knows(proposal.policy, "proposal") else None


def is_complete(proposal: Proposal) -> bool:
    """Whether every field that is asked for is filled in and nothing that binds is left unknown."""
    if missing_of(proposal):
        return False
    try:
        result = evaluated(proposal)
    except InvalidCase:
        return False
    return result is None or not _binding(proposal, result, "unknown")


def found_wrong(proposal: Proposal) -> list[Json]:
    """Return the checks that a proposal fails; a field that cannot be read counts among ``is_complete``."""
    try:
        result = evaluated(proposal)
    except InvalidCase:
        return []
    return _binding(proposal, result, "fail") if result else []


def _binding(proposal: Proposal, result: Json, outcome: str) -> list[Json]:
    return [
        check
        for check in result["checks"]
        if check["outcome"] == outcome and not is_advice(proposal.policy, check)
    ]


def is_advice(policy: str, check: Mapping[str, Any]) -> bool:
    """Whether the guideline only advises what is checked: it is pointed out and holds nothing up."""
    pack = packs()[policy]
    return {pack.clauses[clause].force for clause in check["clauses"]} == {"should"}


def learning_time(proposal: Proposal) -> Json | None:
    """Return least and most hours of learning by the activities of all units; nothing without activities."""
    content = proposal.content
    rows = [*(content.get("units") or []), *(content.get("modules") or [])]
    return time_of(proposal.policy, (activity for row in rows for activity in row.get("activities") or []))


def time_of(policy: str, activities: Iterable[Mapping[str, Any]]) -> Json | None:
    """Return the learning time of activities of which type and amount are known; nothing without any."""
    known = [case for activity in activities if (case := _activity_case(activity))]
    if not known or not knows(policy, "learning_time"):
        return None
    return evaluate({"kind": "learning_time", "policy": policy, "activities": known}, packs())


def _activity_case(activity: Mapping[str, Any]) -> Json | None:
    measure = MEASURED_IN.get(activity.get("type", ""))
    if measure is None or not activity.get(measure):
        return None
    return {"type": activity["type"], measure: number_of(activity[measure])}


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
