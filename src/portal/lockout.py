"""Who is kept from guessing passwords: failures are counted for a person at an address, in the database."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.errors import explain

NAMES = ("email", "username", "login")


def person_named(request: HttpRequest, credentials: Mapping[str, object] | None) -> str:
    """Return whom somebody tries to log in as, in small letters."""
    given = credentials or request.POST
    return next((str(given[name]).strip().lower() for name in NAMES if given.get(name)), "")


def address_of(request: HttpRequest) -> str:
    """Return the address a request comes from: what the proxy in front says, where there is one.

    Only the last entry of X-Forwarded-For is the proxy's own; those before it are anybody's.
    """
    if settings.TAULIAH_BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: Mapping[str, object] | None = None
) -> HttpResponse:
    """Answer 429 and say how long to wait; the same whether there is such an account or not."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    message = ngettext(
        "Try again in %(minutes)d minute. If you have forgotten your password, reset it in the meantime.",
        "Try again in %(minutes)d minutes. If you have forgotten your password, reset it in the meantime.",
        minutes,
    ) % {"minutes": minutes}
    return explain(request, 429, _("Too many failed logins"), message)
