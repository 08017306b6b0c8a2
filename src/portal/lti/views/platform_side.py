"""What a tool calls of us as its platform: keys, authorisation, tokens, members, line items, scores."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.lti import claims as lti
from portal.lti import line_items, opening, scores
from portal.lti.access import institution_named
from portal.lti.granting import ServiceError, grant, tool_of
from portal.lti.keys import published_keys
from portal.lti.members import members as members_of
from portal.lti.members import offering_of
from portal.lti.models import Side
from portal.lti.views.tool_side import not_opened

View = Callable[..., HttpResponse]


def for_software(view: View) -> View:
    """Answer what is refused as JSON, keep nothing in caches, and ask for no form's token."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except ServiceError as error:
            told = {"error": error.code, "error_description": error.words}
            response = JsonResponse(told, status=error.status)
            if error.status == 401:
                response["WWW-Authenticate"] = f'Bearer error="{error.code}"'
        response["Cache-Control"] = "no-store"
        return response

    return cast("View", csrf_exempt(inner))


def as_json(told: Any, kind: str, onwards: str = "", status: int = 200) -> HttpResponse:
    """Answer with a document of the services, and where the next page is."""
    response = JsonResponse(told, safe=False, status=status, content_type=kind)
    if onwards:
        response["Link"] = f'<{onwards}>; rel="next"'
    return response


@require_safe
def keys(request: HttpRequest, code: str) -> HttpResponse:
    """Publish the keys by which the institution signs as a platform."""
    return JsonResponse(published_keys(institution_named(code), Side.PLATFORM))


@csrf_exempt
@require_http_methods(["GET", "POST"])
@for_people
def authorize(request: ActingRequest, code: str) -> HttpResponse:
    """Answer a tool's login with the signed message, which the browser posts to it."""
    given = (request.POST if request.method == "POST" else request.GET).dict()
    try:
        answer = opening.authorised(institution_named(code), given, request.user)
    except Refused as refused:
        return not_opened(request, refused)
    shown = {
        "address": answer.address,
        "fields": {"id_token": answer.id_token, "state": answer.state},
        "heading": _("Opening"),
    }
    response = render(request, "lti/post.html", shown)
    vars(response)["_csp_update"] = {"form-action": [answer.origin]}
    response["Cache-Control"] = "no-store"
    return response


@for_software
@require_POST
def token(request: HttpRequest, code: str) -> HttpResponse:
    """Give a tool an access token for its assertion."""
    return JsonResponse(grant(institution_named(code), request.POST.dict()))


@for_software
@require_safe
def members(request: HttpRequest, code: str, offering: int) -> HttpResponse:
    """Tell a tool who takes part in an offering."""
    tool = tool_of(request, institution_named(code), lti.MEMBERS_SCOPE)
    told, onwards = members_of(tool, offering_of(tool, offering), request.GET.dict())
    return as_json(told, lti.MEMBERS_TYPE, onwards)


@for_software
@require_http_methods(["GET", "HEAD", "POST"])
def items(request: HttpRequest, code: str, offering: int) -> HttpResponse:
    """List a tool's columns in an offering, or keep a new one."""
    if request.method == "POST":
        tool = tool_of(request, institution_named(code), lti.ITEMS_SCOPE)
        made = line_items.make(tool, offering_of(tool, offering), line_items.body_of(request))
        return as_json(line_items.shown(made), lti.ITEM_TYPE, status=201)
    tool = tool_of(request, institution_named(code), lti.ITEMS_SCOPE, lti.ITEMS_READ_SCOPE)
    told, onwards = line_items.listed(tool, offering_of(tool, offering), request.GET.dict())
    return as_json(told, lti.ITEMS_TYPE, onwards)


@for_software
@require_http_methods(["GET", "HEAD", "PUT", "DELETE"])
def item(request: HttpRequest, code: str, offering: int, pk: int) -> HttpResponse:
    """Show, change or take away one column of a tool."""
    reads = request.method in {"GET", "HEAD"}
    scopes = (lti.ITEMS_SCOPE, lti.ITEMS_READ_SCOPE) if reads else (lti.ITEMS_SCOPE,)
    tool = tool_of(request, institution_named(code), *scopes)
    found = line_items.item_of(tool, offering_of(tool, offering), pk)
    if request.method == "DELETE":
        line_items.remove(found)
        return HttpResponse(status=204)
    if request.method == "PUT":
        found = line_items.change(found, line_items.body_of(request))
    return as_json(line_items.shown(found), lti.ITEM_TYPE)


@for_software
@require_POST
def item_scores(request: HttpRequest, code: str, offering: int, pk: int) -> HttpResponse:
    """Take a score."""
    tool = tool_of(request, institution_named(code), lti.SCORE_SCOPE)
    found = line_items.item_of(tool, offering_of(tool, offering), pk)
    scores.take(found, line_items.body_of(request))
    return HttpResponse(status=204)


@for_software
@require_safe
def item_results(request: HttpRequest, code: str, offering: int, pk: int) -> HttpResponse:
    """Tell the results of a column."""
    tool = tool_of(request, institution_named(code), lti.RESULTS_SCOPE)
    found = line_items.item_of(tool, offering_of(tool, offering), pk)
    return as_json(scores.results(found, request.GET.get("user_id", "")), lti.RESULTS_TYPE)
