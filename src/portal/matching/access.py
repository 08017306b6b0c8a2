"""Who may see which comparison and judgement."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.catalogue.models import Course
from portal.matching.models import Comparison, Judgement, Precedent

READERS = frozenset(
    {
        Role.PROGRAMME_COORDINATOR,
        Role.DEPUTY_DEAN,
        Role.DEAN,
        Role.FACULTY_OFFICE,
        Role.ELEARNING_CENTRE,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
"""Roles that see the comparisons of their institution or faculty."""
KEEPERS = frozenset({Role.PROGRAMME_COORDINATOR, Role.DEPUTY_DEAN, Role.DEAN})
"""Roles that appoint experts, reconcile them, and keep precedents."""
EXPERTS = frozenset({Role.SUBJECT_EXPERT, Role.PROGRAMME_COORDINATOR})
"""Roles that may be asked to compare."""


def comparisons_for(acting: Appointment | None) -> QuerySet[Comparison]:
    """Return the comparisons that somebody may see; an expert sees those he or she judges."""
    if acting is None:
        return Comparison.objects.none()
    there = Comparison.objects.filter(institution=acting.institution)
    if acting.role in READERS:
        own = Q(target__faculty=acting.faculty_id) | Q(target__faculty=None)
        return there.filter(own) if acting.faculty_id else there
    if acting.role == Role.SUBJECT_EXPERT:
        return there.filter(judgements__expert__person=acting.person_id).distinct()
    return there.none()


def comparison_for(acting: Appointment | None, pk: int) -> Comparison:
    """Return one comparison; raises ``Http404`` for strangers."""
    found = comparisons_for(acting).select_related("source", "target", "institution").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def judgements_of(acting: Appointment | None) -> QuerySet[Judgement]:
    """Return the judgements that a person is asked for, at the institution they act for."""
    if acting is None:
        return Judgement.objects.none()
    return Judgement.objects.filter(
        expert__person=acting.person_id, comparison__institution=acting.institution
    ).select_related("comparison__source", "comparison__target")


def judgement_for(acting: Appointment | None, pk: int) -> Judgement:
    """Return one judgement that a person is asked for; raises ``Http404``."""
    found = judgements_of(acting).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def precedents_for(acting: Appointment | None) -> QuerySet[Precedent]:
    """Return the precedents of the institution: everybody there may look them up, learners too."""
    if acting is None or acting.institution_id is None:
        return Precedent.objects.none()
    return Precedent.objects.filter(comparison__institution=acting.institution_id).select_related(
        "comparison__source", "comparison__target"
    )


def keeps(acting: Appointment | None, comparison: Comparison) -> bool:
    """Say whether somebody appoints experts for a comparison, reconciles them and keeps its precedent."""
    if acting is None or acting.role not in KEEPERS or acting.institution_id != comparison.institution_id:
        return False
    return acting.faculty_id in (None, comparison.target.faculty_id) or comparison.target.faculty_id is None


def describes(acting: Appointment | None, comparison: Comparison) -> bool:
    """Say whether somebody may enter the source's syllabus: who keeps the comparison, and its experts."""
    if acting is None or acting.institution_id != comparison.institution_id:
        return False
    return keeps(acting, comparison) or comparison.judgements.filter(expert__person=acting.person_id).exists()


def experts_for(target: Course, day: date) -> list[Appointment]:
    """Return who may be asked about a course on a day: its own experts, its faculty's, then others."""
    held = Appointment.objects.filter(
        institution=target.institution_id, role__in=EXPERTS, person__is_active=True
    )
    own = set(target.experts.values_list("pk", flat=True))
    found = held.in_force(day).select_related("person", "faculty")

    def nearness(expert: Appointment) -> tuple[bool, bool, bool, str]:
        elsewhere = expert.faculty_id not in (None, target.faculty_id)
        return expert.person_id not in own, elsewhere, expert.role != Role.SUBJECT_EXPERT, expert.person.name

    return sorted(found, key=nearness)
