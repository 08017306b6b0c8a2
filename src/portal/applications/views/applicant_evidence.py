"""Documents: uploading, choosing what they are for, opening and deleting them."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.applications import drafting
from portal.applications.actions.evidence import answer
from portal.applications.evidence import discard, evidence_for, evidence_of, keep
from portal.applications.models import Application, Evidence
from portal.applications.views.applicant_asking import (
    for_learners,
    gone_to,
    learner,
    own_application,
    version_of,
)
from portal.numbers import whole_numbers

SANDBOX = "sandbox; default-src 'none'"


@require_safe
@for_learners
def files(request: ActingRequest) -> HttpResponse:
    """List the person's documents."""
    shown = {"files": evidence_of(request.user), "kinds": Evidence.Kind.choices, **limits()}
    return render(request, "applications/applicant_files.html", shown)


def limits() -> dict[str, Any]:
    """Return what the pages say of how large and how many files may be."""
    return {
        "most_megabytes": f"{settings.TAULIAH_EVIDENCE_MOST_BYTES / 1_000_000:g}",
        "most_files": settings.TAULIAH_EVIDENCE_MOST_FILES,
    }


@require_POST
@for_learners
def upload(request: ActingRequest) -> HttpResponse:
    """Keep uploaded documents of the person, each told of by name."""
    taken(request)
    return gone_to(request, "applications:files")


def taken(request: ActingRequest) -> list[Evidence]:
    """Keep each uploaded file that is what it should be; say of the others why they were not kept."""
    uploads: list[UploadedFile[Any]] = request.FILES.getlist("files")
    if not uploads:
        messages.error(request, _("Choose at least one file."))
    kept = []
    for upload_ in uploads:
        name = (upload_.name or "")[:120]
        try:
            evidence, new = keep(learner(request), upload_, request.POST.get("kind", ""))
        except Refused as refused:
            messages.error(request, f"{name}: {refused.message}")
            continue
        kept.append(evidence)
        words = _("%(name)s was kept.") if new else _("%(name)s was uploaded before; the kept file is used.")
        messages.success(request, words % {"name": name})
    return kept


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def documents(request: ActingRequest, pk: int) -> HttpResponse:
    """Show which documents an application uses as a whole; keep uploads and choices."""
    application = own_application(request, pk)
    if request.method == "POST" and application.state == "draft":
        return chosen(request, application)
    return documents_page(request, application)


def chosen(request: ActingRequest, application: Application) -> HttpResponse:
    """Keep what was uploaded and ticked for the application as a whole."""
    uploads = bool(request.FILES) or request.POST.get("action") == "upload"
    new = taken(request) if uploads else []
    ticked = evidence_of(request.user).filter(pk__in=whole_numbers(request.POST.getlist("use")))
    use = list(dict.fromkeys([*ticked, *new]))
    if len(use) > settings.TAULIAH_EVIDENCE_MOST_FILES:
        most = settings.TAULIAH_EVIDENCE_MOST_FILES
        messages.error(request, _("An application takes %(most)s files at most.") % {"most": most})
        return documents_page(request, application, status=422)
    try:
        drafting.attach(learner(request), application, version_of(request), use)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return documents_page(request, application, status=422)
    if not uploads:
        messages.success(request, _("The choice of documents was saved."))
    all_kept = len(new) == len(request.FILES.getlist("files"))
    done = request.POST.get("action") == "done" and all_kept
    return gone_to(request, "applications:detail" if done else "applications:documents", application.pk)


def documents_page(request: ActingRequest, application: Application, *, status: int = 200) -> HttpResponse:
    """Show the documents of an application and all others of the person."""
    uses = application.evidence.select_related("claim__target")
    whole, of_claims = set(), dict[int, list[str]]()
    for use in uses:
        if use.claim is None:
            whole.add(use.evidence_id)
        else:
            of_claims.setdefault(use.evidence_id, []).append(use.claim.target.code)
    rows = [(kept, kept.pk in whole, of_claims.get(kept.pk, [])) for kept in evidence_of(request.user)]
    shown = {"application": application, "rows": rows, "kinds": Evidence.Kind.choices, **limits()}
    return render(request, "applications/applicant_documents.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def answering(request: ActingRequest, pk: int) -> HttpResponse:
    """Show what the faculty asked for; add documents, or send the answer."""
    application = own_application(request, pk)
    if request.method == "POST":
        return answered(request, application)
    return answer_page(request, application)


def answered(request: ActingRequest, application: Application) -> HttpResponse:
    """Add documents to the application; with the last button, hand it back to the faculty."""
    try:
        if request.FILES:
            drafting.supply(learner(request), application, version_of(request), taken(request))
        if request.POST.get("action") != "send":
            return gone_to(request, "applications:answer", application.pk)
        answer(learner(request), application, version=version_of(request))
    except Refused as refused:
        return answer_page(request, application, refusal=str(refused.message), status=422)
    messages.success(request, _("Your answer was sent to the faculty."))
    return gone_to(request, "applications:detail", application.pk)


def answer_page(
    request: ActingRequest, application: Application, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Show the open requests and what was added since."""
    shown = {
        "application": application,
        "requests": application.requests.filter(answered_at=None).select_related("claim__target"),
        "documents": application.evidence.select_related("evidence").order_by("-evidence__uploaded_at"),
        "kinds": Evidence.Kind.choices,
        "refusal": refusal,
        **limits(),
    }
    return render(request, "applications/applicant_answer.html", shown, status=status)


@require_safe
@cache_control(private=True, no_store=True)
@for_people
def evidence_file(request: ActingRequest, number: int) -> HttpResponse:
    """Send a document to its owner, or to staff of an application that uses it: as an attachment only."""
    kept = evidence_for(request.acting, request.user, number)
    response = FileResponse(
        kept.file.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return cast("HttpResponse", response)


@require_POST
@for_learners
def delete_file(request: ActingRequest, number: int) -> HttpResponse:
    """Delete a document that no submitted application uses."""
    kept = get_object_or_404(Evidence, pk=number, person=request.user)
    try:
        discard(learner(request), kept)
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("%(name)s was deleted.") % {"name": kept.name})
    return gone_to(request, "applications:files")
