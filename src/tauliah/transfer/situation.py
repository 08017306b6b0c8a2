"""A situation: one plain claim, as a case of any policy on any day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tauliah.values.day import from_number, to_number, years_before

ELSEWHERE = "Universiti Merdeka"
OTHER_SOURCE = "Kolej Seri Bakti"
STUDIES = ("prior_study", "resumed_study", "continued_study", "integrated")
PROGRAMME_CREDITS = 120


@dataclass(frozen=True)
class Situation:
    """A claim in order on its basis; what is varied is named by the contract.

    `taken` and `left` say how long ago the course was completed and the studies left: calendar
    years, and days before those.
    """

    basis: str
    level: str = "bachelor"
    from_level: str | None = None
    own: bool = False
    graded: bool = False
    subject: str | None = None
    credits: int = 3
    source_credits: int | None = None
    grade: str = "A"
    overlap_percent: int = 100
    taken: tuple[int, int] = (1, 0)
    left: tuple[int, int] = (0, 30)
    outcome: str = "completed"
    cause: bool | None = None
    accredited: bool = True
    transferred_before: bool = False
    claimed_before: bool = False
    agreement: bool = True
    approved: bool = True
    platform: str = "coursera"
    certificate: str = "verified"
    proctoring: str = "online"
    onsite_grade: str | None = None
    origin: str | None = None
    verified: bool | None = None
    clo_percent: int = 100
    mode: str = "coursework"
    study_mode: str = "coursework"
    status: str = "active"
    standing: str = "good"
    semester: int = 1
    week: int = 1
    final_semester: bool = False
    mqa_accredited: bool = True


def case_of(situation: Situation, policy: str, own_institution: str | None, day: date) -> dict[str, Any]:
    """The situation as a case of a policy on a day; the programme is the institution's own."""
    own = own_institution or ELSEWHERE
    s = situation
    return {
        "kind": "transfer",
        "policy": policy,
        "applied_on": day,
        "student": {
            "status": s.status,
            "standing": s.standing,
            "semester": s.semester,
            "week": s.week,
            "final_semester": s.final_semester,
        },
        "programme": {
            "institution": own,
            "level": s.level,
            "mode": s.mode,
            "graduating_credits": PROGRAMME_CREDITS,
            "coursework_credits": PROGRAMME_CREDITS,
            "duration_years": 4,
            "mqa_accredited": s.mqa_accredited,
        },
        "prior_studies": [_study(s, own, day)] if s.basis in STUDIES else [],
        "claims": [
            {
                "target": {"code": "SASARAN", "credits": s.credits, "subject": s.subject},
                "basis": s.basis,
                "graded": s.graded,
                "content_overlap": s.overlap_percent / 100,
                "partner_agreement": s.agreement,
                "approved_beforehand": s.approved,
                "sources": [_source(s, own, day)],
            }
        ],
    }


def _study(s: Situation, own: str, day: date) -> dict[str, Any]:
    return {
        "id": "terdahulu",
        "institution": own if s.own else OTHER_SOURCE,
        "level": s.from_level,
        "mode": s.study_mode,
        "outcome": s.outcome,
        "withdrawn_with_cause": s.cause,
        "ended_on": None if s.outcome == "in_progress" else ago(day, s.left),
        "accredited": s.accredited,
    }


def _source(s: Situation, own: str, day: date) -> dict[str, Any]:
    source = {
        "code": "SUMBER",
        "credits": s.credits if s.source_credits is None else s.source_credits,
        "grade": s.grade,
        "completed_on": ago(day, s.taken),
        "transferred_before": s.transferred_before,
        "claimed_before": s.claimed_before,
    }
    if s.basis in STUDIES:
        return source | {"study": "terdahulu"}
    source |= {"institution": own if s.own else OTHER_SOURCE, "accredited": s.accredited}
    if s.basis == "mooc":
        source |= {"platform": s.platform, "certificate": s.certificate, "proctoring": s.proctoring}
        source |= {"onsite_grade": s.onsite_grade, "malaysian": True}
    if s.basis == "micro_credential":
        source |= {"origin": s.origin, "quality_verified": s.verified}
    if s.basis in ("mooc", "micro_credential", "apel_c"):
        source |= {"clo_percent": {"CLO1": s.clo_percent, "CLO2": 100}}
    return source | ({"level": s.from_level} if s.from_level else {})


def ago(day: date, span: tuple[int, int]) -> date:
    """The day so many calendar years, and then days, before; five years to the day still count."""
    years, days = span
    return from_number(years_before(to_number(day), years) - days)
