"""Planning a meeting: when and where, which items in which order, papers sent out, or called off."""

from collections.abc import Collection, Sequence

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.approvals.access import OPEN, must_record
from portal.approvals.actions.holding import held, touch
from portal.approvals.models import Item, Meeting
from portal.approvals.telling import tell_members
from portal.records.register import record

SHOWN = ("number", "held_on", "begins_at", "place", "note")
TOLD = ("held_on", "begins_at", "place")
"""Of what members are told when it changes after the papers were sent out."""


def shown(meeting: Meeting) -> dict[str, object]:
    """Return what the register keeps of a meeting."""
    return {name: getattr(meeting, name) for name in SHOWN}


@transaction.atomic
def plan(acting: Appointment | None, meeting: Meeting) -> Meeting:
    """Keep a new meeting."""
    meeting.made_by = must_record(acting, meeting.committee)
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
    except IntegrityError as taken:
        raise Refused(_("The committee has a meeting of this number already."), "number") from taken
    record(acting, "approvals.plan", meeting, institution=meeting.institution, after=shown(meeting))
    return meeting


@transaction.atomic
def change(acting: Appointment | None, meeting: Meeting, *, version: int) -> Meeting:
    """Keep what was changed of a meeting; members who were called to it are told of another day or place."""
    now = held(acting, meeting, version)
    before = shown(now)
    for name in SHOWN:
        setattr(now, name, getattr(meeting, name))
    touch(now, *SHOWN)
    if now.state == Meeting.State.CALLED and any(before[name] != getattr(now, name) for name in TOLD):
        tell_members(now, "meeting_changed")
    record(
        acting,
        "approvals.change_meeting",
        now,
        institution=now.institution,
        before=before,
        after=shown(now),
    )
    return now


@transaction.atomic
def bundle(acting: Appointment | None, meeting: Meeting, chosen: Collection[int]) -> int:
    """Put open items of the committee into a meeting, behind those that are there; returns how many.

    Refuses all where one is decided, withdrawn, of another committee, or in another meeting.
    """
    now = held(acting, meeting, None)
    items = list(
        Item.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=chosen)
        .order_by("asked_at", "pk")
    )
    if not items:
        raise Refused(_("Choose at least one item."))
    for item in items:
        must_be_free(item, now)
    new = [item for item in items if item.meeting_id is None]
    if new:
        there = list(now.items.order_by("position", "pk"))
        for item in new:
            item.meeting = now
        number([*there, *new])
        touch(now)
        record(
            acting,
            "approvals.bundle",
            now,
            institution=now.institution,
            after={"items": [item.title_ms for item in new]},
        )
    return len(new)


def must_be_free(item: Item, meeting: Meeting) -> None:
    """Raise ``Refused`` where an item cannot be put into a meeting."""
    if item.committee_id != meeting.committee_id:
        raise Refused(
            _("“%(item)s” is put to another committee than %(meeting)s.") % {"item": item, "meeting": meeting}
        )
    if not item.is_open:
        raise Refused(_("“%(item)s” no longer waits for a decision.") % {"item": item})
    if item.meeting_id not in (None, meeting.pk):
        raise Refused(
            _("“%(item)s” stands on the agenda of %(meeting)s already; take it off there first.")
            % {"item": item, "meeting": item.meeting}
        )


@transaction.atomic
def arrange(acting: Appointment | None, meeting: Meeting, order: Sequence[int], *, version: int) -> Meeting:
    """Put the items of a meeting into an order; those that it does not name stay behind in theirs."""
    now = held(acting, meeting, version)
    place = {pk: number for number, pk in enumerate(order)}
    items = sorted(now.items.all(), key=lambda item: (place.get(item.pk, len(place)), item.position or 0))
    number(items)
    touch(now)
    record(
        acting,
        "approvals.arrange",
        now,
        institution=now.institution,
        after={"items": [item.title_ms for item in items]},
    )
    return now


def number(items: Sequence[Item]) -> None:
    """Give items of a meeting their places, from 1."""
    for place, item in enumerate(items, start=1):
        item.position = place
    Item.objects.bulk_update(items, ["meeting", "position"])


@transaction.atomic
def take_off(acting: Appointment | None, meeting: Meeting, pk: int, *, version: int) -> Meeting:
    """Take an undecided item off a meeting; it waits for another one."""
    now = held(acting, meeting, version)
    item = now.items.filter(OPEN, pk=pk).first()
    if item is None:
        raise Refused(_("This item is decided, or no longer on the agenda."))
    item.meeting, item.position = None, None
    item.save(update_fields=["meeting", "position"])
    number(list(now.items.order_by("position", "pk")))
    touch(now)
    record(acting, "approvals.take_off", now, institution=now.institution, before={"item": item.title_ms})
    return now


@transaction.atomic
def call(acting: Appointment | None, meeting: Meeting, *, tell: bool, version: int) -> int:
    """Send out the papers: members may read them from now on; returns how many were told, if so wished."""
    now = held(acting, meeting, version)
    if not now.items.filter(OPEN).exists():
        raise Refused(_("There is nothing on the agenda yet; put items into the meeting first."))
    if now.state == Meeting.State.PLANNED:
        number(list(now.items.order_by("position", "pk")))
    now.state, now.called_at = Meeting.State.CALLED, timezone.now()
    touch(now, "state", "called_at")
    told = tell_members(now, "meeting_called") if tell else 0
    record(acting, "approvals.call", now, institution=now.institution, after={"told": told})
    return told


@transaction.atomic
def cancel(acting: Appointment | None, meeting: Meeting, reason: str, *, version: int) -> Meeting:
    """Call a meeting off; its items wait for another one."""
    now = held(acting, meeting, version)
    if now.items.exclude(decision="").exists():
        raise Refused(
            _("Decisions of this meeting are recorded already; record the other items, or defer them.")
        )
    was_called = now.state == Meeting.State.CALLED
    freed = now.items.update(meeting=None, position=None)
    now.state = Meeting.State.CANCELLED
    touch(now, "state")
    if was_called:
        tell_members(now, "meeting_cancelled", reason=reason)
    record(
        acting,
        "approvals.cancel",
        now,
        institution=now.institution,
        after={"freed": freed},
        reason=reason,
    )
    return now


def place_behind(item: Item, meeting: Meeting) -> None:
    """Put one item behind the others of a meeting that the caller holds."""
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item.meeting, item.position = meeting, last + 1
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1)
