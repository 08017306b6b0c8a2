"""The endpoints of the Open Badges API: discovery for everybody, the rest with a person's consent."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from allauth.idp.oidc.models import Token
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.models import Person
from portal.api.boundary import bounded
from portal.api.problems import INVALID_PARAMETER, WRONG_MEDIA_TYPE, FieldError, Problem
from portal.credentials.addresses import whole
from portal.exchange.access import bearer
from portal.exchange.badges import holding, scopes
from portal.exchange.badges.discovery import service_description
from portal.exchange.problems import FORBIDDEN, limited, unauthorised
from portal.exchange.reading import json_object
from tauliah.credentials.refusal import Refused
from tauliah.credentials.timestamp import parse

USUAL, MOST = 25, 100


@bounded
@require_safe
def discovery(request: HttpRequest) -> HttpResponse:
    """Describe the service."""
    limited(request, "badges")
    return JsonResponse(service_description())


@bounded
@require_http_methods(["GET", "POST"])
def credentials(request: HttpRequest) -> HttpResponse:
    """Give a person's credentials page by page, or take in one from elsewhere."""
    if request.method == "POST":
        person, token = _asked_by(request, scopes.WRITE)
        if (request.content_type or "").startswith("text/"):
            words = _("Credentials in JWT form cannot be verified here; send the JSON with its proof.")
            raise Problem(WRONG_MEDIA_TYPE, words)
        document, new = holding.bring(person, json_object(request), _name_of(token))
        return JsonResponse(document, status=201 if new else 200)
    person, _token = _asked_by(request, scopes.READ)
    limit, offset = _number(request, "limit", USUAL, MOST), _number(request, "offset", 0, 1_000_000)
    found, total = holding.page_of_documents(person, max(limit, 1), offset, _since(request))
    response = JsonResponse({"credential": found, "compactJwsString": []})
    response["X-Total-Count"] = str(total)
    response["Link"] = _links(request, max(limit, 1), offset, total)
    return response


@bounded
@require_http_methods(["GET", "PUT"])
def profile(request: HttpRequest) -> HttpResponse:
    """Give a person's profile, or keep what their software says of them."""
    wanted = scopes.WRITE_PROFILE if request.method == "PUT" else scopes.READ_PROFILE
    person, _token = _asked_by(request, wanted)
    if request.method == "PUT":
        holding.set_profile(person, json_object(request))
    return JsonResponse(holding.profile_of(person, whole(request.path)))


def _asked_by(request: HttpRequest, scope: str) -> tuple[Person, Token]:
    """The person whose consent the request shows, for this scope; raises ``Problem``."""
    limited(request, "badges")
    found = Token.objects.lookup(Token.Type.ACCESS_TOKEN, bearer(request))
    if found is None or not isinstance(found.user, Person) or not found.user.is_active:
        raise unauthorised()
    if scope not in found.get_scopes():
        words = _("The person did not allow this: %(scope)s.") % {"scope": scope}
        raise Problem(FORBIDDEN, words)
    return found.user, found


def _name_of(token: Token) -> str:
    return token.client.name if token.client else ""


def _number(request: HttpRequest, name: str, usual: int, most: int) -> int:
    given = request.GET.get(name)
    if given is None:
        return usual
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        words = _("Must be a whole number.")
        raise Problem(INVALID_PARAMETER, words, (FieldError(name, words),))
    return min(int(given), most)


def _since(request: HttpRequest) -> datetime | None:
    given = request.GET.get("since")
    if given is None:
        return None
    try:
        return parse(given, "since")
    except Refused as refused:
        words = _("Must be a moment such as 2026-01-31T00:00:00Z.")
        raise Problem(INVALID_PARAMETER, words, (FieldError("since", words),)) from refused


def _links(request: HttpRequest, limit: int, offset: int, total: int) -> str:
    """The header that leads to the first, previous, next and last page."""
    last = (max(total - 1, 0) // limit) * limit
    places = {"first": 0, "last": last}
    if offset + limit < total:
        places["next"] = offset + limit
    if offset > 0:
        places["prev"] = max(offset - limit, 0)
    kept: dict[str, Any] = {"since": request.GET["since"]} if "since" in request.GET else {}
    address = whole(request.path)
    return ", ".join(
        f'<{address}?{urlencode({"limit": limit, "offset": place, **kept})}>; rel="{name}"'
        for name, place in places.items()
    )
