"""The quality page of a course: which processes it has gone through, and where it stands in the procedure."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.models import Appointment
from portal.processes.drawing import drawn
from portal.proposals.access import CENTRE, PROPOSERS, proposal_for
from portal.proposals.quality import Row, rows_of
from portal.proposals.views.course import course_page, for_readers


@require_safe
@for_readers
def quality(request: ActingRequest, pk: int) -> HttpResponse:
    """Show which processes of quality are done, and the procedure with the current step."""
    found = proposal_for(request.acting, pk)
    rows = rows_of(found)
    shown = course_page(
        found,
        "quality",
        rows=[(row, link_of(request.acting, row, pk)) for row in rows],
        done=sum(row.done is True for row in rows),
        asked=sum(row.done is not None for row in rows),
        **drawn(found.declared(), found.state),
    )
    return render(request, "proposals/quality.html", shown)


def link_of(acting: Appointment | None, row: Row, pk: int) -> str:
    """Return where a process is seen; nothing where it has no page that the reader may open."""
    if not row.route:
        return ""
    if ":" in row.route:
        return reverse(row.route)
    if row.route == "workshops":
        opens = acting is not None and acting.role in PROPOSERS | CENTRE
        return reverse("proposals:workshops") if opens else ""
    return reverse(f"proposals:{row.route}", args=[pk])
