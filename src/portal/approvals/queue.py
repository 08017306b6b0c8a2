"""The items that wait for a committee, or were decided: narrowed, and as a file."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.approvals.access import OPEN, items_for
from portal.approvals.models import Item
from portal.approvals.papers import KINDS, label_of
from portal.exports.listing import Column, Listing
from portal.numbers import whole_number

TABS = (
    ("waiting", _("Waiting")),
    ("agenda", _("On an agenda")),
    ("decided", _("Decided")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks for; anything empty asks for all."""

    show: str = "waiting"
    words: str = ""
    committee: str = ""
    kind: str = ""
    decision: str = ""

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> "Asked":
        """Return what a query string asks for."""
        show = query.get("show", "")
        return cls(
            show=show if show in dict(TABS) else "waiting",
            words=" ".join(query.get("words", "").split())[:100],
            committee=query.get("committee", ""),
            kind=one_of(query.get("kind", ""), KINDS),
            decision=one_of(query.get("decision", ""), Item.Decision.values),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for besides the tab."""
        return bool(self.words or self.committee or self.kind or self.decision)


def one_of(given: str, known: Container[str]) -> str:
    """Return a word that filters know; any other asks for all."""
    return given if given in known else ""


SHOWN = {
    "waiting": OPEN & Q(meeting=None),
    "agenda": OPEN & Q(meeting__isnull=False),
    "decided": ~Q(decision=""),
}


def found(acting: Appointment | None, asked: Asked) -> QuerySet[Item]:
    """Return the items that fit, the oldest question first; decisions the newest first."""
    items = narrowed(items_for(acting).filter(SHOWN[asked.show]), asked)
    rows = items.select_related("committee", "meeting__committee", "asked_by__person", "decided_by__person")
    return rows.order_by("-decided_on", "-pk") if asked.show == "decided" else rows.order_by("asked_at", "pk")


def narrowed(items: QuerySet[Item], asked: Asked) -> QuerySet[Item]:
    """Keep what fits the filters."""
    committee = whole_number(asked.committee)
    if committee is not None:
        items = items.filter(committee=committee)
    if asked.kind:
        items = items.filter(kind=asked.kind)
    if asked.decision:
        items = items.filter(decision=asked.decision)
    if asked.words:
        items = items.filter(
            Q(title_ms__icontains=asked.words)
            | Q(title_en__icontains=asked.words)
            | Q(reference__icontains=asked.words)
            | Q(meeting__number__icontains=asked.words)
        )
    return items


def listing(items: QuerySet[Item]) -> Listing[Item]:
    """Return items as a file."""
    columns: list[Column[Item]] = [
        Column(_("Committee"), lambda item: item.committee.name),
        Column(_("Kind"), lambda item: label_of(item.kind)),
        Column(_("Item"), lambda item: item.title),
        Column(_("Asked on"), lambda item: item.asked_at),
        Column(_("Asked by"), lambda item: item.asked_by.person.name if item.asked_by else ""),
        Column(_("Meeting"), lambda item: str(item.meeting) if item.meeting else ""),
        Column(_("Held on"), lambda item: item.meeting.held_on if item.meeting else None),
        Column(_("Decision"), lambda item: item.get_decision_display()),
        Column(_("Decided on"), lambda item: item.decided_on),
        Column(_("Number in the minutes"), lambda item: item.reference),
        Column(_("Remarks"), lambda item: item.remarks),
    ]
    return Listing(_("Items of committees"), columns, items)


def meetings_listing(meetings: QuerySet[Any]) -> Listing[Any]:
    """Return meetings as a file; each has ``item_count`` and ``open_count``."""
    columns: list[Column[Any]] = [
        Column(_("Committee"), lambda meeting: meeting.committee.name),
        Column(_("Number of the meeting"), lambda meeting: meeting.number),
        Column(_("Held on"), lambda meeting: meeting.held_on),
        Column(_("Begins at"), lambda meeting: f"{meeting.begins_at:%H:%M}" if meeting.begins_at else ""),
        Column(_("Venue"), lambda meeting: meeting.place),
        Column(_("State"), lambda meeting: meeting.get_state_display()),
        Column(_("Items"), lambda meeting: meeting.item_count),
        Column(_("Without a decision"), lambda meeting: meeting.open_count),
    ]
    return Listing(_("Meetings"), columns, meetings)
