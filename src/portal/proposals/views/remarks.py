"""Comments at the fields of a proposal: written, answered, resolved."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import Refused
from portal.proposals.access import READERS, proposal_for
from portal.proposals.actions.remarking import remark, reply, resolve
from portal.proposals.models import Proposal

for_readers = for_roles(*sorted(READERS))


def back(request: ActingRequest, proposal: Proposal) -> HttpResponse:
    """Go back to the page on which the comment was written."""
    where = request.POST.get("back", "")
    if where.startswith("/") and url_has_allowed_host_and_scheme(
        where, {request.get_host()}, require_https=request.is_secure()
    ):
        return redirect(where)
    return redirect(proposal)


@require_POST
@for_readers
def write(request: ActingRequest, pk: int) -> HttpResponse:
    """Comment on a field, or on the whole."""
    proposal = proposal_for(request.acting, pk)
    assert request.acting is not None
    try:
        remark(request.acting, proposal, request.POST.get("field", ""), request.POST.get("text", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The comment was kept; the developers are told."))
    return back(request, proposal)


@require_POST
@for_readers
def answer(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Answer a comment."""
    proposal = proposal_for(request.acting, pk)
    assert request.acting is not None
    answered = get_object_or_404(proposal.remarks, pk=number)
    try:
        reply(request.acting, answered, request.POST.get("text", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The answer was kept."))
    return back(request, proposal)


@require_POST
@for_readers
def settle(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Call a comment dealt with, or open it again."""
    proposal = proposal_for(request.acting, pk)
    assert request.acting is not None
    resolve(
        request.acting,
        get_object_or_404(proposal.remarks, pk=number),
        resolved=request.POST.get("resolved") != "no",
    )
    return back(request, proposal)
