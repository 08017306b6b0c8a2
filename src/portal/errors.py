"""Pages that say what went wrong, in the person's language and without a traceback."""

import logging

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

LAST_RESORT = """<!doctype html><html lang="ms"><meta charset="utf-8"><title>Tauliah</title>
<h1>Sistem menghadapi masalah</h1><p>Sila cuba lagi sebentar nanti.</p>
<p lang="en">The system ran into a problem. Please try again in a moment.</p></html>"""


def explain(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    """Answer with the error page."""
    shown = {"title": title, "message": message, "status": status}
    return render(request, "portal/error.html", shown, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None, message: str = "") -> HttpResponse:
    """Answer 400; ``message`` may say more precisely what could not be read."""
    if isinstance(exception, TOO_MUCH):
        message = _("What was sent is too large. Send fewer or smaller files at a time.")
    return explain(
        request,
        400,
        _("The request could not be read"),
        message or _("Something in the address or in what was sent is not as it should be."),
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return explain(request, 403, _("Not allowed"), _("You may not open this page."))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without its token."""
    return explain(
        request,
        403,
        _("The form is no longer valid"),
        _("Go back, reload the page and send it again. Cookies must be allowed for this site."),
    )


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return explain(
        request,
        404,
        _("Page not found"),
        _("The address may be mistyped, or the page has moved."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, even if the page's own template is what fails."""
    try:
        return explain(
            request,
            500,
            _("The system ran into a problem"),
            _("It has been recorded. Please try again in a moment."),
        )
    except Exception:
        log.exception("the error page could not be written")
        return HttpResponse(LAST_RESORT, status=500)
