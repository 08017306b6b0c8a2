"""Deciding many claims at once: those whose recommendation is clear, from many applications."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.applications.actions.bulk import STAGE_OF, Told, clear_claims, clear_of, confirm_many
from portal.applications.actions.deciding import confirmed
from portal.numbers import whole_number, whole_numbers
from portal.wording import in_language
from tauliah.values.vocabulary import VOCABULARY

PER_PAGE = 50
for_deciders = for_roles(*(Role(role) for role in STAGE_OF))


@require_http_methods(["GET", "HEAD", "POST"])
@for_deciders
def deciding(request: ActingRequest) -> HttpResponse:
    """Show the claims that can be confirmed, or confirm the ticked ones and tell what became of each."""
    acting = request.acting
    assert acting is not None
    if request.method != "POST":
        return page(request, acting)
    ticked = set(whole_numbers(request.POST.getlist("claim")))
    if not ticked:
        return page(request, acting, refused=_("Tick at least one course."), status=422)
    return page(request, acting, told=confirm_many(acting, ticked, versions_of(request)))


def versions_of(request: ActingRequest) -> dict[int, int]:
    """Return the versions that the page was written for, by application."""
    sent = [(name.removeprefix("version-"), str(value)) for name, value in request.POST.items()]
    read = [(whole_number(name), whole_number(value)) for name, value in sent]
    return {name: value for name, value in read if name is not None and value is not None}


def page(
    request: ActingRequest,
    acting: Appointment,
    *,
    told: list[Told] | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show what can be confirmed, below what was done just now."""
    found = Paginator(clear_claims(acting), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": found,
        "rows": [(application, [row_of(claim) for claim in clear_of(application)]) for application in found],
        "told": told,
        "decided": sum(one.decided for one in told or ()),
        "refused": refused,
        "stage": STAGE_OF[acting.role],
    }
    return render(request, "applications/staff_deciding.html", shown, status=status)


def row_of(claim: Any) -> dict[str, Any]:
    """Return a claim with what confirming it does."""
    verdict = confirmed(claim)
    assert verdict is not None
    return {
        "claim": claim,
        "verdict": verdict,
        "award": in_language(VOCABULARY["award"][verdict.award]) if verdict.award else "",
        "outcome": in_language(VOCABULARY["claim_outcome"][claim.recommended_outcome]),
        "sources": ", ".join(source.code for source in claim.sources.all() if source.code),
    }
