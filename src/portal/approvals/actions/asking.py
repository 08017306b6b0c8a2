"""Asking a committee, and taking the question back."""

from django.db import models, transaction
from django.utils import timezone

from portal.accounts.models import Appointment
from portal.approvals.models import Committee, Item, Meeting
from portal.institutions.models import Institution
from portal.records.register import record
from tauliah.policy.process import Process


def committee_called(institution: Institution, process: Process, code: str) -> Committee:
    """Return a committee that a process names; one that the institution lacks is made from its words."""
    words = process.committees[code]
    found, _made = Committee.objects.get_or_create(
        institution=institution, code=code, defaults={"name_ms": words.ms, "name_en": words.en}
    )
    return found


@transaction.atomic
def ask(
    acting: Appointment | None,
    committee: Committee,
    subject: models.Model,
    *,
    kind: str,
    purpose: str,
    titles: tuple[str, str],
    link: str,
) -> Item:
    """Put something to a committee, once for each purpose until it is decided; ``titles`` in ms and en.

    What goes on by itself from one committee to the next is asked by who put it to the first.
    """
    item, made = Item.objects.get_or_create(
        kind=kind,
        subject=subject.pk,
        purpose=purpose,
        decision="",
        withdrawn_at=None,
        defaults={
            "institution": committee.institution,
            "committee": committee,
            "title_ms": titles[0][:300],
            "title_en": titles[1][:300],
            "link": link,
            "asked_by": acting,
        },
    )
    if made:
        if acting is None:
            item.asked_by = last_asker(kind, subject)
            item.save(update_fields=["asked_by"])
        record(
            acting,
            "approvals.ask",
            item,
            institution=committee.institution,
            after={"committee": committee.code, "item": item.title_ms},
        )
    return item


def last_asker(kind: str, subject: models.Model) -> Appointment | None:
    """Return who last put something to a committee."""
    asked = Item.objects.filter(kind=kind, subject=subject.pk, asked_by__isnull=False)
    last = asked.select_related("asked_by").order_by("-pk").first()
    return last.asked_by if last else None


@transaction.atomic
def take_back(acting: Appointment | None, kind: str, subject: models.Model) -> None:
    """Withdraw what a committee has not decided yet about something.

    It leaves an agenda that is still being made; one that was sent out keeps it, marked as withdrawn.
    """
    now = timezone.now()
    waiting = Item.objects.select_for_update(of=("self",), no_key=True).select_related(
        "institution", "meeting"
    )
    for item in waiting.filter(kind=kind, subject=subject.pk, decision="", withdrawn_at=None):
        item.withdrawn_at = now
        if item.meeting is not None and item.meeting.state == Meeting.State.PLANNED:
            item.meeting, item.position = None, None
        item.save(update_fields=["withdrawn_at", "meeting", "position"])
        record(acting, "approvals.take_back", item, institution=item.institution)
