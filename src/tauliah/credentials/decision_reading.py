"""A credit-transfer decision read back out of its credential, as evidence for another institution."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tauliah.credentials.decision import CheckMade, CourseDecision, Decision, SourceCourse, check_decision
from tauliah.credentials.decision_document import KIND
from tauliah.credentials.strict_json import Json
from tauliah.credentials.structure import many
from tauliah.values.case import InvalidCase, Problem, invalid
from tauliah.values.text import Text

_RULE = re.compile(r"([a-z_]+): (pass|fail|unknown)")


def is_decision(document: Json) -> bool:
    """Whether the credential is one of a credit-transfer decision."""
    subject = document.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, dict) else None
    return isinstance(achievement, dict) and achievement.get("achievementType") == KIND


def read_decision(document: Json) -> Decision:
    """The decision in a credential that was verified; raises `InvalidCase` for another credential."""
    if not is_decision(document):
        raise invalid(
            "credentialSubject.achievement.achievementType",
            "Kelayakan ini bukan keputusan pindah kredit.",
            "This credential is not a credit transfer decision.",
        )
    try:
        decision = _read(document)
    except (KeyError, TypeError, ValueError, IndexError, InvalidOperation, AttributeError) as error:
        if isinstance(error, InvalidCase):
            raise
        text = Text(
            "Keputusan dalam kelayakan ini tidak lengkap; minta kelayakan baharu daripada pengeluarnya.",
            "The decision in this credential is not complete; ask its issuer for a new one.",
        )
        raise InvalidCase([Problem("credentialSubject", text)]) from error
    check_decision(decision)
    return decision


def _read(document: Json) -> Decision:
    subject = document["credentialSubject"]
    by_kind = {item["targetType"]: item for item in subject["achievement"]["alignment"]}
    programme, policy = by_kind["ext:Programme"], by_kind["ext:Policy"]
    names = [
        i["identityHash"] for i in subject["identifier"] if i["identityType"] == "name" and not i["hashed"]
    ]
    return Decision(
        reference=subject["licenseNumber"],
        student=names[0],
        student_did=subject.get("id"),
        institution=programme["targetFramework"],
        programme=programme["targetName"],
        level=programme["targetCode"],
        policy=policy["targetCode"],
        policy_version=policy["targetDescription"],
        applied_on=_day(subject["activityStartDate"]),
        decided_on=_day(subject["activityEndDate"]),
        courses=tuple(_courses(subject["result"])),
        remarks=subject.get("narrative"),
    )


def _courses(results: list[Json]) -> Iterator[CourseDecision]:
    by_key = {result["resultDescription"].rpartition("#")[2]: result for result in results}
    n = 1
    while f"{n}-outcome" in by_key:
        yield _course(by_key, str(n))
        n += 1


def _course(by_key: dict[str, Json], n: str) -> CourseDecision:
    outcome = by_key[f"{n}-outcome"]
    target = next(a for a in outcome["alignment"] if a["targetType"] == "ext:TargetCourse")
    code = target["targetCode"]
    return CourseDecision(
        code=code,
        title=None if target["targetName"] == code else target["targetName"],
        target_credits=Decimal(by_key[f"{n}-target"]["value"]),
        basis=by_key[f"{n}-basis"]["value"],
        outcome=outcome["value"],
        award=by_key[f"{n}-award"]["value"],
        credits=Decimal(by_key[f"{n}-credits"]["value"]),
        sources=tuple(_sources(by_key, n)),
        checks=tuple(_checks(outcome["alignment"])),
        grade=_value(by_key, f"{n}-grade"),
    )


def _sources(by_key: dict[str, Json], n: str) -> Iterator[SourceCourse]:
    m = 1
    while (key := f"{n}-source-{m}") in by_key:
        stated = many(by_key[key]["alignment"])[0]
        credits, completed = _value(by_key, f"{key}-credits"), _value(by_key, f"{key}-completed")
        yield SourceCourse(
            institution=stated.get("targetFramework"),
            code=stated.get("targetCode"),
            title=stated.get("targetDescription"),
            credits=None if credits is None else Decimal(credits),
            grade=_value(by_key, f"{key}-grade"),
            level=_value(by_key, f"{key}-level"),
            completed_on=None if completed is None else date.fromisoformat(completed),
        )
        m += 1


def _checks(alignments: list[Json]) -> Iterator[CheckMade]:
    found: dict[tuple[str, str], list[str]] = {}
    for stated in alignments:
        if stated["targetType"] == "ext:Clause" and (said := _RULE.fullmatch(stated["targetDescription"])):
            clauses = found.setdefault((said[1], said[2]), [])
            clauses += [stated["targetCode"]] if "targetCode" in stated else []
    for (rule, outcome), clauses in found.items():
        yield CheckMade(rule=rule, outcome=outcome, clauses=tuple(clauses))


def _value(by_key: dict[str, Json], key: str) -> Any:
    return by_key[key].get("value") if key in by_key else None


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])
