"""An application written out as the contract's case, so that a decision can be run again anywhere."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from portal.applications.calendar import semester_number, semester_on
from portal.applications.models import (
    Application,
    Claim,
    OnsiteAssessment,
    PriorStudy,
    Source,
    TranscriptEntry,
)
from portal.applications.reading import once
from portal.catalogue.models import Programme
from portal.packs import packs
from tauliah.evaluate import evaluate

Case = dict[str, Any]
Used = frozenset[tuple[int | None, str]]
"""Courses that were used for a transfer: the study, None outside of one, and the code."""


def case_of(application: Application, day: date | None = None) -> Case:
    """Write an application out as a case of kind ``transfer`` on a day: the day of applying, or today."""
    applied_on = day or application.applied_on or timezone.localdate()
    claims = claims_of(application)
    used, declared = used_by(application), application.declared_first_use
    studies = {s.study_id: s.study for claim in claims for s in claim.sources.all() if s.study}
    return {
        "kind": "transfer",
        "policy": application.policy,
        "applied_on": applied_on.isoformat(),
        "student": student_of(application, applied_on),
        "programme": programme_of(application.programme),
        "prior_studies": [study_of(study) for study in studies.values() if study],
        "granted": granted_of(application),
        "claims": [claim_of(claim, used, applied_on, declared=declared) for claim in claims],
    }


def evaluated(application: Application, day: date | None = None) -> dict[str, Any]:
    """Return the engine's result for an application; raises ``InvalidCase`` where a field is wrong."""
    return evaluate(case_of(application, day), packs())


def claims_of(application: Application) -> list[Claim]:
    """Return the claims that were not taken back, in their order, with what the case needs of them."""
    return list(once(application, "claims", lambda: read_claims(application)))


def read_claims(application: Application) -> list[Claim]:
    """Read them from the database."""
    asked = application.claims.filter(withdrawn_at=None).select_related(
        "target", "comparison", "approved_beforehand", "agreement"
    )
    return list(
        asked.prefetch_related(
            "sources__study__institution", "assessments", "outcome_assessments__outcome"
        ).order_by("position")
    )


def student_of(application: Application, day: date) -> Case:
    """Return what the rules ask of the student, with semester and week from the calendar."""
    student = application.student
    current = semester_on(application.institution, day)
    return {
        "status": student.status or None,
        "standing": student.standing or None,
        "semester": semester_number(student, current) if current else None,
        "week": current.week_of(day) if current else None,
        "final_semester": in_final_semester(application),
    }


def in_final_semester(application: Application) -> bool | None:
    """Say whether the student is about to graduate: by the record, else as ticked (UTM Lampiran E 4)."""
    recorded = application.student.final_semester
    return False if recorded is None and application.faculty_checklist.get("not_final") else recorded


def programme_of(programme: Programme) -> Case:
    """Return the programme that the credits would go to."""
    return {
        "institution": programme.institution.code,
        "field": programme.field or None,
        "level": programme.level,
        "mode": programme.mode or None,
        "graduating_credits": number(programme.graduating_credits),
        "coursework_credits": number(programme.coursework_credits),
        "duration_years": number(programme.duration_years),
        "mqa_accredited": programme.mqa_accredited,
        "minimum_grade": programme.minimum_grade or None,
        "standard_limit_percent": number(programme.standard_limit_percent),
        "professional_limit_percent": number(programme.professional_limit_percent),
    }


def study_of(study: PriorStudy) -> Case:
    """Return a prior study."""
    return {
        "id": key_of(study),
        "institution": institution_of(study),
        "country": study.country or None,
        "field": study.field or None,
        "level": study.level or None,
        "mode": study.mode or None,
        "outcome": study.outcome or None,
        "withdrawn_with_cause": study.withdrawn_with_cause,
        "ended_on": iso(study.ended_on),
        "accredited": study.accredited,
        "also_holds_diploma": study.also_holds_diploma,
    }


def key_of(study: PriorStudy) -> str:
    """Return the name of a study within a case."""
    return f"study-{study.pk}"


def institution_of(study: PriorStudy) -> str:
    """Return the institution as the rules know it: its code where it is one of ours."""
    return study.institution.code if study.institution else study.institution_name


def claim_of(claim: Claim, used: Used, day: date, *, declared: bool) -> Case:
    """Return a claim with what was judged of it so far."""
    overlap = claim.comparison.overlap if claim.comparison and claim.comparison.settled_at else None
    approval = claim.approved_beforehand
    return {
        "target": {
            "code": claim.target.code,
            "title": claim.target.name,
            "credits": number(claim.target.credits),
            "subject": claim.target.subject or None,
        },
        "basis": claim.basis,
        "graded": claim.graded,
        "content_overlap": number(overlap / 100) if overlap is not None else None,
        "partner_agreement": claim.agreement.holds_on(day) if claim.agreement else claim.partner_agreement,
        "approved_beforehand": approval.holds_on(day) if approval else None,
        "sources": [source_of(source, claim, used, declared=declared) for source in claim.sources.all()],
    }


JUDGED = {"onsite_grade", "clo_percent"}
"""What only an assessor may say of a source."""


def source_of(source: Source, claim: Claim, used: Used, *, declared: bool) -> Case:
    """Return a source: what the transcript says, what its basis asks, and what was assessed."""
    described = {k: v for k, v in source.details.items() if v not in ("", None) and k not in JUDGED}
    before = used_before(source, used, declared=declared)
    return {
        **described,
        **({"study": key_of(source.study)} if source.study else {}),
        "code": source.code or None,
        "title": source.title or None,
        "credits": number(source.credits),
        "grade": source.grade or None,
        "completed_on": iso(source.completed_on),
        **assessed(claim),
        **({"claimed_before": before} if claim.basis in CLAIMED_ONCE else {"transferred_before": before}),
    }


CLAIMED_ONCE = {"mooc", "micro_credential"}


def assessed(claim: Claim) -> Case:
    """Return what the faculty's own assessments say: a grade, or a percentage for each outcome."""
    if claim.basis in {"apel_c", "micro_credential"}:
        percents = {a.outcome.code: number(a.percent) for a in claim.outcome_assessments.all()}
        return {"clo_percent": percents} if percents else {}
    held = [a for a in claim.assessments.all() if a.recorded_at and not a.cancelled_at and a.grade]
    return {"onsite_grade": max(held, key=last_recorded).grade} if claim.basis == "mooc" and held else {}


def last_recorded(assessment: OnsiteAssessment) -> Any:
    """Return when an assessment was recorded, to find the last one."""
    return assessment.recorded_at


def used_by(application: Application) -> Used:
    """Return the courses that the person's other applications were granted for, by our own records."""
    entries = TranscriptEntry.objects.filter(
        student__person=application.student.person_id, cancelled_at=None
    ).exclude(claim__application=application)
    return frozenset(entries.values_list("claim__sources__study", "claim__sources__code"))


def used_before(source: Source, used: Used, *, declared: bool) -> bool | None:
    """Say whether a source was used for a transfer before: by our own records, else as declared."""
    if source.transferred_before or (source.code and (source.study_id, source.code) in used):
        return True
    return False if declared else source.transferred_before


def granted_of(application: Application) -> list[Case]:
    """Return the credits granted earlier in this programme, with the limits they fill."""
    entries: Iterable[TranscriptEntry] = TranscriptEntry.objects.filter(
        student=application.student, cancelled_at=None
    ).exclude(claim__application=application)
    return [{"credits": number(e.credits), "limits": e.limits} for e in entries if e.award != "exemption"]


def number(value: Decimal | None) -> int | float | None:
    """Return a number as JSON has it, whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def iso(day: date | None) -> str | None:
    """Return a day as ISO 8601."""
    return day.isoformat() if day else None
