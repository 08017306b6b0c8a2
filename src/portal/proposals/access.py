"""Who may see which proposal; strangers and other institutions find nothing."""

from django.db.models import Q, QuerySet
from django.http import Http404

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.proposals.models import Proposal

PROPOSERS = frozenset(
    {
        Role.LECTURER,
        Role.SUBJECT_EXPERT,
        Role.PROGRAMME_COORDINATOR,
        Role.DEPUTY_DEAN,
        Role.DEPUTY_DEAN_INDUSTRY,
        Role.DEAN,
    }
)
"""Staff who may start a proposal (UNIMAS 1.1)."""
CENTRE = frozenset({Role.ELEARNING_CENTRE, Role.CENTRE_DIRECTOR})
WHOLE_INSTITUTION = CENTRE | {
    Role.QUALITY_UNIT,
    Role.COMMITTEE_SECRETARY,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
}
"""Roles that see what was submitted anywhere in the institution."""
OWN_FACULTY = frozenset(
    {
        Role.DEAN,
        Role.DEPUTY_DEAN,
        Role.DEPUTY_DEAN_INDUSTRY,
        Role.PROGRAMME_COORDINATOR,
        Role.FACULTY_OFFICE,
    }
)
"""Roles that see what was submitted in their faculty."""
READERS = PROPOSERS | WHOLE_INSTITUTION | OWN_FACULTY
"""Roles with pages of proposals."""


def proposals_for(acting: Appointment | None) -> QuerySet[Proposal]:
    """Return the proposals that somebody may see: own ones, those assigned, those of the work."""
    if acting is None or acting.role not in READERS:
        return Proposal.objects.none()
    there = Proposal.objects.filter(institution=acting.institution)
    mine = there.filter(pk__in=there.filter(taking_part(acting)).values("pk"))
    submitted = there.filter(submitted_at__isnull=False)
    if acting.role in WHOLE_INSTITUTION:
        return mine | submitted
    if acting.role in OWN_FACULTY:
        return mine | (submitted.filter(faculty=acting.faculty) if acting.faculty_id else submitted)
    return mine


def taking_part(acting: Appointment) -> Q:
    """Return the condition on proposals that somebody develops, vets or evaluates."""
    person = acting.person_id
    return (
        Q(developer=person)
        | Q(members__person=person)
        | Q(vettings__expert=person)
        | Q(evaluations__evaluator=person)
    )


def proposal_for(acting: Appointment | None, pk: int) -> Proposal:
    """Return one proposal with what its page needs; raises ``Http404`` for strangers."""
    found = (
        proposals_for(acting)
        .select_related("institution", "faculty", "developer", "original", "achievement")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def develops(acting: Appointment | None, proposal: Proposal) -> bool:
    """Say whether somebody is the developer or a member of the team who may edit."""
    if acting is None or acting.role not in PROPOSERS or acting.institution_id != proposal.institution_id:
        return False
    if proposal.developer_id == acting.person_id:
        return True
    return proposal.members.filter(person=acting.person_id, may_edit=True).exists()


def is_of_team(acting: Appointment, proposal: Proposal) -> bool:
    """Say whether somebody develops the course, whether or not they may write in its form."""
    if proposal.developer_id == acting.person_id:
        return True
    return proposal.members.filter(person=acting.person_id).exists()


def works_for(acting: Appointment, proposal: Proposal) -> bool:
    """Say whether somebody is staff of the proposal's institution and, if bound to one, its faculty."""
    if acting.is_learner or acting.institution_id != proposal.institution_id:
        return False
    return acting.faculty_id in (None, proposal.faculty_id) or acting.role in WHOLE_INSTITUTION
