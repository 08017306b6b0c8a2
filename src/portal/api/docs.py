"""The API's documentation: the OpenAPI document, and a page of the portal made from it."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from portal.api.example import CASE
from portal.api.interface import api
from portal.api.openapi import openapi_of
from portal.api.problems import INTERNAL, METHOD_NOT_ALLOWED, TYPES

Json = dict[str, Any]

EVERYWHERE = {str(problem.status.value) for problem in (METHOD_NOT_ALLOWED, INTERNAL)}
"""What any operation may answer; told once, among the problems."""


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """Answer with the OpenAPI document."""
    return JsonResponse(openapi_of(api))


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what the API offers."""
    contents = openapi_of(api)
    return render(
        request,
        "api/docs.html",
        {
            "about": contents["info"]["description"],
            "operations": list(_operations(contents)),
            "problems": [
                {
                    "name": t.name,
                    "status": t.status.value,
                    "title": gettext(t.title),
                    "meaning": gettext(t.meaning),
                }
                for t in TYPES
            ],
            "example": json.dumps(CASE, indent=2, ensure_ascii=False),
            "server": request.build_absolute_uri("/").rstrip("/"),
        },
    )


def _operations(document: Json) -> Iterator[Json]:
    for address, methods in document["paths"].items():
        for method, operation in methods.items():
            yield {
                "method": method.upper(),
                "address": address,
                "anchor": operation["operationId"],
                "summary": operation["summary"],
                "parameters": [_parameter(parameter) for parameter in operation["parameters"]],
                "media_types": list(operation.get("requestBody", {}).get("content", ())),
                "responses": [
                    {
                        "status": status,
                        "description": response["description"],
                        "media_types": list(response.get("content", ())),
                    }
                    for status, response in operation["responses"].items()
                    if status not in EVERYWHERE
                ],
            }


def _parameter(parameter: Json) -> Json:
    schema = parameter["schema"]
    return {
        "name": parameter["name"],
        "place": parameter["in"],
        "required": parameter["required"],
        "description": parameter.get("description", ""),
        "choices": schema.get("enum", ()),
        "type": schema.get("format") or schema.get("type") or "date",
        "default": schema.get("default"),
    }
