"""The role that a person acts in: one at a time, kept in the session, shown in the header."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.accounts.models import Appointment, Person

SESSION_KEY = "acting"


def appointments_of(person: Person) -> dict[int, Appointment]:
    """Return what a person is appointed as today, delegations included, by primary key, oldest first."""
    held = (
        Appointment.objects.filter(person=person)
        .in_force(timezone.localdate())
        .exclude(institution__active=False)
        .select_related("person", "institution", "faculty", "delegated_from__person")
        .order_by("pk")
    )
    return {appointment.pk: appointment for appointment in held}


def held_by(request: HttpRequest) -> dict[int, Appointment]:
    """Return the appointments of who is logged in; none where nobody is."""
    return appointments_of(request.user) if isinstance(request.user, Person) else {}


def acting_of(request: HttpRequest, held: dict[int, Appointment]) -> Appointment | None:
    """Return the appointment that the person chose, or the first; none where nobody is logged in."""
    chosen = held.get(request.session.get(SESSION_KEY, 0)) if held else None
    return chosen or next(iter(held.values()), None)


class ActingRequest(HttpRequest):
    """A request of somebody logged in.

    ``acting`` is who they act as, None for those with no appointment; ``appointments`` are all they may
    act as.
    """

    user: Person
    acting: Appointment | None
    appointments: list[Appointment]


class ActingMiddleware:
    """Gives each request ``acting``, the appointment that its person acts in; None for visitors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        held = held_by(request)
        vars(request)["appointments"] = list(held.values())
        vars(request)["acting"] = acting_of(request, held)
        return self.get_response(request)
