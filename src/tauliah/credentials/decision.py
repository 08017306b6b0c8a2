"""A decision of credit transfer as values: what was asked, what was granted, by which policy and clauses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tauliah.credentials.identity_card import nric_in
from tauliah.credentials.inspection import Inspection
from tauliah.values.credit import MOST_COURSE_CREDITS, MOST_PROGRAMME_CREDITS
from tauliah.values.vocabulary import VOCABULARY, WORDS

CHECK_OUTCOMES = ("pass", "fail", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCourse:
    """A course brought along, as it was; what is not known is None."""

    institution: str | None = None
    code: str | None = None
    title: str | None = None
    credits: Decimal | None = None
    grade: str | None = None
    level: str | None = None
    completed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckMade:
    """One rule as it came out, and the clauses it rests on."""

    rule: str
    outcome: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDecision:
    """What was decided on one course: the contract's outcome and award, and the credits granted."""

    code: str
    title: str | None
    target_credits: Decimal
    basis: str
    outcome: str
    award: str
    credits: Decimal
    sources: tuple[SourceCourse, ...]
    checks: tuple[CheckMade, ...]
    grade: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision about one student: its reference, policy and version, and each course.

    `remarks` are conditions and notes that go with it, as the letter has them.
    """

    reference: str
    student: str
    student_did: str | None
    institution: str
    programme: str
    level: str
    policy: str
    policy_version: str
    applied_on: date
    decided_on: date
    courses: tuple[CourseDecision, ...]
    remarks: str | None = None

    @property
    def credits(self) -> Decimal:
        """The credits granted altogether."""
        return sum((course.credits for course in self.courses), Decimal(0))


def decision_of(
    case: Mapping[str, Any],
    result: Mapping[str, Any],
    *,
    reference: str,
    student: str,
    decided_on: date,
    programme: str,
    student_did: str | None = None,
    remarks: str | None = None,
) -> Decision:
    """The decision in a case of kind transfer and its result, both as the contract has them.

    Where a person decided otherwise, put that outcome into the result first.
    """
    studies = {study["id"]: study for study in case.get("prior_studies") or ()}
    pairs = zip(case["claims"], result["claims"], strict=True)
    return Decision(
        reference=reference,
        student=student,
        student_did=student_did,
        institution=case["programme"]["institution"],
        programme=programme,
        level=case["programme"]["level"],
        policy=result["policy"],
        policy_version=result["policy_version"],
        applied_on=_day(case["applied_on"]),
        decided_on=decided_on,
        courses=tuple(_course(claim, decided, studies) for claim, decided in pairs),
        remarks=remarks,
    )


def check_decision(decision: Decision) -> None:
    """Raises `InvalidCase` with everything that keeps the decision from becoming a credential."""
    found = Inspection()
    for where in ("reference", "student", "institution", "programme", "policy", "policy_version"):
        found.line(where, getattr(decision, where))
    for where in ("reference", "student"):
        if nric_in(getattr(decision, where)):
            found.add(
                where,
                "Nombor kad pengenalan tidak boleh digunakan di sini.",
                "An identity-card number must not be used here.",
            )
    found.word("level", decision.level, WORDS["level"])
    if not decision.courses:
        found.add("courses", "Sekurang-kurangnya satu diperlukan.", "At least one is needed.")
    for i, course in enumerate(decision.courses):
        _inspect_course(found, course, f"courses[{i}]")
    found.number("credits", decision.credits, Decimal(0), MOST_PROGRAMME_CREDITS)
    found.finish()


def _inspect_course(found: Inspection, course: CourseDecision, where: str) -> None:
    found.line(f"{where}.code", course.code)
    found.optional(f"{where}.title", course.title)
    found.word(f"{where}.outcome", course.outcome, VOCABULARY["claim_outcome"])
    found.word(f"{where}.award", course.award, VOCABULARY["award"])
    found.word(f"{where}.basis", course.basis, VOCABULARY["basis"])
    found.number(f"{where}.credits", course.credits, Decimal(0), MOST_COURSE_CREDITS)
    found.number(f"{where}.target_credits", course.target_credits, Decimal(0), MOST_COURSE_CREDITS)
    if course.outcome != "eligible" and course.credits:
        found.add(
            f"{where}.credits",
            "Kursus yang tidak diluluskan tidak membawa kredit.",
            "A course that is not granted carries no credits.",
        )
    for i, source in enumerate(course.sources):
        for name in ("institution", "code", "title", "grade", "level"):
            found.optional(f"{where}.sources[{i}].{name}", getattr(source, name))
    for i, check in enumerate(course.checks):
        found.word(f"{where}.checks[{i}].outcome", check.outcome, CHECK_OUTCOMES)


def _course(
    claim: Mapping[str, Any], decided: Mapping[str, Any], studies: Mapping[str, Mapping[str, Any]]
) -> CourseDecision:
    target = claim["target"]
    graded = decided["award"] == "credit_with_grade"
    sources = tuple(_source(source, studies) for source in claim["sources"])
    return CourseDecision(
        code=target["code"],
        title=target.get("title"),
        target_credits=_decimal(target["credits"]),
        basis=claim["basis"],
        outcome=decided["outcome"],
        award=decided["award"],
        credits=_decimal(decided["credits"]),
        sources=sources,
        checks=tuple(
            CheckMade(rule=check["rule"], outcome=check["outcome"], clauses=tuple(check["clauses"]))
            for check in decided["checks"]
        ),
        grade=sources[0].grade if graded and len(sources) == 1 else None,
    )


def _source(source: Mapping[str, Any], studies: Mapping[str, Mapping[str, Any]]) -> SourceCourse:
    study = studies.get(source.get("study") or "", {})
    completed = source.get("completed_on")
    credits = source.get("credits")
    return SourceCourse(
        institution=source.get("institution") or study.get("institution"),
        code=source.get("code"),
        title=source.get("title"),
        credits=None if credits is None else _decimal(credits),
        grade=source.get("grade") or source.get("onsite_grade"),
        level=source.get("level") or study.get("level"),
        completed_on=None if completed is None else _day(completed),
    )


def _decimal(value: Any) -> Decimal:
    return Decimal(str(value))


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
