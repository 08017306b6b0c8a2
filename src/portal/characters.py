"""Addresses and forms without the character that no text holds and no database keeps (U+0000)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def without_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Leave the character out of what a page is asked and sent; nobody types it, only scanners send it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = cleaned(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and request.content_type in FORMS and holds_nul(request.POST):
            request.POST = cleaned(request.POST)  # type: ignore[assignment]
        return get_response(request)

    return answer


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
