"""Whom and what somebody sees of people: themselves, and what they lent or were lent."""

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from portal.accounts.models import Appointment, AppointmentSet, Person


def delegations_of(person: Person) -> AppointmentSet:
    """Return what a person lent to others, newest first."""
    found: AppointmentSet = (
        Appointment.objects.filter(delegated_from__person=person)
        .select_related("person", "institution", "faculty", "delegated_from")
        .order_by("-starts_on", "-pk")
    )
    return found


def delegation_of(person: Person, pk: int) -> Appointment:
    """Return one delegation of a person's own; anybody else's is not found."""
    found = delegations_of(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def delegable_of(person: Person) -> AppointmentSet:
    """Return the appointments that a person may lend: their own of today, no borrowed ones, no learner's."""
    found: AppointmentSet = (
        Appointment.objects.filter(person=person, delegated_from__isnull=True, institution__active=True)
        .in_force(timezone.localdate())
        .exclude(role__in=["student", "external_learner"])
        .select_related("institution", "faculty")
    )
    return found


def colleagues_of(person: Person) -> "list[Person]":
    """Return those to whom somebody may delegate: staff of the institutions where they are staff."""
    institutions = delegable_of(person).values("institution")
    staff = (
        Appointment.objects.filter(institution__in=institutions)
        .in_force(timezone.localdate())
        .exclude(role__in=["student", "external_learner"])
    )
    return list(
        Person.objects.filter(Q(pk__in=staff.values("person")), is_active=True)
        .exclude(pk=person.pk)
        .distinct()
    )
