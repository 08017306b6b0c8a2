"""What a student asks the faculty beside an application: approval beforehand, and to attend after all."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.applications.models import AttendanceRequest, PriorApproval, TranscriptEntry
from portal.applications.telling_requests import tell_asked
from portal.catalogue.models import Student
from portal.records.register import record


@transaction.atomic
def ask_approval(acting: Appointment, student: Student, values: Mapping[str, Any]) -> PriorApproval:
    """Ask the faculty to approve a MOOC or micro-credential before it is taken (UTHM 23)."""
    institution = student.programme.institution
    if student.person_id != acting.person_id or institution.pk != acting.institution_id:
        raise NotAllowed
    waiting = student.prior_approvals.filter(state=PriorApproval.State.ASKED, target=values["target"])
    if waiting.filter(title__iexact=values["title"]).exists():
        raise Refused(_("You have asked for this course already; the faculty has not answered yet."), "title")
    asked = PriorApproval.objects.create(institution=institution, student=student, **values)
    record(
        acting,
        "applications.ask_approval",
        asked,
        after={"title": asked.title, "provider": asked.provider, "target": asked.target.code},
    )
    tell_asked("prior_approval_asked", student, {"title": asked.title}, f"approval-{asked.pk}")
    return asked


@transaction.atomic
def withdraw_approval(acting: Appointment, approval: PriorApproval, *, version: int) -> PriorApproval:
    """Take back a question that the faculty has not answered yet."""
    asked = PriorApproval.objects.select_for_update(no_key=True).get(pk=approval.pk)
    if asked.student.person_id != acting.person_id:
        raise NotAllowed
    if asked.state != PriorApproval.State.ASKED or asked.version != version:
        raise Refused(_("The faculty has answered in the meantime."))
    asked.state = PriorApproval.State.WITHDRAWN
    asked.version += 1
    asked.save(update_fields=["state", "version"])
    record(acting, "applications.withdraw_approval", asked)
    return asked


@transaction.atomic
def ask_attendance(acting: Appointment, entry: TranscriptEntry, reason: str) -> AttendanceRequest:
    """Ask to take a course after all although credit was given for it (UTHM 8)."""
    if entry.student.person_id != acting.person_id:
        raise NotAllowed
    if entry.cancelled_at:
        raise Refused(_("This credit no longer stands; register for the course in the usual way."))
    if not reason.strip():
        raise Refused(_("Say why you want to take the course."), "reason")
    try:
        with transaction.atomic():
            asked = AttendanceRequest.objects.create(entry=entry, reason=reason.strip())
    except IntegrityError as twice:
        raise Refused(_("You have asked already; the faculty has not answered yet.")) from twice
    record(
        acting,
        "applications.ask_attendance",
        asked,
        institution=entry.student.programme.institution,
        after={"course": entry.course.code},
        reason=asked.reason,
    )
    tell_asked("attendance_asked", entry.student, {"course": entry.course.code}, f"attendance-{asked.pk}")
    return asked
