"""Problems of these interfaces, as RFC 9457 details beside those of the API, and who asks too often."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.api.problems import FieldError, Problem, ProblemType
from portal.credentials.pace import too_often
from portal.exchange.vc_api.refusal import BadRequest
from portal.wording import in_language

UNAUTHORISED = ProblemType(
    "unauthorised",
    HTTPStatus.UNAUTHORIZED,
    gettext_noop("Access is missing"),
    gettext_noop("Send a token that is in force in the header Authorization: Bearer …"),
)
FORBIDDEN = ProblemType(
    "forbidden",
    HTTPStatus.FORBIDDEN,
    gettext_noop("The token does not reach as far as this"),
    gettext_noop("The administrator of the institution decides what a token may do."),
)
REFUSED = ProblemType(
    "refused",
    HTTPStatus.BAD_REQUEST,
    gettext_noop("The request is refused"),
    gettext_noop("Each entry of errors names a place in the body and the remedy."),
)
TOO_MANY = ProblemType(
    "too-many-requests",
    HTTPStatus.TOO_MANY_REQUESTS,
    gettext_noop("Too many requests"),
    gettext_noop("Wait for a minute, then go on."),
)


def unauthorised() -> Problem:
    """Return the problem of a request without a token in force."""
    return Problem(UNAUTHORISED, headers={"WWW-Authenticate": 'Bearer realm="Tauliah"'})


def refused(bad: BadRequest) -> Problem:
    """Return what is wrong with a body, each place with its remedy in the caller's language."""
    errors = tuple(FieldError(where, in_language(text)) for where, text in bad.findings)
    return Problem(REFUSED, errors[0].message if errors else "", errors)


def limited(request: HttpRequest, name: str) -> None:
    """Count a request of an address in this minute; raises ``Problem`` where there were too many."""
    if too_often(request, f"exchange-{name}", settings.TAULIAH_EXCHANGES_PER_MINUTE):
        raise Problem(TOO_MANY, _("Wait for a minute, then go on."), headers={"Retry-After": "60"})
