"""The development mailbox: what would have been sent, to be read and followed."""

from typing import NoReturn

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from portal.mail import mailbox

SHUT_IN = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox "
    "allow-top-navigation-by-user-activation"
)
"""What the HTML of a message may do: look as it wants, run nothing, fetch nothing."""

LEADS_OUT = '<base target="_top">'


def hidden() -> NoReturn:
    """Answer as if nothing were there."""
    raise Http404


@require_safe
@never_cache
def box(request: HttpRequest) -> HttpResponse:
    """List the newest messages."""
    if mailbox.folder() is None:
        hidden()
    words = request.GET.get("q", "").strip()
    shown = {"letters": mailbox.letters(words), "words": words, "most": mailbox.MOST_SHOWN}
    return render(request, "mail/box.html", shown)


@require_safe
@never_cache
@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """Show one message."""
    return render(request, "mail/letter.html", {"letter": mailbox.letter_named(name) or hidden()})


@require_safe
@never_cache
@xframe_options_sameorigin
def html(request: HttpRequest, name: str) -> HttpResponse:
    """Show the HTML of a message, shut in."""
    found = mailbox.letter_named(name) or hidden()
    response = HttpResponse(LEADS_OUT + (found.html or hidden()))
    response.headers["Content-Security-Policy"] = SHUT_IN
    return response


@require_safe
@never_cache
def part(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Download a file that came with a message."""
    found = mailbox.letter_named(name) or hidden()
    if not 1 <= number <= len(found.parts):
        hidden()
    file = found.parts[number - 1]
    response = HttpResponse(file.content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    return response
