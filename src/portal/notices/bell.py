"""The number beside the bell in the header of every page."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.accounts.models import Person
from portal.notices.access import unread_of


def bell(request: HttpRequest) -> dict[str, object]:
    """Give every template ``unread_notices``; counted where a page asks for it, for those logged in."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {}
    return {"unread_notices": SimpleLazyObject(lambda: unread_of(person))}
