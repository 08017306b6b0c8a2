"""Plain Python: a case document becomes dataclass objects, and functions judge them one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bench.columns import Data
from bench.documents import documents
from bench.outcome import ABSENT, FAIL, PASS, UNKNOWN, Answer, Outcomes, gathered

GRADES = ["A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "E", "F"]
MINIMUM_GRADE, BAND_GRADE = GRADES.index("C+"), GRADES.index("B")
CREDIT = 10_000


@dataclass
class Application:
    """What the rules ask of an application."""

    applied_on: date
    semester: int | None
    graduating_credits: float
    mqa_accredited: bool | None


@dataclass
class Study:
    """An earlier programme."""

    level: str | None
    outcome: str | None
    accredited: bool | None


@dataclass
class Claim:
    """One target course, its one source, and the study it comes from (none for a MOOC)."""

    application: Application
    study: Study | None
    institution: str | None
    target_credits: float
    source_credits: float | None
    grade: str | None
    content_overlap: float | None
    completed_on: date | None
    transferred_before: bool | None
    claimed_before: bool | None
    approved_beforehand: bool | None


def direction(claim: Claim) -> int:
    """Diploma, advanced diploma or bachelor, to bachelor."""
    if claim.study is None:
        return ABSENT
    return _outcome(claim.study.level, claim.study.level in ("diploma", "advanced_diploma", "bachelor"))


def prior_outcome(claim: Claim) -> int:
    """The earlier study was completed."""
    if claim.study is None:
        return ABSENT
    return _outcome(claim.study.outcome, claim.study.outcome == "completed")


def minimum_grade(claim: Claim) -> int:
    """C+ or better; a pass without a letter cannot be compared."""
    if claim.grade is None or claim.grade == "P":
        return UNKNOWN
    return PASS if GRADES.index(claim.grade) <= MINIMUM_GRADE else FAIL


def content_overlap(claim: Claim) -> int:
    """At least 80 % of the target's syllabus."""
    if claim.content_overlap is None:
        return UNKNOWN
    return PASS if claim.content_overlap >= 0.8 else FAIL


def accreditation(claim: Claim) -> int:
    """The earlier programme was accredited."""
    if claim.study is None:
        return ABSENT
    return _outcome(claim.study.accredited, claim.study.accredited is True)


def not_transferred_before(claim: Claim) -> int:
    """The source was not itself transferred, nor claimed."""
    answers = (claim.transferred_before, claim.claimed_before)
    if True in answers:
        return FAIL
    return PASS if False in answers else UNKNOWN


def credit_value(claim: Claim) -> int:
    """The source carries at least the target's credits."""
    if claim.source_credits is None:
        return UNKNOWN
    return PASS if claim.source_credits >= claim.target_credits else FAIL


def currency(claim: Claim) -> int:
    """Applied for up to and including the fifth anniversary of completion."""
    if claim.completed_on is None:
        return UNKNOWN
    return PASS if _five_years_after(claim.completed_on) >= claim.application.applied_on else FAIL


def window(claim: Claim) -> int:
    """Prior study in semester 1 only, a MOOC at any time."""
    if claim.study is None:
        return PASS
    return _outcome(claim.application.semester, claim.application.semester == 1)


def approved_beforehand(claim: Claim) -> int:
    """The faculty approved the MOOC before it was taken."""
    if claim.study is not None:
        return ABSENT
    return _outcome(claim.approved_beforehand, claim.approved_beforehand is True)


RULES = (
    direction,
    prior_outcome,
    minimum_grade,
    content_overlap,
    accreditation,
    not_transferred_before,
    credit_value,
    currency,
    window,
    approved_beforehand,
)


def run_one(document: Mapping[str, Any]) -> Answer:
    """Judge one case document."""
    application, claims = _read(document)
    checks = [[rule(claim) for rule in RULES] for claim in claims]
    verdicts = [_verdict(row) for row in checks]
    passing = [claim for claim, verdict in zip(claims, verdicts, strict=True) if verdict == PASS]
    sums = _sums(passing)
    return Answer(checks, verdicts, sums, _binds(application, sums))


def prepare(data: Data) -> list[dict[str, Any]]:
    """Case documents are what plain Python starts from."""
    return list(documents(data))


def run(prepared: list[dict[str, Any]]) -> Outcomes:
    """Judge every document in turn."""
    return gathered(map(run_one, prepared))


def _read(document: Mapping[str, Any]) -> tuple[Application, list[Claim]]:
    programme = document["programme"]
    application = Application(
        date.fromisoformat(document["applied_on"]),
        document["student"]["semester"],
        programme["graduating_credits"],
        programme["mqa_accredited"],
    )
    studies = {
        study["id"]: Study(study["level"], study["outcome"], study["accredited"])
        for study in document["prior_studies"]
    }
    return application, [_read_claim(claim, application, studies) for claim in document["claims"]]


def _read_claim(claim: Mapping[str, Any], application: Application, studies: dict[str, Study]) -> Claim:
    source = claim["sources"][0]
    completed_on = source["completed_on"]
    return Claim(
        application=application,
        study=studies[source["study"]] if claim["basis"] == "prior_study" else None,
        institution=source.get("institution"),
        target_credits=claim["target"]["credits"],
        source_credits=source["credits"],
        grade=source["grade"],
        content_overlap=claim["content_overlap"],
        completed_on=None if completed_on is None else date.fromisoformat(completed_on),
        transferred_before=source["transferred_before"],
        claimed_before=source.get("claimed_before"),
        approved_beforehand=claim.get("approved_beforehand"),
    )


def _outcome(found: object, holds: bool) -> int:
    if found is None:
        return UNKNOWN
    return PASS if holds else FAIL


def _verdict(checks: list[int]) -> int:
    if FAIL in checks:
        return FAIL
    return UNKNOWN if UNKNOWN in checks else PASS


def _five_years_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 5)
    except ValueError:
        return day.replace(year=day.year + 5, day=28)


def _sums(passing: list[Claim]) -> list[int]:
    vertical = [c for c in passing if c.study is not None and c.study.level != "bachelor"]
    moocs = [c for c in passing if c.study is None]
    elsewhere = [c for c in moocs if c.institution != "UTHM"]
    below_b = [c for c in vertical if c.grade is not None and GRADES.index(c.grade) > BAND_GRADE]
    return [_credits(vertical), _credits(elsewhere), _credits(vertical + moocs), _credits(below_b)]


def _credits(claims: list[Claim]) -> int:
    return sum(round(claim.target_credits * CREDIT) for claim in claims)


def _binds(application: Application, sums: list[int]) -> bool:
    vertical, open_learning, overall, below_b = sums
    accredited = application.mqa_accredited is True
    return (
        vertical > _limit(application, 50 if accredited else 30)
        or below_b > _limit(application, 30)
        or open_learning > _limit(application, 30)
        or overall > _limit(application, 60)
    )


def _limit(application: Application, percent: int) -> int:
    return int(application.graduating_credits * percent // 100) * CREDIT
