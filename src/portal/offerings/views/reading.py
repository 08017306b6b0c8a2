"""What the pages of an offering share: the row, its tabs, and answering a refusal on the page itself."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import Refused
from portal.offerings.access import STAFF, offering_for
from portal.offerings.models import Offering
from portal.offerings.rights import sets_up

for_staff = for_roles(*sorted(STAFF))
"""Opens a page to the roles that have work with offerings."""
UNPROCESSABLE = 422
TONES = {"running": "good", "announced": "good", "cancelled": "bad", "readiness": "wait", "approval": "wait"}


def offering_of(request: ActingRequest, pk: int) -> Offering:
    """Return an offering that the person may see; raises ``Http404``."""
    return offering_for(request.acting, pk)


def on_page(
    request: ActingRequest,
    template: str,
    offering: Offering,
    tab: str,
    refused: Refused | None = None,
    **shown: Any,
) -> HttpResponse:
    """Show a page of an offering; one on which something was refused answers 422."""
    context = {
        "offering": offering,
        "tab": tab,
        "state": offering.state_now(),
        "tone": TONES.get(offering.state, ""),
        "sets_up": sets_up(request.acting, offering),
        "has_lists": bool(offering.declared().checklists),
        "refused": refused,
        "public_address": address_of_public(offering),
    } | shown
    return render(request, template, context, status=UNPROCESSABLE if refused else 200)


def address_of_public(offering: Offering) -> str:
    """Return the address of the page for the public; empty before the offering is announced."""
    return reverse("learn:offering", args=[offering.pk]) if offering.is_public else ""


def must_have_read(request: ActingRequest) -> None:
    """Raise ``Refused`` where somebody signs an agreement without ticking that they have read it."""
    if request.POST.get("read") != "yes":
        raise Refused(_("Tick that you have read the agreement, then sign."))


def version_of(request: ActingRequest) -> int | None:
    """Return the version that the person saw."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None
