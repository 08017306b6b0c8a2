"""Recording what a meeting decided: many items in one transaction, each once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.approvals.access import OPEN, must_record
from portal.approvals.actions.holding import held, locked, touch
from portal.approvals.actions.planning import place_behind
from portal.approvals.models import Item, Meeting
from portal.approvals.papers import KINDS
from portal.approvals.signals import decided
from portal.approvals.telling import tell_asker
from portal.records.register import record

WITH_REASON = (Item.Decision.RETURNED, Item.Decision.REJECTED)
"""Decisions that nobody can work with unless they are told why."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a committee decided about one item, what it remarked, and where the minutes say so."""

    decision: Item.Decision
    remarks: str = ""
    reference: str = ""


@transaction.atomic
def record_decisions(
    acting: Appointment | None,
    meeting: Meeting,
    verdicts: Mapping[int, Verdict],
    decided_on: date,
    *,
    version: int,
) -> Meeting:
    """Record decisions of a meeting by item; it is recorded once nothing on its agenda is open.

    What waited for the decisions goes on in the same transaction, and what was deferred waits anew. Raises
    ``NotAllowed``, ``ChangedMeanwhile``, or ``Refused`` at the field ``item-<pk>``; then nothing is recorded.
    """
    now = held(acting, meeting, version)
    must_be_over(now, decided_on)
    hold_subjects(now.items.filter(pk__in=verdicts))
    items = open_items(now)
    must_be_right(verdicts, items)
    following = next_meeting(now)
    for pk, verdict in sorted(verdicts.items(), key=lambda one: items[one[0]].position or 0):
        decide(acting, items[pk], verdict, decided_on, following)
    conclude(acting, now, len(verdicts))
    return now


def must_be_over(meeting: Meeting, decided_on: date) -> None:
    """Raise ``Refused`` where the day of the decisions lies ahead, or before the meeting."""
    if decided_on > timezone.localdate():
        raise Refused(
            _("The day of the decisions, %(day)s, lies ahead. Record them once the meeting was held.")
            % {"day": date_format(decided_on, "j F Y")},
            "decided_on",
        )
    if decided_on < meeting.held_on:
        raise Refused(
            _(
                "The meeting is on %(held)s; it decides nothing before. If it was held earlier, change the "
                "day of the meeting first."
            )
            % {"held": date_format(meeting.held_on, "j F Y")},
            "decided_on",
        )


def open_items(meeting: Meeting) -> dict[int, Item]:
    """Return the items of a meeting that wait for its decision, locked, by number."""
    rows = Item.objects.select_for_update(of=("self",), no_key=True).select_related(
        "institution", "committee", "asked_by__person"
    )
    return {item.pk: item for item in rows.filter(OPEN, meeting=meeting).order_by("pk")}


def must_be_right(verdicts: Mapping[int, Verdict], items: Mapping[int, Item]) -> None:
    """Raise ``Refused`` where something is decided twice, not on the agenda, or lacks its reason."""
    if not verdicts:
        raise Refused(_("Choose a decision for at least one item."))
    for pk, verdict in verdicts.items():
        if pk not in items:
            raise Refused(
                _("This item is decided already, was withdrawn, or is no longer on the agenda."), f"item-{pk}"
            )
        if verdict.decision in WITH_REASON and not verdict.remarks.strip():
            raise Refused(
                _("Say why “%(item)s” was not approved: those who asked read it.") % {"item": items[pk]},
                f"item-{pk}",
            )


def hold_subjects(items: Iterable[Item]) -> None:
    """Lock what the items are about, kind by kind: before the items, as who takes a question back does."""
    subjects = defaultdict(list)
    for item in items:
        subjects[item.kind].append(item.subject)
    for kind in sorted(subjects):
        if kind in KINDS:
            KINDS[kind].hold(subjects[kind])


def next_meeting(meeting: Meeting) -> Meeting | None:
    """Return the committee's next planned meeting, locked; none where none is planned yet."""
    later = Meeting.objects.select_for_update(of=("self",), no_key=True).filter(
        committee=meeting.committee_id, state=Meeting.State.PLANNED, held_on__gte=meeting.held_on
    )
    return later.exclude(pk=meeting.pk).order_by("held_on", "pk").first()


def decide(
    acting: Appointment | None,
    item: Item,
    verdict: Verdict,
    decided_on: date,
    following: Meeting | None,
) -> None:
    """Keep one decision; what waited for it goes on."""
    item.decision, item.remarks, item.reference = verdict.decision, verdict.remarks, verdict.reference
    item.decided_on, item.decided_by = decided_on, acting
    item.save(update_fields=["decision", "remarks", "reference", "decided_on", "decided_by"])
    record(
        acting,
        "approvals.decide",
        item,
        institution=item.institution,
        after={"decision": item.decision, "reference": item.reference, "day": decided_on},
        reason=item.remarks,
    )
    if item.decision == Item.Decision.DEFERRED:
        put_again(item, following)
    tell_asker(item)
    decided.send(Item, item=item, acting=acting)


def put_again(item: Item, following: Meeting | None) -> Item:
    """Ask a deferred item anew, at the next meeting if one is planned."""
    again = Item(
        continues=item,
        asked_by=item.asked_by,
        institution=item.institution,
        committee=item.committee,
        **{
            name: getattr(item, name)
            for name in ("kind", "subject", "purpose", "title_ms", "title_en", "link")
        },
    )
    if following is not None:
        place_behind(again, following)
    again.save()
    return again


def conclude(acting: Appointment | None, meeting: Meeting, number: int) -> None:
    """Give the meeting its next version; nothing left open, it is recorded."""
    left = meeting.items.filter(OPEN).count()
    if not left:
        meeting.state, meeting.recorded_at = Meeting.State.RECORDED, timezone.now()
    touch(meeting, "state", "recorded_at")
    record(
        acting,
        "approvals.record",
        meeting,
        institution=meeting.institution,
        after={"decisions": number, "open": left},
    )


@transaction.atomic
def amend(acting: Appointment | None, item: Item, remarks: str, reference: str, *, version: int) -> Item:
    """Correct the remarks and the number in the minutes of a decision; the decision itself stands.

    ``version`` is that of the meeting as it was seen.
    """
    must_record(acting, item.committee)
    if item.meeting is None or not item.decision:
        raise Refused(_("Only what is decided can be corrected."))
    meeting = locked(item.meeting, version)
    if item.decision in WITH_REASON and not remarks.strip():
        raise Refused(_("Say why it was not approved."), "remarks")
    before = {"remarks": item.remarks, "reference": item.reference}
    item.remarks, item.reference = remarks, reference
    item.save(update_fields=["remarks", "reference"])
    touch(meeting)
    record(
        acting,
        "approvals.amend",
        item,
        institution=item.institution,
        before=before,
        after={"remarks": remarks, "reference": reference},
    )
    return item
