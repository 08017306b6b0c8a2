"""The edge of the API: whatever happens behind it, the caller gets JSON in a language of theirs."""

import logging
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import ValidationError

from portal.api.problems import (
    INTERNAL,
    INVALID_PARAMETER,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    FieldError,
    Problem,
    answer,
)
from tauliah.values.text import LANGUAGES

log = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


def asked_language(request: HttpRequest) -> str:
    """Return the caller's language by the header Accept-Language; Malay where it names neither."""
    for tag, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        language = tag.partition("-")[0]
        if language in LANGUAGES:
            return language
    return "ms"


def bounded(view: View) -> View:
    """Answer in the caller's language, and with a problem where the view raises or refuses the method.

    The API keeps no session and reads no cookie, so a request needs no token against forgery.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        with translation.override(asked_language(request)):
            response = _answered(view, request, *args, **kwargs)
            response.headers.setdefault("Content-Language", translation.get_language() or "ms")
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return csrf_exempt(inner)


def bounded_page(view: View) -> View:
    """Answer with a page in the language its reader chose, but with problems like the rest of the API."""

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return _answered(view, request, *args, **kwargs)

    return csrf_exempt(inner)


def _answered(view: View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    asked = request.method
    request.method = "GET" if asked == "HEAD" else asked
    try:
        response = view(request, *args, **kwargs)
    except Problem as problem:
        return answer(request, problem)
    except Http404:
        return answer(request, Problem(NOT_FOUND))
    except Exception:
        log.exception("the API could not answer %s", request.path)
        return answer(request, Problem(INTERNAL))
    finally:
        request.method = asked
    if response.status_code == METHOD_NOT_ALLOWED.status:
        return answer(request, _wrong_method(request, response))
    return response


def _wrong_method(request: HttpRequest, response: HttpResponse) -> Problem:
    allowed = set(response.headers["Allow"].split(", "))
    listed = ", ".join(sorted(allowed | {"HEAD"} if "GET" in allowed else allowed))
    detail = _("%(method)s is not possible here; possible: %(allowed)s.")
    return Problem(
        METHOD_NOT_ALLOWED,
        detail % {"method": request.method, "allowed": listed},
        headers={"Allow": listed},
    )


@bounded
def unknown_route(request: HttpRequest) -> HttpResponse:
    """Answer 404 to an address the API does not have."""
    raise Problem(NOT_FOUND, _("The API has no address %(path)s.") % {"path": request.path})


def invalid_parameter(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    """Answer 422 to a parameter of the wrong form, naming it."""
    assert isinstance(error, ValidationError)
    errors = tuple(FieldError(str(e["loc"][-1]), _remedy(e)) for e in error.errors)
    return answer(request, Problem(INVALID_PARAMETER, errors[0].message, errors))


def _remedy(error: dict[str, object]) -> str:
    context = error.get("ctx")
    limits = context if isinstance(context, dict) else {}
    words = {
        "int_parsing": _("Must be a whole number."),
        "greater_than_equal": _("Must be %(ge)s or more."),
        "less_than_equal": _("Must be %(le)s or less."),
        "string_too_long": _("Too long; %(max_length)s characters at most."),
        "date_parsing": _("Must be a date of the form YYYY-MM-DD, for example 2025-09-15."),
        "date_from_datetime_parsing": _("Must be a date of the form YYYY-MM-DD, for example 2025-09-15."),
    }
    return words.get(str(error["type"]), _("This value is not valid.")) % limits
