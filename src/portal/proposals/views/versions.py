"""The versions of a proposal, and what differs between two of them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.proposals.access import proposal_for
from portal.proposals.content import values_of
from portal.proposals.models import Proposal, Version
from portal.proposals.reading import pages_of
from portal.proposals.threads import with_threads
from portal.proposals.versions import differences, values_then
from portal.proposals.views.remarks import for_readers

NOW = "now"


@require_safe
@for_readers
def versions(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the versions, and the differences between two of them; by default since the last that differs."""
    proposal = proposal_for(request.acting, pk)
    kept = list(proposal.versions.select_related("made_by__person").order_by("-number"))
    older = chosen(kept, request.GET.get("from", ""), last_other(proposal, kept))
    newer = chosen(kept, request.GET.get("to", ""), None)
    shown: dict[str, Any] = {
        "proposal": proposal,
        "versions": [(version, occasion(proposal, version)) for version in kept],
        "older": older,
        "newer": newer,
    }
    if older is not None:
        after = values_then(newer) if newer else values_of(proposal)
        shown["differences"] = differences(proposal, values_then(older), after)
    return render(request, "proposals/versions.html", shown)


def last_other(proposal: Proposal, kept: list[Version]) -> Version | None:
    """Return the last version that holds something else than the proposal now; the last if none does."""
    now = values_of(proposal)
    differing = (version for version in kept if differences(proposal, values_then(version), now))
    return next(differing, kept[0] if kept else None)


def chosen(kept: list[Version], number: str, otherwise: Version | None) -> Version | None:
    """Return the version with a number; as it stands now is none."""
    if number == NOW:
        return None
    return next((version for version in kept if str(version.number) == number), otherwise)


def occasion(proposal: Proposal, version: Version) -> Any:
    """Return the words of the step at which a version was kept, if it was one of the process."""
    step = proposal.declared().steps.get(version.step)
    return step.label if step else None


@require_safe
@for_readers
def version(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Show the form as a version keeps it."""
    proposal = proposal_for(request.acting, pk)
    kept = get_object_or_404(proposal.versions.select_related("made_by__person"), number=number)
    shown = {
        "proposal": proposal,
        "version": kept,
        "occasion": occasion(proposal, kept),
        "pages": with_threads(pages_of(proposal, values_then(kept))),
    }
    return render(request, "proposals/version.html", shown)
