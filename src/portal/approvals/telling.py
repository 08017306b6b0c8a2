"""Whom a committee tells: its members of meetings, those who asked of decisions."""

from portal.approvals.models import Item, Meeting
from portal.notices.notify import notify


def tell_members(meeting: Meeting, kind: str, reason: str = "") -> int:
    """Tell the members of a committee, by email too; returns how many were told."""
    members = meeting.committee.members.select_related("person").filter(person__is_active=True)
    begins = meeting.begins_at.strftime("%H:%M") if meeting.begins_at else ""
    for member in members:
        notify(
            member.person,
            kind,
            {
                "committee": meeting.committee,
                "number": meeting.number,
                "day": meeting.held_on,
                "time": begins,
                "place": meeting.place,
                "reason": reason,
            },
            link=meeting.get_absolute_url(),
            institution=meeting.institution,
            mail_key=f"{kind}-{meeting.pk}-{meeting.version}",
        )
    return len(members)


DECIDED = {
    Item.Decision.APPROVED: "item_approved",
    Item.Decision.RETURNED: "item_returned",
    Item.Decision.REJECTED: "item_rejected",
    Item.Decision.DEFERRED: "item_deferred",
}


def tell_asker(item: Item) -> None:
    """Tell who put an item to a committee what was decided, and why."""
    if item.asked_by is None:
        return
    notify(
        item.asked_by.person,
        DECIDED[Item.Decision(item.decision)],
        {
            "committee": item.committee,
            "title": {"ms": item.title_ms, "en": item.title_en},
            "remarks": item.remarks,
            "reference": item.reference,
        },
        link=item.link,
        institution=item.institution,
    )
