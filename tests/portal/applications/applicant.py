"""What an applicant of the tests has: a plan, a diploma, a draft."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.portal import cast

from portal.accounts.models import Appointment
from portal.applications import drafting
from portal.applications.models import Application, Claim, PriorStudy, Source
from portal.catalogue.models import Course, GradingScale, ProgrammeCourse, ScaleGrade


def planned(acting: Appointment, *codes: str) -> list[Course]:
    """Courses of the plan of somebody's programme."""
    student = cast.student_of(acting)
    courses = [cast.course(student.programme.institution, code) for code in codes]
    for course in courses:
        ProgrammeCourse.objects.get_or_create(programme=student.programme, course=course)
    return courses


def diploma(acting: Appointment, **fields: Any) -> PriorStudy:
    """A finished diploma of a polytechnic."""
    standard = {
        "institution_name": "Politeknik Merlimau",
        "institution": cast.institution("PMM"),
        "level": "diploma",
        "outcome": "completed",
        "ended_on": date(2026, 6, 30),
        "accredited": True,
        "mode": "coursework",
    }
    return PriorStudy.objects.create(person=acting.person, **(standard | fields))


def scale(code: str = "PMM", **equals: str) -> GradingScale:
    """A grading scale of an institution, best first."""
    made = GradingScale.objects.create(
        institution=cast.institution(code), name="Gred", in_force_on=date(2015, 1, 1)
    )
    for position, (label, equal) in enumerate((equals or {"A": "A", "B": "B+", "C": "C+"}).items(), 1):
        ScaleGrade.objects.create(scale=made, label=label, position=position, equal_to=equal)
    return made


def draft(acting: Appointment) -> Application:
    """A draft of somebody's own."""
    return drafting.start(acting, cast.student_of(acting))


def claimed(application: Application, target: Course, study: PriorStudy, **fields: Any) -> Claim:
    """A claim with one source, complete."""
    claim = Claim.objects.create(
        application=application, position=application.claims.count() + 1, target=target, basis="prior_study"
    )
    standard = {
        "code": "DIT10103",
        "title": "Pengaturcaraan",
        "credits": Decimal(3),
        "grade": "B+",
        "original_grade": "B",
        "completed_on": date(2025, 5, 30),
        "transferred_before": False,
    }
    Source.objects.create(claim=claim, position=1, study=study, **(standard | fields))
    return claim


def claim_form(course: Course, study: PriorStudy, **changes: str) -> dict[str, str]:
    """What the form of a claim sends."""
    form = {
        "target": course.code,
        "basis": "prior_study",
        "graded": "no",
        "sources[0].study": str(study.pk),
        "sources[0].code": "DIT10103",
        "sources[0].title": "Pengaturcaraan",
        "sources[0].credits": "3",
        "sources[0].original_grade": "B",
        "sources[0].grade": "",
        "sources[0].completed_on": "2025-05-30",
        "sources[0].transferred_before": "no",
    }
    return form | {name.replace("__", "."): value for name, value in changes.items()}
