"""Claims, their sources and decisions as letters show them: read from what was recorded, never computed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.applications.bridge import claims_of
from portal.applications.letters.kinds import Words
from portal.applications.models import Application, Claim, Decision, Source


@dataclass(frozen=True, slots=True)
class Decided:
    """A claim with the decision on it and what the evaluation had said."""

    claim: Claim
    decision: Decision
    answer: Mapping[str, Any]

    @property
    def granted(self) -> bool:
        """Whether something is granted."""
        return self.decision.outcome == Decision.Outcome.APPROVED


def claims_with_sources(application: Application) -> list[Claim]:
    """Return the claims that were not taken back, with their courses and sources."""
    return claims_of(application)


def answers_of(application: Application) -> dict[str, Mapping[str, Any]]:
    """Return what the evaluation says of each claim, by the code of its target."""
    return {answer["target"]: answer for answer in (application.result or {}).get("claims", ())}


def decided(application: Application, decisions: Mapping[int, Decision]) -> list[Decided]:
    """Return the claims that were decided, in the order of the application."""
    answers = answers_of(application)
    return [
        Decided(claim, decisions[claim.pk], answers.get(claim.target.code, {}))
        for claim in claims_with_sources(application)
        if claim.pk in decisions
    ]


def course_of(claim: Claim, words: Words) -> str:
    """Name the course that is claimed."""
    return f"{claim.target.code} {words.name(claim.target)}"


def sources_of(claim: Claim) -> str:
    """Name what a claim rests on: codes and titles, with the institution or platform of each."""
    return "; ".join(source_name(source) for source in claim.sources.all())


def source_name(source: Source) -> str:
    """Name one source."""
    name = " ".join(filter(None, (source.code, source.title)))
    where = source.study.institution_name if source.study else source.details.get("institution", "")
    return f"{name} ({where})" if name and where else name or where or "–"


def original_grades(claim: Claim) -> str:
    """Return the grades as on the transcripts."""
    grades = [source.original_grade or source.grade for source in claim.sources.all()]
    return ", ".join(filter(None, grades)) or "–"


def failed_checks(checks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the checks that a claim did not meet."""
    return [check for check in checks if check["outcome"] == "fail"]


def clauses_of(each: Decided) -> list[str]:
    """Return the clauses of every check that was applied, each once; for a refusal those that failed."""
    checks = each.decision.checks
    told = (failed_checks(checks) or checks) if not each.granted else checks
    return list(dict.fromkeys(clause for check in told for clause in check["clauses"]))


def reasons_of(each: Decided, words: Words) -> list[str]:
    """Return why a claim was not approved: the decider's words, what it did not meet, its limit."""
    reasons = [each.decision.reason] if each.decision.reason else []
    reasons += [
        f"{words.text(check['message'])} ({'; '.join(check['clauses'])})"
        for check in failed_checks(each.decision.checks)
    ]
    if each.answer.get("outcome") == "over_limit":
        reasons.append(words.text(each.answer.get("message")))
    return reasons or [words.text(each.answer.get("message")) or "–"]
