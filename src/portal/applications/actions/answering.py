"""What the faculty answers students who ask for approval beforehand, or to attend after all."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.applications.access import answers_for
from portal.applications.models import AttendanceRequest, PriorApproval, TranscriptEntry
from portal.applications.telling_requests import tell_approval, tell_attendance
from portal.records.register import record


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: yes or no, until when it holds, and why."""

    approved: bool
    reason: str = ""
    valid_until: date | None = None


@transaction.atomic
def answer_approval(acting: Appointment, approval: PriorApproval, answer: Answer) -> PriorApproval:
    """Approve a course beforehand until a day, or refuse it with a reason (UTHM 23); the student is told."""
    held = PriorApproval.objects.select_for_update(of=("self",), no_key=True).select_related(
        "student__person", "student__programme__institution", "target", "institution", "decided_by__person"
    )
    asked = held.get(pk=approval.pk)
    if not answers_for(acting, asked.student):
        raise NotAllowed
    if asked.state != PriorApproval.State.ASKED:
        raise Refused(answered_already(asked))
    if answer.approved and answer.valid_until is None:
        raise Refused(_("Choose the last day on which the approval holds."), "valid_until")
    if answer.approved and answer.valid_until and answer.valid_until < timezone.localdate():
        raise Refused(_("The last day must lie in the future."), "valid_until")
    must_give_reason(answer)
    asked.state = PriorApproval.State.APPROVED if answer.approved else PriorApproval.State.REFUSED
    asked.valid_until = answer.valid_until if answer.approved else None
    asked.reason, asked.decided_by, asked.decided_at = answer.reason.strip(), acting, timezone.now()
    asked.version += 1
    asked.save()
    after = {"title": asked.title, "state": asked.state, "valid_until": asked.valid_until}
    record(acting, "applications.answer_approval", asked, after=after, reason=asked.reason)
    tell_approval(asked)
    return asked


@transaction.atomic
def answer_attendance(acting: Appointment, request: AttendanceRequest, answer: Answer) -> AttendanceRequest:
    """Let a student attend a course after all, which cancels its credit, or refuse it (UTHM 8.2)."""
    held = AttendanceRequest.objects.select_for_update(of=("self",), no_key=True).select_related(
        "entry__student__person",
        "entry__student__programme__institution",
        "entry__course",
        "decided_by__person",
    )
    asked = held.get(pk=request.pk)
    if not answers_for(acting, asked.entry.student):
        raise NotAllowed
    if asked.state != AttendanceRequest.State.ASKED:
        raise Refused(answered_already(asked))
    must_give_reason(answer)
    asked.state = AttendanceRequest.State.APPROVED if answer.approved else AttendanceRequest.State.REFUSED
    asked.decision_reason, asked.decided_by = answer.reason.strip(), acting
    asked.decided_at = timezone.now()
    asked.save()
    after = {"course": asked.entry.course.code, "state": asked.state}
    record(acting, "applications.answer_attendance", asked, after=after, reason=asked.decision_reason)
    if answer.approved:
        cancel_entry(acting, asked.entry)
    tell_attendance(asked)
    return asked


def cancel_entry(acting: Appointment, entry: TranscriptEntry) -> None:
    """Take a credit out of the transcript; it stays to be seen as cancelled and fills no limit any more."""
    if entry.cancelled_at:
        return
    entry.cancelled_at = timezone.now()
    entry.save(update_fields=["cancelled_at"])
    before = {"course": entry.course.code, "award": entry.award, "credits": entry.credits}
    record(acting, "applications.cancel_entry", entry, before=before)


def must_give_reason(answer: Answer) -> None:
    """Raise ``Refused`` for a refusal without a reason."""
    if not answer.approved and not answer.reason.strip():
        raise Refused(_("Give the reason; the student reads it."), "reason")


def answered_already(asked: PriorApproval | AttendanceRequest) -> str:
    """Say who answered before, or that the student took the question back."""
    if asked.decided_by is None or asked.decided_at is None:
        return _("The student has taken the question back.")
    when = date_format(timezone.localtime(asked.decided_at), "j F Y, H:i")
    return _("%(who)s answered this on %(when)s; nothing of yours was saved.") % {
        "who": asked.decided_by.person.name,
        "when": when,
    }
