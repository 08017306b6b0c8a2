"""Taking a step of a course’s process, and endorsing the demand for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import NotAllowed, Refused
from portal.proposals.access import proposal_for
from portal.proposals.actions.reviewing import endorse_demand, take_step
from portal.proposals.views.course import acting_of, for_readers, stands, version_of
from portal.proposals.views.file import page


@require_POST
@for_readers
def step(request: ActingRequest, pk: int, step: str) -> HttpResponse:
    """Take a step; what it lacks, or a missing reason, is told on the course’s page."""
    acting, found = acting_of(request), proposal_for(request.acting, pk)
    if step not in found.declared().steps:
        raise NotAllowed
    reason = request.POST.get("reason", "")[:5000]
    try:
        now = take_step(acting, found, step, version=version_of(request), reason=reason)
    except Refused as refused:
        return page(request, proposal_for(request.acting, pk), refused, step)
    messages.success(request, stands(now))
    return redirect("proposals:proposal", pk)


@require_POST
@for_readers
def endorsement(request: ActingRequest, pk: int) -> HttpResponse:
    """Endorse, as head of PTj, the demand for a course."""
    acting, found = acting_of(request), proposal_for(request.acting, pk)
    try:
        endorse_demand(acting, found, version=version_of(request))
    except Refused as refused:
        return page(request, proposal_for(request.acting, pk), refused, "endorsement")
    messages.success(request, _("The demand is endorsed."))
    return redirect("proposals:proposal", pk)
