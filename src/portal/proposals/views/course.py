"""What every page about one course shows: its name, where it stands, whose turn it is, its other pages."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.accounts.roles import Role
from portal.numbers import whole_number
from portal.proposals.access import READERS
from portal.proposals.criteria import sorts_of
from portal.proposals.models import Proposal
from portal.wording import in_language

for_readers = for_roles(*sorted(READERS))


def acting_of(request: ActingRequest) -> Appointment:
    """Return in what somebody acts; the gate made sure that they do."""
    assert request.acting is not None
    return request.acting


def course_page(proposal: Proposal, here: str, **shown: Any) -> dict[str, Any]:
    """Return what a page about a course shows beside its own part; ``here`` names its tab."""
    state = proposal.state_now()
    return {
        "proposal": proposal,
        "state": state,
        "holder": holder_words(proposal),
        "tabs": tabs_of(proposal, here),
        **shown,
    }


def holder_words(proposal: Proposal) -> str:
    """Name whose turn it is: the developer by name, others by their role."""
    holder = proposal.state_now().holder
    if holder == Role.LECTURER:
        return proposal.developer.name
    return str(Role(holder).label) if holder in Role.values else ""


def tabs_of(proposal: Proposal, here: str) -> list[dict[str, Any]]:
    """Return the pages about a course that it has by now."""
    process = proposal.declared()
    begun = proposal.approved_at is not None
    there = (
        ("proposal", _("Overview"), True),
        ("milestones", _("Development"), proposal.milestones.exists()),
        ("vettings", _("Vetting"), begun and "vetting" in process.states),
        ("evaluations", _("Evaluation"), proposal.submitted_at is not None and bool(sorts_of(proposal))),
        ("registrations", _("Registration"), proposal.submitted_at is not None),
        ("enquiries", _("Questions"), True),
        ("partners", _("Partners"), proposal.state == "registered"),
        ("quality", _("Quality"), proposal.submitted_at is not None),
    )
    return [
        {"url": reverse(f"proposals:{name}", args=[proposal.pk]), "label": label, "here": name == here}
        for name, label, shown in there
        if shown
    ]


def did(
    request: HttpRequest, do: Callable[[], object], where: str, message: str | Promise = ""
) -> HttpResponse:
    """Do what somebody pressed and lead back; a refusal is told there, nothing is changed by it."""
    try:
        do()
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, str(message) or _("Saved."))
    return redirect(where)


def version_of(request: HttpRequest) -> int:
    """Return the version that the person saw; a form without one was made by nobody."""
    return whole_number(request.POST.get("version", "")) or 0


def stands(proposal: Proposal) -> str:
    """Say where a proposal stands now."""
    told = _("The course now stands at “%(state)s”.")
    return told % {"state": in_language(proposal.state_now().label)}
