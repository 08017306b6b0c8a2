"""Issuing runs: prepared, their learners listed and checked, issued with progress."""

import tempfile

from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, done, form_page, kept
from portal.credentials.access import (
    ISSUERS,
    READERS,
    achievements_for,
    may_issue,
    must_issue,
    run_for,
    runs_for,
)
from portal.credentials.actions import issuing, preparing
from portal.credentials.forms import LearnerForm, ListForm, RunForm, choices_of
from portal.credentials.models import IssuingRun
from portal.credentials.roster import HEADINGS
from portal.credentials.tasks import issue_run
from portal.exports.listing import XLSX
from portal.imports.mistake import in_words
from portal.work.models import Worker
from tauliah.credentials.statement import CERTIFICATES
from tauliah.files.spreadsheets import Page, write_workbook

ON_A_PAGE = 25
MOST_MISTAKES = 100


@require_safe
@for_roles(*READERS)
def listing(request: ActingRequest) -> HttpResponse:
    """List the issuing runs, newest first."""
    page = Paginator(runs_for(request.acting), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "may_issue": may_issue(request.acting),
        "certificates": dict(choices_of(CERTIFICATES)),
    }
    return render(request, "credentials/runs.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*ISSUERS)
def new(request: ActingRequest) -> HttpResponse:
    """Begin to prepare a run."""
    acting = must_issue(request.acting)
    run = IssuingRun(institution_id=acting.institution_id or 0, made_by=acting)
    return _kept(request, run, {"achievement": request.GET.get("course")})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*ISSUERS)
def edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change a run that is being prepared."""
    return _kept(request, run_for(request.acting, pk), {})


def _kept(request: ActingRequest, run: IssuingRun, initial: dict[str, str | None]) -> HttpResponse:
    form = RunForm(achievements_for(request.acting), request.POST or None, instance=run, initial=initial)
    if request.method == "POST" and kept(
        form, keep=lambda: preparing.keep_run(request.acting, form.instance)
    ):
        return done(request, _("The run is kept. Now list the learners."), _place(form.instance))
    return form_page(request, "credentials/run_form.html", {"form": form, "run": run})


def _place(run: IssuingRun) -> str:
    return run.get_absolute_url()


@require_safe
@for_roles(*READERS)
def run(request: ActingRequest, pk: int) -> HttpResponse:
    """Show a run: its learners and mistakes, or how far the issuing has come."""
    found = run_for(request.acting, pk)
    part = request.headers.get("HX-Target") == "progress"
    template = "credentials/_progress.html" if part else "credentials/run.html"
    answer = render(request, template, _shown(request, found))
    if part and found.state != IssuingRun.State.ISSUING:
        answer["HX-Refresh"] = "true"  # with serial numbers at the learners
    return answer


def _shown(request: ActingRequest, found: IssuingRun, **more: object) -> dict[str, object]:
    learners = found.awards.select_related("credential", "person")
    mistakes = [mistake | {"words": in_words(mistake)} for mistake in found.mistakes[:MOST_MISTAKES]]
    return {
        "run": found,
        "certificate": dict(choices_of(CERTIFICATES)).get(found.certificate, found.certificate),
        "page": Paginator(learners, ON_A_PAGE).get_page(request.GET.get("page")),
        "mistakes": mistakes,
        "more_mistakes": len(found.mistakes) - len(mistakes),
        "may_issue": may_issue(request.acting),
        "is_draft": found.state == IssuingRun.State.DRAFT,
        "list_form": ListForm(),
        "without_worker": found.state == IssuingRun.State.ISSUING and not Worker.objects.alive().exists(),
    } | more


@require_POST
@for_roles(*ISSUERS)
def upload(request: ActingRequest, pk: int) -> HttpResponse:
    """Take the list of learners, and show what is wrong with it."""
    found = run_for(request.acting, pk)
    form = ListForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            preparing.take_list(request.acting, found, form.cleaned_data["file"])
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect(_place(found))
    return render(
        request, "credentials/run.html", _shown(request, found, list_form=form), status=UNPROCESSABLE
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*ISSUERS)
def add(request: ActingRequest, pk: int) -> HttpResponse:
    """Put one learner on the list."""
    found = run_for(request.acting, pk)
    form = LearnerForm(found, request.POST or None)
    if request.method == "POST" and kept(
        form, keep=lambda: preparing.add_learner(request.acting, found, form.cleaned_data)
    ):
        return done(
            request, _("%(name)s is on the list.") % {"name": form.cleaned_data["name"]}, _place(found)
        )
    return form_page(request, "credentials/run_add.html", {"form": form, "run": found})


@require_POST
@for_roles(*ISSUERS)
def remove(request: ActingRequest, pk: int, award: int) -> HttpResponse:
    """Take one learner off the list."""
    found = run_for(request.acting, pk)
    listed = get_object_or_404(found.awards, pk=award)
    try:
        preparing.remove_learner(request.acting, found, listed)
    except Refused as refused:
        return render(
            request,
            "credentials/run.html",
            _shown(request, found, refused=str(refused.message)),
            status=UNPROCESSABLE,
        )
    return done(request, _("%(name)s is no longer on the list.") % {"name": listed.name}, _place(found))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*ISSUERS)
def start(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask once more, then have the run issued by a worker; also goes on with an interrupted one."""
    found = run_for(request.acting, pk)
    refused = ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                issuing.start(request.acting, found)
                issue_run.enqueue(found.pk)
        except Refused as refusal:
            refused = str(refusal.message)
        else:
            return done(request, _("The credentials are being issued."), _place(found))
    status = UNPROCESSABLE if refused else 200
    return render(
        request, "credentials/run_start.html", _shown(request, found, refused=refused), status=status
    )


@require_safe
@for_roles(*READERS)
def template(request: ActingRequest) -> FileResponse:
    """Send the empty list to start from."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    headings = [str(heading.words) for heading in HEADINGS]
    write_workbook([Page(_("Learners"), headings, [])], target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{_('learners')}.xlsx", content_type=XLSX)
