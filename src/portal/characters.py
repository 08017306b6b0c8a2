"""Addresses and forms without the character that no text holds and no database keeps (U+0000)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


class WithoutNulMiddleware:
    """Leaves the character out of what a page is asked and sent; nobody types it, only scanners send it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Clean the address."""
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = cleaned(request.GET)  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_given: Any) -> None:
        """Clean the form of a page; what software sends is left to who reads it, byte by byte."""
        if (
            request.method != "POST"
            or request.content_type not in FORMS
            or getattr(view, "csrf_exempt", False)
        ):
            return
        if holds_nul(request.POST):
            request.POST = cleaned(request.POST)  # type: ignore[assignment]


def holds_nul(sent: QueryDict) -> bool:
    """Say whether any name or value has the character."""
    return any(NUL in name or any(NUL in value for value in values) for name, values in sent.lists())


def cleaned(sent: QueryDict) -> QueryDict:
    """Return what was sent without the character."""
    kept = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        kept.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in values])
    kept._mutable = False
    return kept
