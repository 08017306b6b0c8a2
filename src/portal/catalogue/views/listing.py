"""What every list shares: its search, its pages of 25, its file, and its answer to a search while typing."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from portal.exports.listing import FORM, Listing, exported

ON_A_PAGE = 25
FOUND = "found"
"""The part of the page that a search while typing replaces."""


def asked(request: HttpRequest, *names: str) -> dict[str, str]:
    """Return what the query string says under these names, shortened to what a search may hold."""
    return {name: request.GET.get(name, "").strip()[:200] for name in names}


def holding(words: str, *fields: str) -> Q:
    """Return the condition that each word stands in one of the fields."""
    wanted = Q()
    for word in words.split()[:10]:
        either = Q()
        for field in fields:
            either |= Q(**{f"{field}__icontains": word})
        wanted &= either
    return wanted


def chosen(words: Mapping[str, str], **fields: str) -> Q:
    """Return the condition of the filters that are set; ``fields`` gives each filter's field."""
    wanted = Q()
    for name, field in fields.items():
        if words[name]:
            wanted &= Q(**{field: words[name]})
    return wanted


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    """Return the page of rows that was asked for; a page that does not exist is the nearest one."""
    return Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))


def answer(
    request: HttpRequest, template: str, listing: Listing[Any], context: dict[str, Any]
) -> HttpResponseBase:
    """Answer with the list as a file, as the part that a search replaces, or as the whole page."""
    if form := request.GET.get(FORM):
        return exported(listing, form)
    assert isinstance(listing.rows, QuerySet)
    context["page"] = page_of(request, listing.rows)
    searched = request.headers.get("HX-Target") == FOUND
    response = render(request, template.replace("/", "/_found_") if searched else template, context)
    patch_vary_headers(response, ["HX-Target"])
    return response


def active_of(words: Mapping[str, str]) -> Q:
    """Return the condition of the filter ``state``: offered (unless asked otherwise), retired, or all."""
    match words["state"]:
        case "all":
            return Q()
        case "retired":
            return Q(active=False)
        case _:
            return Q(active=True)


def digits(words: Mapping[str, str], name: str) -> str:
    """Return a filter that is a number, or nothing where it is none that a database takes."""
    number = words[name]
    return number if number.isascii() and number.isdecimal() and len(number) < 10 else ""
