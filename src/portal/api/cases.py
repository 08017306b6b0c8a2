"""The routes about cases: evaluate them, and read what a case may hold."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Path, Router

from portal.api.evaluation import evaluated
from portal.api.example import CASE
from portal.api.openapi import COMPONENTS, case_name, described
from portal.api.problems import (
    INVALID_CASE,
    LENGTH_REQUIRED,
    MALFORMED,
    NOT_FOUND,
    TOO_LARGE,
    WRONG_MEDIA_TYPE,
    Problem,
)
from tauliah.evaluate import KINDS, json_schema

Kind = Annotated[str, Path(description=_("The kind of case, for example transfer."))]

router = Router(tags=[_("Cases")])

A_CASE = {"oneOf": [{"$ref": COMPONENTS + case_name(kind)} for kind in KINDS]}
A_LIST = {
    "type": "array",
    "description": _("Cases; one that is not valid gets an error in its place and stops none of the others."),
    "items": {},
}
RESULTS = {
    "anyOf": [
        {"$ref": f"{COMPONENTS}Result"},
        {"type": "array", "items": {"$ref": f"{COMPONENTS}ListedResult"}},
    ]
}
BODY: dict[str, Any] = {
    "required": True,
    "description": _("One case, or a list of cases (JSON only)."),
    "content": {
        "application/json": {
            "schema": {"anyOf": [*A_CASE["oneOf"], A_LIST]},
            "examples": {"case": {"value": CASE}, "list": {"value": [CASE]}},
        },
        "application/yaml": {"schema": A_CASE, "examples": {"case": {"value": CASE}}},
    },
}


def _evaluate_described() -> dict[str, Any]:
    extra = described(
        _("The result of the case, or for a list one entry for each case, in the same order."),
        MALFORMED,
        LENGTH_REQUIRED,
        TOO_LARGE,
        WRONG_MEDIA_TYPE,
        INVALID_CASE,
    )
    extra["responses"][200]["content"] = {"application/json": {"schema": RESULTS}}
    return extra | {"requestBody": BODY}


def _schema_described() -> dict[str, Any]:
    extra = described(_("The JSON Schema of a case."), NOT_FOUND)
    extra["responses"][200]["content"] = {"application/schema+json": {"schema": {"type": "object"}}}
    return extra


@router.post(
    "/evaluate",
    operation_id="evaluate_cases",
    summary=_("Evaluate cases"),
    openapi_extra=_evaluate_described(),
)
def evaluate_cases(request: HttpRequest) -> HttpResponse:
    """Evaluate one case, or each case of a list."""
    return evaluated(request)


@router.get(
    "/schema/{kind}",
    operation_id="read_schema",
    summary=_("Read what a case may hold"),
    openapi_extra=_schema_described(),
)
def read_schema(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Read the JSON Schema of a case."""
    if kind not in KINDS:
        detail = gettext("There is no kind %(kind)s; there are: %(kinds)s.")
        raise Problem(NOT_FOUND, detail % {"kind": kind, "kinds": ", ".join(KINDS)})
    return JsonResponse(json_schema(kind), content_type="application/schema+json")
