"""Who may see committees, meetings and items, and who keeps and records them."""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed
from portal.accounts.roles import Role
from portal.approvals.models import Committee, Item, Meeting, Member

RECORDERS = frozenset({Role.COMMITTEE_SECRETARY})
"""Who plans meetings and records what they decide; a delegation of the role counts as the role."""
KEEPERS = RECORDERS | {Role.ADMINISTRATOR}
"""Who keeps the committees and their members."""
READERS = KEEPERS | {Role.ELEARNING_CENTRE, Role.CENTRE_DIRECTOR, Role.AUDITOR}
SENT_OUT = (Meeting.State.CALLED, Meeting.State.RECORDED)
"""States in which members read a meeting's papers."""


def may_record(acting: Appointment | None) -> bool:
    """Say whether somebody plans meetings and records decisions."""
    return acting is not None and acting.role in RECORDERS


def recorded_by(acting: Appointment | None) -> QuerySet[Committee]:
    """Return the committees whose meetings somebody plans and records.

    A committee that names secretaries is theirs alone, and of who stands in for them; any other is that of
    every secretary of the institution.
    """
    if acting is None or not may_record(acting):
        return Committee.objects.none()
    there = Committee.objects.filter(institution=acting.institution_id)
    named = Member.objects.filter(part=Member.Part.SECRETARY)
    mine = named.filter(person__in=persons_of(acting))
    return there.filter(
        Q(pk__in=mine.values("committee")) | ~Q(pk__in=named.values("committee")),
    )


def persons_of(acting: Appointment) -> set[int]:
    """Return whose work somebody does: their own, and that of the person for whom they stand in."""
    stands_for = acting.delegated_from.person_id if acting.delegated_from else acting.person_id
    return {acting.person_id, stands_for}


def may_keep(acting: Appointment | None) -> bool:
    """Say whether somebody keeps committees."""
    return acting is not None and acting.role in KEEPERS


def must_record(acting: Appointment | None, committee: Committee) -> Appointment:
    """Return the secretary of a committee; raises ``NotAllowed`` for everybody else."""
    if acting is None or not may_record(acting) or acting.institution_id != committee.institution_id:
        raise NotAllowed
    if not recorded_by(acting).filter(pk=committee.pk).exists():
        raise NotAllowed(_("Only the secretary whom this committee names plans and records its meetings."))
    return acting


def must_keep(acting: Appointment | None, institution: int) -> Appointment:
    """Return who keeps an institution's committees; raises ``NotAllowed`` for everybody else."""
    if acting is None or not may_keep(acting) or acting.institution_id != institution:
        raise NotAllowed
    return acting


def committees_for(acting: Appointment | None) -> QuerySet[Committee]:
    """Return the committees that somebody may see: the institution's, or those they sit on."""
    if acting is None or acting.is_learner or acting.institution_id is None:
        return Committee.objects.none()
    there = Committee.objects.filter(institution=acting.institution_id)
    if acting.role in READERS:
        return there
    return there.filter(members__person=acting.person_id)


def committee_for(acting: Appointment | None, pk: int) -> Committee:
    """Return one committee; raises ``Http404`` for strangers."""
    found = committees_for(acting).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def meetings_for(acting: Appointment | None) -> QuerySet[Meeting]:
    """Return the meetings that somebody may see; a member sees those whose papers were sent out."""
    if acting is None:
        return Meeting.objects.none()
    there = Meeting.objects.filter(committee__in=committees_for(acting))
    return there if acting.role in READERS else there.filter(state__in=SENT_OUT)


def meeting_for(acting: Appointment | None, pk: int) -> Meeting:
    """Return one meeting with its committee; raises ``Http404`` for strangers."""
    related = ("institution", "committee", "made_by__person")
    found = meetings_for(acting).select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def items_for(acting: Appointment | None) -> QuerySet[Item]:
    """Return the items that somebody may see: all, or those of meetings they may read as members."""
    if acting is None:
        return Item.objects.none()
    there = Item.objects.filter(committee__in=committees_for(acting))
    return there if acting.role in READERS else there.filter(meeting__in=meetings_for(acting))


def item_for(acting: Appointment | None, pk: int) -> Item:
    """Return one item; raises ``Http404`` for strangers."""
    related = ("institution", "committee", "meeting", "asked_by__person", "decided_by__person", "continues")
    found = items_for(acting).select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


OPEN = Q(decision="", withdrawn_at=None)
"""The condition on items that wait for a decision."""


def must_read(acting: Appointment | None) -> Appointment:
    """Return who reads pages of committees by role or as a member; raises ``NotAllowed`` for others."""
    if acting is None or not (acting.role in READERS or committees_for(acting).exists()):
        raise NotAllowed
    return acting


def may_read(acting: Appointment | None) -> bool:
    """Say whether somebody reads everything that the institution's committees do, not only as a member."""
    return acting is not None and acting.role in READERS
