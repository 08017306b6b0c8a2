"""Who is told of what a student asks beside an application, and of the answer."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.applications.models import AttendanceRequest, PriorApproval
from portal.catalogue.models import Student
from portal.notices.notify import notify
from tauliah.values.text import Text

WORDS = {
    "approved": Text("Diluluskan", "Approved"),
    "refused": Text("Ditolak", "Refused"),
}


def tell_asked(kind: str, student: Student, told: Mapping[str, Any], key: str) -> None:
    """Tell the coordinators of the student's faculty that an answer is waited for."""
    programme = student.programme
    held = Appointment.objects.filter(
        Q(faculty=None) | Q(faculty=programme.faculty_id),
        institution=programme.institution_id,
        role=Role.PROGRAMME_COORDINATOR,
        person__is_active=True,
    )
    people = {each.person_id: each.person for each in held.in_force(timezone.localdate())}
    for person in people.values():
        notify(
            person,
            kind,
            {"applicant": student.person.name, **told},
            reverse("applications:approval_queue"),
            institution=programme.institution,
            mail_key=key,
        )


def tell_approval(asked: PriorApproval) -> None:
    """Tell the student what the faculty answered."""
    notify(
        asked.student.person,
        "prior_approval_answered",
        {
            "title": asked.title,
            "outcome": WORDS[asked.state],
            "target": asked.target.code,
            "reason": asked.reason,
            "valid_until": asked.valid_until,
        },
        reverse("applications:approvals"),
        institution=asked.institution,
        mail_key=f"approval-{asked.pk}-answer",
    )


def tell_attendance(asked: AttendanceRequest) -> None:
    """Tell the student whether the course may be attended."""
    student = asked.entry.student
    notify(
        student.person,
        "attendance_answered",
        {
            "course": asked.entry.course.code,
            "outcome": WORDS[asked.state],
            "reason": asked.decision_reason,
        },
        reverse("applications:transcript"),
        institution=student.programme.institution,
        mail_key=f"attendance-{asked.pk}-answer",
    )
