"""The role that a person acts in: one at a time, kept in the session, shown in the header."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

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


def acting_of(request: HttpRequest) -> Appointment | None:
    """Return the appointment that the person chose, or the first; none where nobody is logged in."""
    if not isinstance(request.user, Person):
        return None
    held = appointments_of(request.user)
    chosen = held.get(request.session.get(SESSION_KEY, 0))
    return chosen or next(iter(held.values()), None)


class ActingRequest(HttpRequest):
    """A request of somebody logged in; ``acting`` is who they act as, None for those with no appointment."""

    user: Person
    acting: Appointment | None


class ActingMiddleware:
    """Gives each request ``acting``: the appointment that its person acts in, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        vars(request)["acting"] = SimpleLazyObject(lambda: acting_of(request))
        return self.get_response(request)
