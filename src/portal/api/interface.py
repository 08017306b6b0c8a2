"""The API itself: its routes, and who answers when one of them raises."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from portal.api import cases, packs
from portal.api.boundary import invalid_parameter

api = NinjaAPI(
    title="Tauliah",
    version="1.0.0",
    urls_namespace="api:v1",
    docs_url=None,
    openapi_url=None,
)
api.add_router("", cases.router)
api.add_router("", packs.router)


def _left_to_the_boundary(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    raise error


api.add_exception_handler(Exception, _left_to_the_boundary)
api.add_exception_handler(ValidationError, invalid_parameter)
