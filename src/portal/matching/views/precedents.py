"""The register of precedents: what was settled before and may be used again."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import NotAllowed, Refused
from portal.exports.listing import FORM, Column, Listing, exported
from portal.matching.access import KEEPERS, comparisons_for, keeps, precedents_for
from portal.matching.actions import retire_precedent
from portal.matching.models import Precedent

PER_PAGE = 25
STATES = (
    ("use", gettext_lazy("In use")),
    ("expired", gettext_lazy("Expired")),
    ("retired", gettext_lazy("Taken out of use")),
)


@require_safe
@for_people
def precedents(request: ActingRequest) -> HttpResponseBase:
    """List the precedents of the institution; ``?form=xlsx`` exports them."""
    acting = request.acting
    today = timezone.localdate()
    asked = {
        name: " ".join(request.GET.get(name, "").split())[:100] for name in ("words", "state", "accepted")
    }
    found = narrowed(precedents_for(acting), asked, today)
    if FORM in request.GET:
        return exported(listing(found, today), request.GET[FORM])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    opened = comparisons_for(acting).filter(pk__in=[each.comparison_id for each in page])
    shown = {
        "page": page,
        "rows": [(each, state_of(each, today)) for each in page],
        "opened": set(opened.values_list("pk", flat=True)),
        "asked": asked,
        "filtered": any(asked.values()),
        "states": STATES,
        "may_retire": acting is not None and acting.role in KEEPERS,
    }
    return render(request, "matching/precedents.html", shown)


def narrowed(found: QuerySet[Precedent], asked: dict[str, str], today: date) -> QuerySet[Precedent]:
    """Keep what fits the filters."""
    match asked["state"]:
        case "use":
            found = found.filter(Q(valid_until=None) | Q(valid_until__gte=today), active=True)
        case "expired":
            found = found.filter(valid_until__lt=today, active=True)
        case "retired":
            found = found.filter(active=False)
    if asked["accepted"] in {"yes", "no"}:
        found = found.filter(accepted=asked["accepted"] == "yes")
    if words := asked["words"]:
        found = found.filter(
            Q(comparison__source__institution_name__icontains=words)
            | Q(comparison__source__codes__icontains=words)
            | Q(comparison__source__title__icontains=words)
            | Q(comparison__target__code__icontains=words)
            | Q(comparison__target__name_ms__icontains=words)
        )
    return found.order_by("-valid_from", "-pk")


def state_of(precedent: Precedent, today: date) -> tuple[str, Any]:
    """Return whether a precedent may be used on a day, by name and in words."""
    if not precedent.active:
        return STATES[2]
    expired = precedent.valid_until is not None and precedent.valid_until < today
    return STATES[1] if expired else STATES[0]


def listing(found: QuerySet[Precedent], today: date) -> Listing[Precedent]:
    """Return the register as a file to take along."""
    return Listing(
        gettext_lazy("precedents"),
        (
            Column(gettext_lazy("Institution"), lambda row: row.comparison.source.institution_name),
            Column(gettext_lazy("Source courses"), lambda row: row.comparison.source.codes),
            Column(gettext_lazy("Title"), lambda row: row.comparison.source.title),
            Column(gettext_lazy("Target"), lambda row: row.comparison.target.code),
            Column(gettext_lazy("Share settled on (%)"), lambda row: row.comparison.overlap),
            Column(gettext_lazy("Accepted"), lambda row: row.accepted),
            Column(gettext_lazy("Valid from"), lambda row: row.valid_from),
            Column(gettext_lazy("Valid until"), lambda row: row.valid_until),
            Column(gettext_lazy("State"), lambda row: state_of(row, today)[1]),
            Column(gettext_lazy("Note"), lambda row: row.note),
        ),
        found,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def retire(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask why a precedent is no longer to be used, and take it out of use."""
    precedent = get_object_or_404(precedents_for(request.acting), pk=pk)
    if request.acting is None or not keeps(request.acting, precedent.comparison):
        raise NotAllowed
    reason = request.POST.get("reason", "")[:5_000]
    shown: dict[str, Any] = {"precedent": precedent, "reason": reason}
    if request.method != "POST":
        return render(request, "matching/retire.html", shown)
    try:
        retire_precedent(request.acting, precedent, reason)
    except Refused as refused:
        return render(request, "matching/retire.html", shown | {"refused": refused}, status=422)
    messages.success(request, _("The precedent is no longer used; what rested on it stays."))
    return redirect("matching:precedents")
