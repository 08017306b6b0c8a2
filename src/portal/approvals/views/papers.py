"""Agendas, papers and extracts of minutes as PDF."""

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.approvals.access import item_for, meeting_for, must_read
from portal.approvals.agenda import item_pdf, language_asked, meeting_pdf
from portal.approvals.minutes import minutes_pdf


def sent(pdf: bytes, name: str) -> HttpResponse:
    """Answer with a PDF to be looked at."""
    headers = {"Content-Disposition": f'inline; filename="{slugify(name)}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_safe
@for_people
def agenda(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the agenda of a meeting with its papers."""
    must_read(request.acting)
    found = meeting_for(request.acting, pk)
    return sent(meeting_pdf(found, language_asked(request.GET.get("language"))), f"agenda {found}")


@require_safe
@for_people
def item_paper(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the paper of one item."""
    must_read(request.acting)
    found = item_for(request.acting, pk)
    return sent(item_pdf(found, language_asked(request.GET.get("language"))), f"{found.kind} {found.pk}")


@require_safe
@for_people
def minutes(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the extract of all that a meeting decided; there is none before it did."""
    must_read(request.acting)
    found = meeting_for(request.acting, pk)
    items = list(found.items.exclude(decision="").select_related("decided_by__person"))
    if not items:
        raise Http404
    return sent(minutes_pdf(found, items, language_asked(request.GET.get("language"))), f"minit {found}")


@require_safe
@for_people
def item_minutes(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the extract about one item; there is none before it is decided."""
    must_read(request.acting)
    found = item_for(request.acting, pk)
    if found.meeting is None or not found.decision:
        raise Http404
    pdf = minutes_pdf(found.meeting, [found], language_asked(request.GET.get("language")))
    return sent(pdf, f"minit {found.meeting} {found.position or found.pk}")
