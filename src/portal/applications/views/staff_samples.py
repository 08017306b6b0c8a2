"""Audits: samples of decisions drawn at random, their findings and conclusions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import Refused
from portal.accounts.roles import Role
from portal.applications.access import (
    AUDIT_READERS,
    audit_for,
    audits_for,
)
from portal.applications.actions.auditing import close_audit, must_audit, open_audit
from portal.applications.forms_oversight import AuditForm, ConclusionForm
from portal.applications.models import Audit, Decision, Finding
from portal.applications.views.staff_audit import listing
from portal.exports.listing import FORM, exported
from portal.institutions.models import Faculty

PER_PAGE = 25
for_audits = for_roles(*AUDIT_READERS)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audits
def samples(request: ActingRequest) -> HttpResponse:
    """List the audits, and open one with a sample drawn at random."""
    acting = request.acting
    assert acting is not None
    today = timezone.localdate()
    faculties = Faculty.objects.filter(institution=acting.institution)
    first = {"since": today.replace(month=1, day=1), "until": today}
    form = AuditForm(faculties, request.POST if request.method == "POST" else None, first)
    if request.method == "POST":
        must_audit(acting)
    if form.is_valid():
        try:
            made = open_audit(acting, form.asked())
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        else:
            messages.success(request, _("The audit is open and its sample is drawn."))
            return redirect("applications:sample", made.pk)
    found = (
        audits_for(acting)
        .select_related("faculty", "opened_by__person")
        .annotate(
            drawn=Count("decisions", distinct=True),
            found=Count("findings__decision", distinct=True),
            breaches=Count("findings", filter=Q(findings__result=Finding.Result.BREACH), distinct=True),
        )
        .order_by("-opened_at", "-pk")
    )
    shown = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "form": form if acting.role == Role.AUDITOR else None,
    }
    return render(request, "applications/staff_samples.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audits
def sample(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show an audit's sample with its findings, and close it; ``?form=xlsx`` exports it."""
    acting = request.acting
    assert acting is not None
    found = audit_for(acting, pk)
    decisions = drawn_of(found)
    if FORM in request.GET and request.method != "POST":
        return exported(listing(decisions), request.GET[FORM])
    form = ConclusionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        must_audit(acting)
    if form.is_valid():
        try:
            close_audit(acting, found, form.cleaned_data["conclusion"])
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        else:
            messages.success(request, _("The audit is closed."))
            return redirect("applications:sample", pk)
    rows = [(each, [f for f in each.findings.all() if f.audit_id == found.pk]) for each in decisions]
    shown = {
        "audit": found,
        "rows": rows,
        "open": sum(1 for _each, findings in rows if not findings),
        "form": form if acting.role == Role.AUDITOR and not found.closed_at else None,
    }
    return render(request, "applications/staff_sample.html", shown, status=422 if form.is_bound else 200)


def drawn_of(audit: Audit) -> QuerySet[Decision]:
    """Return the decisions of a sample with what a row shows."""
    return (
        audit.decisions.select_related(
            "claim__application__faculty",
            "claim__application__student__person",
            "claim__target",
            "decided_by__person",
        )
        .prefetch_related("findings")
        .order_by("pk")
    )
