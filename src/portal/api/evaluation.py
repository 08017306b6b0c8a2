"""POST /evaluate: one case in, its result out; many cases in, each with its result or its error."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.api.bodies import document_in
from portal.api.problems import INVALID_CASE, TOO_LARGE, FieldError, Problem
from portal.packs import packs
from tauliah.evaluate import evaluate
from tauliah.values.case import InvalidCase

Json = dict[str, Any]


def most_cases() -> int:
    """How many cases one request may bring."""
    most: int = getattr(settings, "TAULIAH_API_MOST_CASES", 1_000)
    return most


def evaluated(request: HttpRequest) -> HttpResponse:
    """Evaluate what the body holds; raises `Problem` for a body that cannot be read or a case not valid."""
    document = document_in(request)
    if isinstance(document, list):
        return JsonResponse(_each(document), safe=False)
    try:
        return JsonResponse(evaluate(document, packs()))
    except InvalidCase as error:
        raise _problem(error) from error


def _each(documents: list[Any]) -> list[Json]:
    if len(documents) > most_cases():
        detail = _("A list may have %(most)s cases at most; this one has %(count)s.")
        raise Problem(TOO_LARGE, detail % {"most": most_cases(), "count": len(documents)})
    return [{"index": index, **_outcome(document)} for index, document in enumerate(documents)]


def _outcome(document: Any) -> Json:
    """The result of one case of a list, or what is wrong with it: one bad case never stops the others."""
    try:
        return {"result": evaluate(document, packs())}
    except InvalidCase as error:
        problems = [{"where": p.where, "message": p.message.as_dict()} for p in error.problems]
        return {"error": {**problems[0], "problems": problems}}


def _problem(error: InvalidCase) -> Problem:
    language = get_language() or "ms"
    errors = tuple(FieldError(p.where, p.message.in_language(language)) for p in error.problems)
    first = errors[0]
    return Problem(
        INVALID_CASE,
        f"{first.where}: {first.message}" if first.where else first.message,
        errors,
    )
