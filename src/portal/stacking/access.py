"""Who may see whose goals; strangers find nothing."""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.stacking.models import Goal, Outside, Prescription

GUIDES = frozenset({Role.PROGRAMME_COORDINATOR, Role.DEPUTY_DEAN, Role.DEAN})
"""Roles that prescribe courses to learners of their faculty."""
READERS = GUIDES | {
    Role.FACULTY_OFFICE,
    Role.ELEARNING_CENTRE,
    Role.CENTRE_DIRECTOR,
    Role.COMMITTEE_SECRETARY,
    Role.AUDITOR,
}
"""Roles that see the goals of learners at their institution."""
WHOLE_INSTITUTION = READERS - GUIDES - {Role.FACULTY_OFFICE}


def own_goals(acting: Appointment) -> QuerySet[Goal]:
    """Return the goals of the person."""
    return Goal.objects.filter(person=acting.person).select_related("programme__institution", "person")


def own_goal(acting: Appointment, pk: int) -> Goal:
    """Return one goal of the person; raises ``Http404``."""
    return get_object_or_404(own_goals(acting), pk=pk)


def own_outside(acting: Appointment, pk: int) -> Outside:
    """Return what the person recorded of another institution; raises ``Http404``."""
    return get_object_or_404(Outside, pk=pk, person=acting.person)


def goals_for(acting: Appointment | None) -> QuerySet[Goal]:
    """Return the goals of learners that a role of staff sees: of its programmes."""
    if acting is None or acting.role not in READERS:
        return Goal.objects.none()
    there = Goal.objects.filter(programme__institution=acting.institution).select_related(
        "programme__institution", "programme__faculty", "person"
    )
    if acting.role in WHOLE_INSTITUTION or not acting.faculty_id:
        return there
    return there.filter(Q(programme__faculty=acting.faculty) | Q(programme__faculty=None))


def goal_for(acting: Appointment | None, pk: int) -> Goal:
    """Return one goal that a role of staff sees; raises ``Http404``."""
    found = goals_for(acting).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def prescription_for(acting: Appointment | None, pk: int) -> Prescription:
    """Return one prescribed course of a goal that a role of staff sees; raises ``Http404``."""
    found = Prescription.objects.filter(pk=pk, goal__in=goals_for(acting)).select_related("course").first()
    if found is None:
        raise Http404
    found.goal = goal_for(acting, found.goal_id)
    return found


def guides(acting: Appointment, goal: Goal) -> bool:
    """Say whether somebody prescribes courses to the goal's learner."""
    return acting.role in GUIDES and goals_for(acting).filter(pk=goal.pk).exists()
