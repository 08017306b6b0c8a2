"""Reads the JSON of a request as credentials are read: bounded, nothing twice, nothing lost."""

from django.http import HttpRequest

from portal.api.problems import MALFORMED, TOO_LARGE, WRONG_MEDIA_TYPE, FieldError, Problem
from portal.wording import in_language
from tauliah.credentials.refusal import Refused
from tauliah.credentials.strict_json import LARGEST_BYTES, Json, read_object

TYPES = frozenset({"application/json", "application/ld+json", "application/vc+ld+json", "application/vc"})


def json_object(request: HttpRequest) -> Json:
    """Return the object in the body; raises ``Problem``."""
    if request.content_type not in TYPES:
        raise Problem(WRONG_MEDIA_TYPE, headers={"Accept-Post": "application/json"})
    body = request.read(LARGEST_BYTES + 1)
    if len(body) > LARGEST_BYTES:
        raise Problem(TOO_LARGE)
    try:
        return read_object(body)
    except Refused as refused:
        words = in_language(refused.message)
        errors = (FieldError(refused.where, words),) if refused.where else ()
        raise Problem(MALFORMED, words, errors) from refused
