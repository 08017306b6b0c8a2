"""The quality page of a course: which processes it has gone through, and where it stands in the procedure."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.proposals.access import proposal_for
from portal.proposals.quality import Row, rows_of
from portal.proposals.views.course import course_page, for_readers
from tauliah.policy.diagram import svg
from tauliah.values.text import Language


@require_safe
@for_readers
def quality(request: ActingRequest, pk: int) -> HttpResponse:
    """Show which processes of quality are done, and the procedure with the current step."""
    found = proposal_for(request.acting, pk)
    rows = rows_of(found)
    language: Language = "en" if (get_language() or "ms").startswith("en") else "ms"
    shown = course_page(
        found,
        "quality",
        rows=[(row, link_of(row, pk)) for row in rows],
        done=sum(row.done is True for row in rows),
        asked=sum(row.done is not None for row in rows),
        drawing=mark_safe(svg(found.declared(), language, found.state)),  # noqa: S308 - drawn here, escaped
    )
    return render(request, "proposals/quality.html", shown)


def link_of(row: Row, pk: int) -> str:
    """Return where a process is seen; nothing where it has no page of its own."""
    if not row.route:
        return ""
    if ":" in row.route:
        return reverse(row.route)
    return (
        reverse("proposals:workshops")
        if row.route == "workshops"
        else reverse(f"proposals:{row.route}", args=[pk])
    )
