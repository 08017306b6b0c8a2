"""The VC-API over HTTP for other systems of an institution, each with its token."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.api.boundary import bounded
from portal.credentials.verifying import Documents, known_issuers
from portal.exchange.access import api_token
from portal.exchange.models import ApiToken
from portal.exchange.problems import limited, refused
from portal.exchange.reading import json_object
from portal.exchange.vc_api.offering import issued_for
from portal.exchange.vc_api.questions import ask, must_be_answering
from portal.exchange.vc_api.refusal import BadRequest
from portal.exchange.vc_api.verifying import Verifier, verify_credential, verify_presented
from tauliah.files.contexts import published


def verifier() -> Verifier:
    """Return what verifying needs here: our documents, and those of recognised hosts."""
    documents = Documents()
    return Verifier(published(), documents, documents, known_issuers())


def _entered(request: HttpRequest, needs: str) -> tuple[ApiToken, dict[str, Any]]:
    limited(request, "vc-api")
    return api_token(request, needs), json_object(request)


@bounded
@require_POST
def issue_view(request: HttpRequest) -> HttpResponse:
    """Sign a credential of the token's institution."""
    token, body = _entered(request, "may_issue")
    try:
        return JsonResponse({"verifiableCredential": issued_for(token, body)}, status=201)
    except BadRequest as bad:
        raise refused(bad) from bad


@bounded
@require_POST
def verify_view(request: HttpRequest) -> HttpResponse:
    """Say whether a credential holds; one that does not is 400, as the standard has it."""
    _token, body = _entered(request, "may_verify")
    try:
        found = verify_credential(body, verifier(), timezone.now())
    except BadRequest as bad:
        raise refused(bad) from bad
    return JsonResponse(found, status=200 if found["verified"] else 400)


@bounded
@require_POST
def verify_presentation_view(request: HttpRequest) -> HttpResponse:
    """Say whether a presentation holds, and who holds it; its challenge is used up."""
    token, body = _entered(request, "may_verify")
    try:
        must_be_answering(token, body)
        found = verify_presented(body, verifier(), timezone.now())
    except BadRequest as bad:
        raise refused(bad) from bad
    return JsonResponse(found, status=200 if found["verified"] else 400)


@bounded
@require_POST
def challenge_view(request: HttpRequest) -> HttpResponse:
    """Give a challenge for a presentation."""
    limited(request, "vc-api")
    return JsonResponse(
        ask(api_token(request, "may_verify")), status=201, headers={"Cache-Control": "no-store"}
    )
