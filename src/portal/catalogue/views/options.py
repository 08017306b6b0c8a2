"""Courses to choose from: a list for a field that searches while one types, or a page of its own."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.catalogue.access import courses_for
from portal.catalogue.views.entry import acted
from portal.catalogue.views.listing import asked, digits, holding

MOST = 20


@require_safe
@acted
def course_options(request: ActingRequest) -> HttpResponse:
    """Offer the courses that a search finds, those of a programme's plan only where one is named."""
    words = asked(request, "q", "course_code", "programme", "field")
    words["q"] = words["q"] or words["course_code"]
    rows = courses_for(request.acting).filter(active=True)
    if programme := digits(words, "programme"):
        rows = rows.filter(in_plans__programme=int(programme))
    found = rows.filter(holding(words["q"], "code", "name_ms", "name_en")).order_by("code", "pk")[: MOST + 1]
    context = {"words": words, "found": found[:MOST], "more": len(found) > MOST}
    within = bool(request.headers.get("HX-Request"))
    response = render(request, f"catalogue/{'_options' if within else 'options'}.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
