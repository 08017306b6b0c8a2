"""Who sets an offering up: the e-learning centre, and its teachers where the policy leaves it to them."""

from django.db.models import Q, QuerySet
from django.http import Http404

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed
from portal.accounts.roles import Role
from portal.offerings.access import developed_by, runs
from portal.offerings.models import Offering, Teacher
from portal.processes.declared import process_called
from portal.proposals.access import CENTRE, PROPOSERS
from portal.proposals.models import Proposal

FACULTY_TICKS = frozenset({Role.DEAN, Role.DEPUTY_DEAN, Role.FACULTY_OFFICE})
"""Who ticks the faculty's list of readiness (UTM 5.3.2, 5.4)."""
SETTERS = CENTRE | PROPOSERS
"""Roles with forms of offerings."""


def left_to_teachers(policy: str) -> bool:
    """Say whether a policy has the subject expert set an offering up (UTM 5.2)."""
    return process_called(policy, "offering").states["draft"].holder == "lecturer"


def sets_up(acting: Appointment | None, offering: Offering) -> bool:
    """Say whether somebody may change an offering."""
    return runs(acting, offering) or (left_to_teachers(offering.policy) and is_expert(acting, offering))


def must_set_up(acting: Appointment | None, offering: Offering) -> Appointment:
    """Return who may change an offering; raises ``NotAllowed``."""
    if acting is None or not sets_up(acting, offering):
        raise NotAllowed
    return acting


def is_expert(acting: Appointment | None, offering: Offering) -> bool:
    """Say whether somebody is the offering's SME: developed the course, or is its instructor (UTM 5.2)."""
    if acting is None or acting.role not in PROPOSERS or acting.institution_id != offering.institution_id:
        return False
    instructs = Q(teachers__person=acting.person_id, teachers__part=Teacher.Part.INSTRUCTOR)
    return Offering.objects.filter(instructs | developed_by(acting), pk=offering.pk).exists()


def courses_to_offer(acting: Appointment | None) -> QuerySet[Proposal]:
    """Return the registered courses of which somebody may begin an offering."""
    if acting is None or acting.institution is None or acting.role not in SETTERS:
        return Proposal.objects.none()
    there = Proposal.objects.filter(institution=acting.institution, state="registered")
    if acting.role in CENTRE:
        return there
    if not left_to_teachers(acting.institution.policy):
        return Proposal.objects.none()
    mine = Q(developer=acting.person) | Q(members__person=acting.person)
    return there.filter(pk__in=there.filter(mine).values("pk"))


def course_to_offer(acting: Appointment | None, pk: int) -> Proposal:
    """Return one course that somebody may offer; raises ``Http404``."""
    found = courses_to_offer(acting).select_related("institution", "faculty", "achievement").filter(pk=pk)
    proposal = found.first()
    if proposal is None:
        raise Http404
    return proposal
