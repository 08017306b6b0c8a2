"""Comments at the fields of a proposal: written, answered, resolved."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.proposals.access import READERS, proposal_for
from portal.proposals.actions.remarking import may_remark, may_resolve, remark, reply, resolve
from portal.proposals.models import Proposal, Remark

for_readers = for_roles(*sorted(READERS))


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers, and whether the reader may call it dealt with."""

    first: Remark
    replies: tuple[Remark, ...]
    resolvable: bool


@dataclass(frozen=True, slots=True)
class Remarks:
    """All comments of a proposal by field; those of the whole stand under an empty name."""

    threads: dict[str, list[Thread]]
    may_write: bool

    @property
    def whole(self) -> list[Thread]:
        """Comments on the whole of it."""
        return self.threads.get("", [])

    @property
    def open(self) -> int:
        """How many are not dealt with."""
        return sum(t.first.resolved_at is None for threads in self.threads.values() for t in threads)


def at_fields(acting: Appointment | None, proposal: Proposal) -> Remarks:
    """Return the comments of a proposal, thread by thread."""
    found = list(
        proposal.remarks.select_related("by__person", "resolved_by", "proposal").order_by("at", "pk")
    )
    replies: dict[int, list[Remark]] = {}
    for one in found:
        if one.answers_id:
            replies.setdefault(one.answers_id, []).append(one)
    threads: dict[str, list[Thread]] = {}
    for one in found:
        if one.answers_id is None:
            thread = Thread(one, tuple(replies.get(one.pk, ())), may_resolve(acting, one))
            threads.setdefault(one.field, []).append(thread)
    return Remarks(threads, may_remark(acting, proposal))


def back(request: ActingRequest, proposal: Proposal) -> HttpResponse:
    """Go back to the page on which the comment was written."""
    where = request.POST.get("back", "")
    if where and url_has_allowed_host_and_scheme(
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
