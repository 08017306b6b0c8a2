"""A draft's pages: what is in it, its checklist, its last look, and handing it in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.applications import drafting
from portal.applications.access import application_for, is_own
from portal.applications.actions.submission import submit
from portal.applications.evaluation import claim_of_problem, evaluation_of
from portal.applications.models import Application, PriorStudy
from portal.applications.process import process_of
from portal.applications.readiness import readiness_of
from portal.applications.views.applicant_asking import (
    for_learners,
    gone_to,
    learner,
    no_longer_a_draft,
    own_draft,
    version_of,
)
from portal.applications.views.applicant_progress import progress
from portal.wording import in_language

LONGEST_NOTE = 2_000


@require_safe
@for_people
def detail(request: ActingRequest, pk: int) -> HttpResponse:
    """Show an application to its applicant; staff are led to their page of it."""
    application = application_for(request.acting, pk)
    if not is_own(request.acting, application):
        return redirect("applications:file", pk)
    return overview(request, application) if application.state == "draft" else progress(request, application)


def overview(request: ActingRequest, application: Application) -> HttpResponse:
    """Show what is in a draft, what the engine says of it, and what is left to do."""
    claims = list(
        application.claims.select_related("target")
        .prefetch_related("sources__study", "evidence")
        .order_by("position")
    )
    evaluation = evaluation_of(application)
    judged = {j.claim.pk: j for j in evaluation.claims} if evaluation else {}
    wrong: dict[int, list[str]] = {}
    for problem in evaluation.problems if evaluation else ():
        claim = claim_of_problem(problem, claims)
        wrong.setdefault(claim.pk if claim else 0, []).append(in_language(problem.message))
    shown = {
        "application": application,
        "rows": [(claim, judged.get(claim.pk), wrong.get(claim.pk, ())) for claim in claims],
        "wrong": wrong.get(0, ()),
        "evaluation": evaluation,
        "report": evaluation.report if evaluation else None,
        "studies": list(PriorStudy.objects.filter(person=application.student.person_id)),
        "documents": application.evidence.values("evidence").distinct().count(),
        "items": process_of(application).checklists.get("applicant", ()),
        "ready": readiness_of(request.acting, application),
    }
    return render(request, "applications/applicant_overview.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def checklist(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the applicant's checklist and the declarations, or keep what was ticked."""
    application = own_draft(request, pk)
    if application is None:
        return no_longer_a_draft(request, pk)
    items = process_of(application).checklists.get("applicant", ())
    if request.method != "POST":
        return checklist_page(request, application, items)
    ticked = {item.key for item in items} & set(request.POST.getlist("item"))
    note = "".join(c if c.isprintable() or c in "\r\n" else " " for c in request.POST.get("note", ""))
    declared = drafting.Declared(
        "first_use" in request.POST, "true" in request.POST, note.strip()[:LONGEST_NOTE]
    )
    try:
        drafting.save_checklist(learner(request), application, version_of(request), ticked, declared)
    except Refused as refused:
        application.checklist = dict.fromkeys(ticked, True)
        application.declared_first_use = declared.first_use
        application.declared_true, application.note = declared.true, declared.note
        return checklist_page(request, application, items, refusal=str(refused.message), status=422)
    messages.success(request, _("The checklist was saved."))
    return gone_to(request, "applications:review" if "review" in request.POST else "applications:detail", pk)


def checklist_page(
    request: ActingRequest,
    application: Application,
    items: object,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the checklist."""
    shown = {"application": application, "items": items, "refusal": refusal}
    return render(request, "applications/applicant_checklist.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def review(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the application once more, with what the policy says and what it costs; or hand it in."""
    application = own_draft(request, pk)
    if application is None:
        return no_longer_a_draft(request, pk)
    if request.method != "POST":
        return review_page(request, application)
    try:
        submit(learner(request), application, version=version_of(request))
    except Refused as refused:
        return review_page(request, application, refusal=str(refused.message), status=422)
    messages.success(
        request,
        _("Application %(reference)s was submitted.") % {"reference": application.reference},
    )
    return gone_to(request, "applications:detail", pk)


def review_page(
    request: ActingRequest, application: Application, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Show the last look before handing in."""
    evaluation = evaluation_of(application)
    claims = application.claims.select_related("target").prefetch_related(
        "sources__study", "evidence__evidence"
    )
    judged = {j.claim.pk: j for j in evaluation.claims} if evaluation else {}
    shown = {
        "application": application,
        "evaluation": evaluation,
        "report": evaluation.report if evaluation else None,
        "rows": [(claim, judged.get(claim.pk)) for claim in claims.order_by("position")],
        "ready": readiness_of(request.acting, application),
        "refusal": refusal,
    }
    return render(request, "applications/applicant_review.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def discard(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask whether to delete a draft, and delete it."""
    application = own_draft(request, pk)
    if application is None:
        return no_longer_a_draft(request, pk)
    if request.method != "POST":
        return render(request, "applications/applicant_discard.html", {"application": application})
    try:
        drafting.discard(learner(request), application, version_of(request))
    except Refused as refused:
        messages.error(request, str(refused.message))
        return gone_to(request, "applications:detail", pk)
    messages.success(request, _("Draft %(reference)s was deleted.") % {"reference": application.reference})
    return gone_to(request, "applications:list")
