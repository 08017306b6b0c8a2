"""Who may open the pages of mapping, requests, registers, audits and the process."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from tests.portal import cast
from tests.portal.applications.stories import again, draft
from tests.portal.routes import EVERYBODY, FORBIDDEN, NOT_FOUND, PEOPLE, Route, Table

from portal.accounts.roles import Role
from portal.applications.actions.submission import submit
from portal.applications.models import (
    Application,
    AttendanceRequest,
    Audit,
    Claim,
    Decision,
    PriorApproval,
    TranscriptEntry,
)

KEEPERS = frozenset({Role.PROGRAMME_COORDINATOR, Role.DEPUTY_DEAN, Role.DEAN})
WRITERS = KEEPERS | {Role.FACULTY_OFFICE}
READERS = KEEPERS | {
    Role.FACULTY_OFFICE,
    Role.ELEARNING_CENTRE,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
    Role.COMMITTEE_SECRETARY,
}
AUDITS = frozenset({Role.AUDITOR, Role.ADMINISTRATOR, Role.DEAN, Role.DEPUTY_DEAN})

UNASKED = dict.fromkeys(set(Role) - KEEPERS, FORBIDDEN) | {Role.SUBJECT_EXPERT: NOT_FOUND}
"""An expert who was not asked does not find the claim."""


def made() -> Application:
    """An application for a MOOC that waits for the coordinator."""
    aminah = cast.appear("aminah")
    found = Application.objects.filter(student=cast.student_of(aminah), claims__basis="mooc").first()
    if found:
        return found
    application = draft(aminah, basis="mooc", platform="coursera", institution="Universiti Contoh")
    submit(aminah, application, version=application.version)
    return again(application)


def claim() -> Claim:
    return made().claims.get()


def decision() -> Decision:
    one, _ = Decision.objects.get_or_create(
        claim=claim(),
        stage="decision",
        defaults={
            "outcome": "refused",
            "award": "none",
            "credits": Decimal(0),
            "recommended": "needs_evidence",
            "reason": "Tiada bukti.",
            "policy_version": "2020-01-01",
            "decided_by": cast.appear("halimah"),
            "decided_at": timezone.now(),
        },
    )
    return one


def entry() -> TranscriptEntry:
    one, _ = TranscriptEntry.objects.get_or_create(
        claim=claim(),
        defaults={
            "student": made().student,
            "course": claim().target,
            "award": "credit_without_grade",
            "term": "Kredit Dapat",
            "credits": Decimal(3),
        },
    )
    return one


def audit() -> dict[str, Any]:
    nathan = cast.appear("nathan")
    today = timezone.localdate()
    one, _ = Audit.objects.get_or_create(
        institution=nathan.institution,
        faculty=cast.faculty("FSKTM"),
        defaults={"since": today, "until": today, "size": 1, "seed": "0" * 16, "opened_by": nathan},
    )
    return {"pk": one.pk}


def approval() -> dict[str, Any]:
    student = made().student
    one, _ = PriorApproval.objects.get_or_create(
        institution=student.programme.institution, student=student, target=claim().target, title="Python"
    )
    return {"number": one.pk}


def attendance() -> dict[str, Any]:
    one, _ = AttendanceRequest.objects.get_or_create(entry=entry(), defaults={"reason": "Ingin belajar."})
    return {"number": one.pk}


def application() -> dict[str, Any]:
    return {"pk": made().pk}


def traced() -> dict[str, Any]:
    return {"pk": decision().pk}


def case_file() -> dict[str, Any]:
    return {"pk": decision().pk, "name": "case.yaml"}


def reviewed() -> dict[str, Any]:
    return {"number": claim().pk}


def faculty() -> dict[str, Any]:
    return {"pk": cast.faculty().pk}


OVERSIGHT_PAGES: Table = {
    "applications:ask_experts": Route(KEEPERS, strangers=NOT_FOUND, place=application, post=dict),
    "applications:use_precedent": Route(KEEPERS, strangers=NOT_FOUND, place=application, post=dict),
    "applications:review_course": Route(KEEPERS, UNASKED, strangers=NOT_FOUND, place=reviewed),
    "applications:approval_queue": Route(READERS),
    "applications:attendance_queue": Route(READERS),
    "applications:answer_approval": Route(READERS, strangers=NOT_FOUND, place=approval),
    "applications:answer_attendance": Route(READERS, strangers=NOT_FOUND, place=attendance),
    "applications:register": Route(READERS),
    "applications:audit": Route(READERS),
    "applications:trace": Route(READERS, strangers=NOT_FOUND, place=traced),
    "applications:trace_file": Route(READERS, strangers=NOT_FOUND, place=case_file),
    "applications:samples": Route(AUDITS),
    "applications:sample": Route(AUDITS, strangers=NOT_FOUND, place=audit),
    "applications:compliance": Route(AUDITS),
    "applications:procedure": Route(EVERYBODY, place=faculty),
    "applications:procedure_edit": Route(WRITERS, strangers=FORBIDDEN, place=faculty),
    "applications:process": Route(PEOPLE, place=lambda: {"policy": "uthm"}),
}
