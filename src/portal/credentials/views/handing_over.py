"""Sending a face of a credential as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from portal.accounts.refusal import Refused
from portal.credentials.faces import FACES, faces_of, file_name, made
from portal.credentials.models import Credential

ALONE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
"""What a drawing may do where somebody opens it by itself: nothing."""
UNAVAILABLE = 503


def handed_over(request: HttpRequest, credential: Credential, name: str) -> HttpResponse:
    """Send a face in the language asked for; where it cannot be made, say why."""
    face = FACES.get(name)
    if face is None or face not in faces_of(credential):
        raise Http404
    asked = request.GET.get("lang", "")
    language = asked if asked in {"ms", "en"} else (get_language() or "ms")[:2]
    try:
        content = made(credential, face, language)
    except Refused as refused:
        shown = {"credential": credential, "message": refused.message}
        return render(request, "credentials/unavailable.html", shown, status=UNAVAILABLE)
    response = HttpResponse(content, content_type=face.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(credential, face)}"'
    response["Content-Security-Policy"] = ALONE
    response["Cache-Control"] = "private, no-store" if face.private else "no-cache"
    return response
