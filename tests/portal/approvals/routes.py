"""Who may open the pages of committees: readers all of them, the secretary plans and records."""

from typing import Any

from tests.portal import cast
from tests.portal.routes import FORBIDDEN, NOT_FOUND, Route

from portal.accounts.models import Appointment
from portal.approvals.access import KEEPERS, READERS, RECORDERS
from portal.approvals.actions import keeping, planning
from portal.approvals.models import Committee, Item, Meeting, Member


def committee() -> Committee:
    made, _new = Committee.objects.get_or_create(
        institution=cast.institution("UTHM"), code="senate", defaults={"name_ms": "Senat"}
    )
    return made


def secretary() -> Appointment:
    return cast.appear("latifah")


def item() -> Item:
    """A question about a course that the Senate has decided."""
    made, _new = Item.objects.get_or_create(
        institution=cast.institution("UTHM"),
        committee=committee(),
        kind="proposal",
        subject=1,
        defaults={
            "meeting": meeting(),
            "position": 1,
            "title_ms": "Kursus IoT",
            "title_en": "IoT course",
            "decision": "approved",
            "decided_on": meeting().held_on,
            "decided_by": secretary(),
        },
    )
    return made


def meeting() -> Meeting:
    found = Meeting.objects.filter(committee=committee()).first()
    planned = Meeting(
        institution=cast.institution("UTHM"), committee=committee(), number="1/2026", held_on="2026-11-02"
    )
    return found or planning.plan(secretary(), planned)


def of_committee() -> dict[str, Any]:
    return {"pk": committee().pk}


def of_meeting() -> dict[str, Any]:
    return {"pk": item().meeting_id}


def of_item() -> dict[str, Any]:
    return {"pk": item().pk}


def of_member() -> dict[str, Any]:
    bakar = cast.appear("osman").person
    member = Member.objects.filter(committee=committee()).first()
    return {
        "pk": committee().pk,
        "member": (member or keeping.add_member(secretary(), committee(), bakar, "member")).pk,
    }


ROUTES = {
    "approvals:items": Route(READERS),
    "approvals:put": Route(RECORDERS, post=dict),
    "approvals:item": Route(READERS, FORBIDDEN, NOT_FOUND, of_item),
    "approvals:paper": Route(READERS, FORBIDDEN, NOT_FOUND, of_item),
    "approvals:item-minutes": Route(READERS, FORBIDDEN, NOT_FOUND, of_item),
    "approvals:meetings": Route(READERS),
    "approvals:meeting-new": Route(RECORDERS),
    "approvals:meeting": Route(READERS, FORBIDDEN, NOT_FOUND, of_meeting),
    "approvals:meeting-edit": Route(RECORDERS, FORBIDDEN, None, of_meeting),
    "approvals:arrange": Route(RECORDERS, FORBIDDEN, None, of_meeting, post=dict),
    "approvals:call": Route(RECORDERS, FORBIDDEN, None, of_meeting, post=dict),
    "approvals:cancel": Route(RECORDERS, FORBIDDEN, None, of_meeting),
    "approvals:record": Route(RECORDERS, FORBIDDEN, None, of_meeting),
    "approvals:agenda": Route(READERS, FORBIDDEN, NOT_FOUND, of_meeting),
    "approvals:minutes": Route(READERS, FORBIDDEN, NOT_FOUND, of_meeting),
    "approvals:committees": Route(READERS),
    "approvals:committee-new": Route(KEEPERS),
    "approvals:committee": Route(READERS, FORBIDDEN, NOT_FOUND, of_committee),
    "approvals:committee-edit": Route(KEEPERS, FORBIDDEN, NOT_FOUND, of_committee),
    "approvals:member-add": Route(KEEPERS, FORBIDDEN, NOT_FOUND, of_committee, post=dict),
    "approvals:member-remove": Route(KEEPERS, FORBIDDEN, NOT_FOUND, of_member, post=dict),
}
