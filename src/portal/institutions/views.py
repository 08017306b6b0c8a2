"""The crest of an institution, for pages that show it."""

from mimetypes import guess_type

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.institutions.models import Institution

SHOWN = {"image/svg+xml", "image/png", "image/jpeg"}
ALONE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
"""What a picture may do where somebody opens it by itself: nothing."""


@require_safe
def crest(request: HttpRequest, code: str) -> FileResponse:
    """Send an institution's crest."""
    institution = get_object_or_404(Institution, code__iexact=code, active=True)
    kind = guess_type(institution.crest.name or "")[0]
    if not institution.crest or kind not in SHOWN:
        raise Http404
    try:
        opened = institution.crest.open("rb")
    except OSError as gone:
        raise Http404 from gone
    response = FileResponse(opened, content_type=kind)
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
