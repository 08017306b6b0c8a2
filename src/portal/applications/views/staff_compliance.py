"""The compliance report: overrides, what took too long, equal courses decided differently."""

from datetime import date
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.applications.access import decisions_for, submitted_applications
from portal.applications.compliance import Differing, Late, deciding, differing, late_ones, shares
from portal.applications.models import Decision
from portal.applications.views.staff_audit import day_in, listing, word
from portal.applications.views.staff_samples import for_audits
from portal.exports.listing import FORM, Column, Listing, exported
from portal.numbers import whole_number
from portal.wording import in_language

MOST = 100
"""How many rows of each list the page shows; a file holds all."""


@require_safe
@for_audits
def compliance(request: ActingRequest) -> HttpResponseBase:
    """Report on a period (UTM Jadual 5(6)); ``?form=xlsx&list=late`` exports one of its lists."""
    acting = request.acting
    assert acting is not None
    since, until = period(request)
    decisions = deciding(decisions_for(acting), since, until)
    applications = submitted_applications(acting).filter(
        submitted_at__date__gte=since, submitted_at__date__lte=until
    )
    faculty = whole_number(request.GET.get("faculty", ""))
    if faculty is not None:
        decisions = decisions.filter(claim__application__faculty=faculty)
        applications = applications.filter(faculty=faculty)
    if FORM in request.GET:
        return exported(files(request.GET.get("list", ""), decisions, applications), request.GET[FORM])
    late = sorted(late_ones(applications), key=lambda each: -each.days_over)
    unequal = differing(decisions)
    overrides = decisions.filter(overrides=True).select_related(
        "claim__target", "claim__application", "decided_by__person"
    )
    query = request.GET.copy()
    institution = acting.institution
    shown: dict[str, Any] = {
        "since": since,
        "until": until,
        "shares": shares(decisions),
        "overrides": overrides.order_by("-decided_at")[:MOST],
        "override_count": overrides.count(),
        "late": late[:MOST],
        "late_count": len(late),
        "differing": unequal[:MOST],
        "differing_count": len(unequal),
        "faculties": institution.faculties.all() if institution and not acting.faculty_id else (),
        "faculty": request.GET.get("faculty", ""),
        "query": query.urlencode(),
        "words": {each.pk: word("award", each.award) for group in unequal[:MOST] for each in group.decisions},
    }
    return render(request, "applications/staff_compliance.html", shown)


def period(request: ActingRequest) -> tuple[date, date]:
    """Return the period asked for: this year, unless both ends can be read."""
    today = timezone.localdate()
    since = day_in(request.GET.get("since", "")) or today.replace(month=1, day=1)
    until = day_in(request.GET.get("until", "")) or today
    return since, until


def files(name: str, decisions: Any, applications: Any) -> Listing[Any]:
    """Return one of the report's lists as a file; the overrides, unless another is named."""
    match name:
        case "late":
            return late_listing(late_ones(applications))
        case "differing":
            return differing_listing(differing(decisions))
    rows = decisions.filter(overrides=True).select_related(
        "claim__application__faculty", "claim__target", "decided_by__person"
    )
    return listing(rows.prefetch_related("findings").order_by("-decided_at"))


def late_listing(rows: Any) -> Listing[Late]:
    """Return what took too long as a file."""
    return Listing(
        gettext_lazy("out of time"),
        (
            Column(gettext_lazy("Application"), lambda row: row.application.reference),
            Column(gettext_lazy("State"), lambda row: in_language(row.state.label)),
            Column(gettext_lazy("Due"), lambda row: row.due),
            Column(gettext_lazy("Left on"), lambda row: row.left),
            Column(gettext_lazy("Days over"), lambda row: row.days_over),
        ),
        rows,
    )


def differing_listing(groups: list[Differing]) -> Listing[tuple[Differing, Decision]]:
    """Return the equal courses decided differently as a file, a row for each decision."""
    return Listing(
        gettext_lazy("differing decisions"),
        (
            Column(gettext_lazy("Institution"), lambda row: row[0].institution),
            Column(gettext_lazy("Source courses"), lambda row: row[0].codes),
            Column(gettext_lazy("Target"), lambda row: row[0].target),
            Column(gettext_lazy("Application"), lambda row: row[1].claim.application.reference),
            Column(gettext_lazy("Verdict"), lambda row: row[1].get_outcome_display()),
            Column(gettext_lazy("Award"), lambda row: word("award", row[1].award)),
            Column(gettext_lazy("Decided by"), lambda row: row[1].decided_by.person.name),
            Column(gettext_lazy("Decided on"), lambda row: row[1].decided_at),
            Column(gettext_lazy("Reason"), lambda row: row[1].reason),
        ),
        [(group, each) for group in groups for each in group.decisions],
    )
