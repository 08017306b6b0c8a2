"""What an LMS calls of us as its tool: our keys, the login that it begins, and its launch."""

import re
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.refusal import Refused
from portal.credentials.pace import too_often
from portal.errors import explain
from portal.lti import launching
from portal.lti.access import institution_named
from portal.lti.keys import published_keys
from portal.lti.models import Side
from portal.lti.secret import fresh

COOKIE = "lti"
"""Names the browser in which a login began; it opens nothing by itself."""
COOKIE_LASTS = timedelta(hours=1)
LOGINS = 100
"""A whole class may come from one address: a hundred times what an address may have verified in a minute."""
OURS = re.compile(r"[A-Za-z0-9_-]{43}")


def browser_of(request: HttpRequest) -> str:
    """Return the secret of a browser; empty where it kept none."""
    kept = request.COOKIES.get(COOKIE, "")
    return kept if OURS.fullmatch(kept) else ""


def keep_browser(response: HttpResponse, browser: str) -> None:
    """Have the browser bring its secret along, also when the LMS's page sends it here."""
    response.set_cookie(
        COOKIE,
        browser,
        max_age=COOKIE_LASTS,
        path="/lti/",
        secure=settings.PRODUCTION,
        httponly=True,
        samesite="None" if settings.PRODUCTION else "Lax",
    )


def not_opened(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Say why a launch is not taken."""
    return explain(request, 400, _("The launch was refused"), str(refused.message))


@require_safe
def keys(request: HttpRequest, code: str) -> HttpResponse:
    """Publish the keys by which the institution signs as a tool."""
    return JsonResponse(published_keys(institution_named(code), Side.TOOL))


@csrf_exempt
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the login that an LMS asks for, and send the browser back to it."""
    if too_often(request, "lti-login", settings.TAULIAH_VERIFICATIONS_PER_MINUTE * LOGINS):
        words = _("Wait for a minute, then open it again from the LMS.")
        answer = explain(request, 429, _("Too many at once"), words)
        answer["Retry-After"] = "60"
        return answer
    given = (request.POST if request.method == "POST" else request.GET).dict()
    browser = browser_of(request) or fresh()
    try:
        onwards = launching.begin(institution_named(code), given, browser)
    except Refused as refused:
        return not_opened(request, refused)
    response = HttpResponseRedirect(onwards)
    response["Cache-Control"] = "no-store"
    keep_browser(response, browser)
    return response


@csrf_exempt
@require_POST
def launch(request: HttpRequest, code: str) -> HttpResponse:
    """Take a launch; its person arrives on the next page, where their own login is known."""
    try:
        secret = launching.received(institution_named(code), request.POST.dict(), browser_of(request))
    except Refused as refused:
        return not_opened(request, refused)
    response = HttpResponseRedirect(reverse("lti:arrive", args=[secret]))
    response["Cache-Control"] = "no-store"
    return response
