"""The application form as PDF."""

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.proposals.access import proposal_for
from portal.proposals.paper import paper
from portal.proposals.views.remarks import for_readers


@require_safe
@cache_control(private=True, no_store=True)
@for_readers
def printed(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the form of a proposal as it stands, to print."""
    proposal = proposal_for(request.acting, pk)
    name = f"{proposal.reference.replace('/', '-')}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(paper(proposal), content_type="application/pdf", headers=headers)
