"""Auditing: every decision with its trace, run again from its case, sampled, with findings."""

import json
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.accounts.roles import Role
from portal.applications.access import (
    AUDIT_READERS,
    REGISTER_READERS,
    decision_for,
    decisions_for,
)
from portal.applications.actions.auditing import must_audit, record_finding
from portal.applications.evaluation import kept_evaluation
from portal.applications.forms_oversight import FindingForm
from portal.applications.models import Decision, Finding
from portal.applications.recomputing import checks_hold, recompute
from portal.applications.views.staff_file import STAGES, history
from portal.cases.answer import Check, check_line
from portal.exports.listing import FORM, Column, Listing, exported
from portal.numbers import whole_number
from portal.wording import in_language
from tauliah.files.cases import write_case_yaml
from tauliah.values.vocabulary import VOCABULARY

PER_PAGE = 25
for_readers = for_roles(*REGISTER_READERS)
FILTERS = ("words", "stage", "outcome", "overrides", "faculty", "since", "until", "finding")


@require_safe
@for_readers
def audit(request: ActingRequest) -> HttpResponseBase:
    """List every decision, overrides marked; ``?form=xlsx`` exports them."""
    acting = request.acting
    assert acting is not None
    asked = {name: " ".join(request.GET.get(name, "").split())[:100] for name in FILTERS}
    found = (
        narrowed(decisions_for(acting), asked)
        .select_related(
            "claim__application__student__person",
            "claim__application__faculty",
            "claim__target",
            "decided_by__person",
        )
        .prefetch_related(Prefetch("findings", Finding.objects.order_by("-pk")))
        .order_by("-decided_at", "-pk")
    )
    if FORM in request.GET:
        return exported(listing(found), request.GET[FORM])
    institution = acting.institution
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": [(decision, decision.findings.all()) for decision in page],
        "asked": asked,
        "filtered": any(asked.values()),
        "stages": STAGES.items(),
        "results": Finding.Result.choices,
        "faculties": institution.faculties.all() if institution and not acting.faculty_id else (),
        "audits": acting.role in AUDIT_READERS,
    }
    return render(request, "applications/staff_decisions.html", shown)


def narrowed(found: QuerySet[Decision], asked: dict[str, str]) -> QuerySet[Decision]:
    """Keep what fits the filters; an unreadable day is left out."""
    if asked["stage"] in STAGES:
        found = found.filter(stage=asked["stage"])
    if asked["outcome"] in Decision.Outcome.values:
        found = found.filter(outcome=asked["outcome"])
    if asked["overrides"] in {"yes", "no"}:
        found = found.filter(overrides=asked["overrides"] == "yes")
    if (faculty := whole_number(asked["faculty"])) is not None:
        found = found.filter(claim__application__faculty=faculty)
    if since := day_in(asked["since"]):
        found = found.filter(decided_at__date__gte=since)
    if until := day_in(asked["until"]):
        found = found.filter(decided_at__date__lte=until)
    if asked["finding"] in Finding.Result.values:
        found = found.filter(pk__in=Finding.objects.filter(result=asked["finding"]).values("decision"))
    if words := asked["words"]:
        found = found.filter(
            Q(claim__application__reference__icontains=words)
            | Q(claim__target__code__icontains=words)
            | Q(claim__application__student__person__name__icontains=words)
            | Q(decided_by__person__name__icontains=words)
        )
    return found


def day_in(text: str) -> Any:
    """Return a day that was typed, or None."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def listing(found: QuerySet[Decision]) -> Listing[Decision]:
    """Return the decisions as a file to take along."""
    return Listing(
        gettext_lazy("decisions"),
        (
            Column(gettext_lazy("Number"), lambda row: row.pk),
            Column(gettext_lazy("Application"), lambda row: row.claim.application.reference),
            Column(gettext_lazy("Faculty"), lambda row: getattr(row.claim.application.faculty, "code", "")),
            Column(gettext_lazy("Course"), lambda row: row.claim.target.code),
            Column(gettext_lazy("Stage"), lambda row: STAGES.get(row.stage, row.stage)),
            Column(gettext_lazy("Verdict"), lambda row: row.get_outcome_display()),
            Column(gettext_lazy("Award"), lambda row: word("award", row.award)),
            Column(gettext_lazy("Recommended"), lambda row: word("claim_outcome", row.recommended)),
            Column(gettext_lazy("Departs from the recommendation"), lambda row: row.overrides),
            Column(gettext_lazy("Reason"), lambda row: row.reason),
            Column(gettext_lazy("Decided by"), lambda row: row.decided_by.person.name),
            Column(gettext_lazy("Decided on"), lambda row: row.decided_at),
            Column(gettext_lazy("Policy version"), lambda row: row.policy_version),
            Column(gettext_lazy("Superseded"), lambda row: row.superseded_by_id is not None),
            Column(
                gettext_lazy("Findings"),
                lambda row: "; ".join(
                    f"{each.get_result_display()}: {each.text}" for each in row.findings.all()
                ),
            ),
        ),
        found,
    )


def word(vocabulary: str, name: str) -> str:
    """Name a value of the contract."""
    return in_language(VOCABULARY[vocabulary].get(name)) or name


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def trace(request: ActingRequest, pk: int) -> HttpResponse:
    """Show a decision with everything it rested on; ``?recompute`` runs its case again."""
    acting = request.acting
    assert acting is not None
    decision = decision_for(acting, pk)
    form = FindingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        answer = finding_kept(request, acting, decision, form)
        if answer:
            return answer
    application = decision.claim.application
    shown: dict[str, Any] = {
        "decision": decision,
        "application": application,
        "stage": STAGES.get(decision.stage, decision.stage),
        "award": word("award", decision.award),
        "recommended": word("claim_outcome", decision.recommended),
        "checks": checks_of(decision),
        "report": {"policy": application.policy},
        "findings": decision.findings.select_related("found_by__person", "audit"),
        "history": history(application),
        "form": form if acting.role == Role.AUDITOR else None,
        "audit": decision.audits.filter(closed_at=None).order_by("-pk").first(),
        "may_read_audit": acting.role in AUDIT_READERS,
    }
    if "recompute" in request.GET:
        shown |= {"recomputed": recompute(application), "checks_hold": checks_hold(decision)}
    return render(request, "applications/staff_trace.html", shown, status=422 if form.is_bound else 200)


def finding_kept(
    request: ActingRequest, acting: Appointment, decision: Decision, form: FindingForm
) -> HttpResponse | None:
    """Keep a finding and lead on, or return None where it cannot be kept."""
    must_audit(acting)
    if not form.is_valid():
        return None
    try:
        finding = record_finding(acting, decision, **form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        return None
    messages.success(request, _("The finding is recorded."))
    if finding.audit_id:
        return redirect("applications:sample", finding.audit_id)
    return redirect("applications:trace", decision.pk)


def checks_of(decision: Decision) -> list[Check]:
    """Return the checks kept with a decision; with their measures where the kept evaluation is theirs."""
    evaluation = kept_evaluation(decision.claim.application)
    judged = evaluation.of(decision.claim) if evaluation and checks_hold(decision) else None
    if judged:
        return [*judged.card.deciding, *judged.card.passed]
    return [replace(check_line(check, "", ""), found="", required="") for check in decision.checks]


@require_safe
@for_readers
def trace_file(request: ActingRequest, pk: int, name: str) -> HttpResponse:
    """Send the case as it was evaluated, or the result as it was kept."""
    decision = decision_for(request.acting, pk)
    application = decision.claim.application
    if not application.case or not application.result:
        raise Http404
    if name == "case.yaml":
        body, media_type = write_case_yaml(application.case), "application/yaml"
    elif name == "result.json":
        body, media_type = (
            json.dumps(application.result, ensure_ascii=False, indent=2) + "\n",
            "application/json",
        )
    else:
        raise Http404
    answer = HttpResponse(body, content_type=f"{media_type}; charset=utf-8")
    stem = "".join(c if c.isalnum() else "-" for c in application.reference)
    answer["Content-Disposition"] = f'attachment; filename="{stem}-{name}"'
    return answer
