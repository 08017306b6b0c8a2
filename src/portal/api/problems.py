"""What went wrong, as RFC 9457 problem details in the caller's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class ProblemType:
    """One sort of problem: its name in the address of its explanation, and its words (to be translated)."""

    name: str
    status: HTTPStatus
    title: str
    meaning: str


TYPES: tuple[ProblemType, ...] = (
    MALFORMED := ProblemType(
        "malformed-body",
        HTTPStatus.BAD_REQUEST,
        _("The body cannot be read"),
        _("The body is not well-formed JSON or YAML in UTF-8. The detail names the line and column."),
    ),
    NOT_FOUND := ProblemType(
        "not-found",
        HTTPStatus.NOT_FOUND,
        _("Not found"),
        _("There is no such address, policy, clause, parameter or kind of case."),
    ),
    NOT_IN_FORCE := ProblemType(
        "not-in-force",
        HTTPStatus.NOT_FOUND,
        _("Not in force on that day"),
        _("The day asked about is before the first day for which the policy states a value."),
    ),
    METHOD_NOT_ALLOWED := ProblemType(
        "method-not-allowed",
        HTTPStatus.METHOD_NOT_ALLOWED,
        _("Method not allowed"),
        _("The address exists, but not for this method. The header Allow lists those that work."),
    ),
    LENGTH_REQUIRED := ProblemType(
        "length-required",
        HTTPStatus.LENGTH_REQUIRED,
        _("The length of the body is missing"),
        _("The body came in chunks. Send it whole, with the header Content-Length."),
    ),
    TOO_LARGE := ProblemType(
        "content-too-large",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        _("The body is too large"),
        _("The body has too many bytes or too many cases. Send the cases in several requests."),
    ),
    WRONG_MEDIA_TYPE := ProblemType(
        "unsupported-media-type",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        _("Media type not supported"),
        _("A body is read as application/json or application/yaml, without compression."),
    ),
    INVALID_CASE := ProblemType(
        "invalid-case",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _("The case is not valid"),
        _("The case was read but cannot be evaluated. Each entry of errors names a field and the remedy."),
    ),
    INVALID_PARAMETER := ProblemType(
        "invalid-parameter",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _("A parameter of the address is not valid"),
        _("Each entry of errors names a parameter and the remedy."),
    ),
    INTERNAL := ProblemType(
        "internal-error",
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _("The system ran into a problem"),
        _("It has been recorded. Nothing was stored; the request may be sent again."),
    ),
)


@dataclass(frozen=True)
class FieldError:
    """One field that is wrong, and what to do about it, in the caller's language."""

    where: str
    message: str


@dataclass
class Problem(Exception):
    """A request that cannot be answered; `detail` is in the caller's language already."""

    type: ProblemType
    detail: str = ""
    errors: tuple[FieldError, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Write a problem as the body of a response."""
    kind = problem.type
    body: dict[str, object] = {
        "type": f"{reverse('api:docs')}#{kind.name}",
        "title": gettext(kind.title),
        "status": kind.status.value,
        "detail": problem.detail or gettext(kind.meaning),
        "instance": request.path,
    }
    if problem.errors:
        body["errors"] = listed(problem.errors)
    return JsonResponse(body, status=kind.status, content_type=MEDIA_TYPE, headers=dict(problem.headers))


def listed(errors: Iterable[FieldError]) -> list[dict[str, str]]:
    """Write field errors as JSON."""
    return [{"where": error.where, "message": error.message} for error in errors]
