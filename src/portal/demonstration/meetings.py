"""Meetings at which the demonstration's committees decide."""

from datetime import date

from portal.accounts.models import Appointment
from portal.approvals.actions.planning import bundle, plan
from portal.approvals.actions.recording import Verdict, record_decisions
from portal.approvals.models import Item, Meeting


def approve(secretary: Appointment, kind: str, subject: int, today: date) -> None:
    """Hold a meeting of the committee that something is before, and record that it approved."""
    item = Item.objects.get(kind=kind, subject=subject, decision="", withdrawn_at=None)
    committee = item.committee
    number = f"{Meeting.objects.filter(committee=committee).count() + 1}/{today.year}"
    meeting = plan(
        secretary,
        Meeting(
            institution=committee.institution,
            committee=committee,
            number=number,
            held_on=today,
            place="Bilik Mesyuarat Senat",
        ),
    )
    bundle(secretary, meeting, [item.pk])
    meeting.refresh_from_db()
    verdicts = {item.pk: Verdict(Item.Decision.APPROVED, reference=f"{number}-1")}
    record_decisions(secretary, meeting, verdicts, today, version=meeting.version)
