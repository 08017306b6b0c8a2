"""Routes of the API, all behind the boundary; an address it does not have is a problem, never a page."""

from typing import Any

from django.urls import URLPattern, include, path, re_path

from portal.api import docs
from portal.api.boundary import bounded, bounded_page, unknown_route
from portal.api.interface import api

app_name = "api"


def _bounded_urls() -> tuple[list[Any], str]:
    patterns, name, _namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = bounded(pattern.callback)
    return patterns, name


urlpatterns = [
    path("v1/docs", bounded_page(docs.page), name="docs"),
    path("v1/openapi.json", bounded(docs.document), name="openapi"),
    path("v1/", include(_bounded_urls(), namespace="v1")),
    re_path("", unknown_route),
]
