"""What software reads: DID documents, status lists, statements, badges. Anybody may, from any site."""

import json
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from portal.credentials.access import open_credential
from portal.credentials.models import StatusList
from portal.credentials.pace import OPENED, paced
from portal.credentials.signing import did_document, has_keys
from portal.credentials.status import FRESH
from portal.credentials.views.handing_over import handed_over
from portal.institutions.models import Institution


def published(request: HttpRequest, content: bytes | Any, media_type: str, fresh: int) -> HttpResponse:
    """Answer with a document that others may keep for some seconds and ask for again by its tag."""
    body = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    tag = quote_etag(sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type=media_type)
    response["Cache-Control"] = f"public, max-age={fresh}"
    response["Access-Control-Allow-Origin"] = "*"
    response["ETag"] = tag
    found = get_conditional_response(request, etag=tag, response=response)
    return found if isinstance(found, HttpResponse) else response


@require_safe
def did_json(request: HttpRequest, code: str) -> HttpResponse:
    """Publish the institution's keys, old ones included."""
    institution = get_object_or_404(Institution, code__iexact=code)
    if not has_keys(institution):
        raise Http404
    return published(request, did_document(institution), "application/did+ld+json", FRESH)


@require_safe
def status_list(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Publish a status list as it was last signed."""
    listed = get_object_or_404(StatusList, institution__code__iexact=code, number=number)
    return published(request, listed.document, "application/vc+ld+json", FRESH)


@require_safe
@paced("opened", OPENED)
def statement(request: HttpRequest, public_id: object) -> HttpResponse:
    """Publish the structured statement that a credential binds by its digest, unless it is hidden."""
    credential = open_credential(public_id)
    if not credential.shown or not credential.mms:
        raise Http404
    return published(request, credential.mms.encode(), "application/json", FRESH)


@require_safe
@paced("opened", OPENED)
def badge(request: HttpRequest, public_id: object, form: str) -> HttpResponse:
    """Send the badge with the credential in it, unless it is hidden."""
    credential = open_credential(public_id)
    if not credential.shown or form not in {"png", "svg"}:
        raise Http404
    response = handed_over(request, credential, f"badge-{form}")
    response["Content-Disposition"] = "inline"
    return response
