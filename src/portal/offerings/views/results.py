"""Results: the sheets of an offering, one sheet on its way, and the certificates that follow."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import Refused
from portal.approvals.models import Item
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE
from portal.credentials.tasks import issue_run
from portal.exports.listing import FORM, Column, Listing, exported
from portal.numbers import whole_number
from portal.offerings.access import offering_for, offerings_for, runs, sheet_for, teaches
from portal.offerings.actions import awarding
from portal.offerings.actions import results as acts
from portal.offerings.facts import ITEM
from portal.offerings.forms_learning import ReasonForm
from portal.offerings.graded import has_passed, learners_of, standings, unmarked
from portal.offerings.learning_access import READERS, TEACHING
from portal.offerings.models import Result, ResultSheet
from portal.offerings.process import RESULTS
from portal.offerings.sheets import open_sheet_of, results_due_on
from portal.offerings.tasks_learning import issue_results
from portal.records.register import entries_about
from portal.records.words import ACTIONS
from portal.wording import in_language
from portal.work.models import Worker

ON_A_PAGE = 50


@require_safe
@for_roles(*READERS)
def sheets(request: ActingRequest) -> HttpResponse:
    """List the sheets of results that are on their way, those that wait for one’s role first."""
    there = ResultSheet.objects.filter(offering__in=offerings_for(request.acting)).select_related(
        "offering__proposal", "offering__faculty", "institution"
    )
    if request.GET.get("show") != "all":
        there = there.exclude(state="issued")
    page = Paginator(there.order_by("due_on", "-created_at"), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(sheet, bool(RESULTS.steps_for(request.acting, sheet))) for sheet in page]
    return render(
        request,
        "offerings/sheets.html",
        {"page": page, "rows": rows, "all": request.GET.get("show") == "all"},
    )


@require_safe
@for_roles(*READERS)
def results(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the sheets of an offering, when learners expect them, and the certificates that were paid for."""
    offering = offering_for(request.acting, pk)
    shown = {
        "offering": offering,
        "sheets": offering.sheets.select_related("run", "submitted_by__person").order_by("number"),
        "due_on": results_due_on(offering),
        "may_begin": teaches(request.acting, offering) and open_sheet_of(offering) is None,
        "paid": awarding.waiting_certificates(offering),
        "may_issue": runs(request.acting, offering),
    }
    return render(request, "offerings/results.html", shown)


@require_POST
@for_roles(*TEACHING)
def begin(request: ActingRequest, pk: int) -> HttpResponse:
    """Begin a sheet of results, or go on with the one there is."""
    offering = offering_for(request.acting, pk)
    assert request.acting is not None
    try:
        sheet = acts.open_sheet(request.acting, offering)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("offerings:results", pk)
    return redirect("offerings:sheet", sheet.pk)


@require_safe
@for_roles(*READERS)
def sheet(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a sheet: its learners with totals, grades and attainment, where it stands, what can be done."""
    found = sheet_for(request.acting, pk)
    if form := request.GET.get(FORM):
        return exported(listed(found), form)
    return sheet_page(request, found)


def sheet_page(
    request: ActingRequest, found: ResultSheet, refused: Refused | None = None, form: ReasonForm | None = None
) -> HttpResponse:
    """Show a sheet, with what could not be done."""
    rows = rows_of(found)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    steps = sorted(RESULTS.steps_for(request.acting, found), key=lambda step: step.name.startswith("return"))
    passed = sum(1 for row in rows if row["passed"])
    totals = [row["total"] for row in rows if row["total"] is not None]
    shown = {
        "sheet": found,
        "offering": found.offering,
        "state": found.state_now(),
        "states": path_of(found),
        "page": page,
        "outcomes": sorted({code for row in rows for code in row["attainment"]}),
        "passed": passed,
        "mean": (sum(totals) / len(totals)) if totals else None,
        "number": len(rows),
        "unmarked": unmarked(found) if found.state == "draft" else 0,
        "steps": [
            (step, RESULTS.missing(request.acting, found, step)) for step in steps if step.name != "issue"
        ],
        "may_issue": any(step.name == "issue" for step in steps),
        "run": found.run,
        "items": Item.objects.filter(kind=ITEM, subject=found.pk).select_related("committee", "meeting"),
        "history": history_of(found),
        "refused": refused,
        "form": form or ReasonForm(),
        "due_on": results_due_on(found.offering),
        "without_worker": found.run is not None
        and found.run.state == "issuing"
        and not Worker.objects.alive().exists(),
    }
    return render(request, "offerings/sheet.html", shown, status=UNPROCESSABLE if refused else 200)


def history_of(found: ResultSheet) -> list[tuple[Any, str]]:
    """Return what happened to a sheet, in the words of its process."""
    steps = {f"results.{step.name}": in_language(step.label) for step in found.declared().steps.values()}
    entries = entries_about(found).select_related("person")
    return [
        (entry, steps.get(entry.action) or str(ACTIONS.get(entry.action, entry.action))) for entry in entries
    ]


def rows_of(found: ResultSheet) -> list[dict[str, Any]]:
    """Return the learners of a sheet: as kept with it, or while it is graded as their marks stand now."""
    if found.results.exists():
        kept = found.results.select_related("enrolment__person").order_by("enrolment__person__name", "pk")
        return [row_of_result(result) for result in kept]
    offering = found.offering
    learners = list(learners_of(found).select_related("person").order_by("person__name", "pk"))
    now = standings(offering, [one.pk for one in learners])
    return [
        {
            "enrolment": one,
            "continuous": now[one.pk].continuous,
            "final": now[one.pk].final,
            "total": now[one.pk].total,
            "grade": grade.label if (grade := now[one.pk].grade) else "",
            "passed": has_passed(offering, grade) if now[one.pk].total is not None else None,
            "attainment": dict(now[one.pk].attainment),
        }
        for one in learners
    ]


def row_of_result(result: Result) -> dict[str, Any]:
    """Return a kept result as a row."""
    return {
        "enrolment": result.enrolment,
        "continuous": result.continuous,
        "final": result.final,
        "total": result.total,
        "grade": result.grade,
        "passed": result.passed,
        "attainment": {code: Decimal(mark) for code, mark in result.attainment.items()},
    }


def path_of(found: ResultSheet) -> list[tuple[Any, str]]:
    """Return the states that the sheet goes through or has gone through, with where it stands among them."""
    process = found.declared()
    been = {entry.details.get("after", {}).get("state") for entry in entries_about(found) if entry.details}
    shown = been | {found.state, "senate"}
    names = [name for name, state in process.states.items() if not state.committee or name in shown]
    here = names.index(found.state) if found.state in names else 0
    return [
        (process.states[name], "done" if place < here else "here" if place == here else "ahead")
        for place, name in enumerate(names)
    ]


def listed(found: ResultSheet) -> Listing[dict[str, Any]]:
    """Return a sheet as a file."""
    rows = rows_of(found)
    codes = sorted({code for row in rows for code in row["attainment"]})
    columns: list[Column[dict[str, Any]]] = [
        Column(_("Full name"), lambda r: r["enrolment"].person.name),
        Column(_("Email"), lambda r: r["enrolment"].person.email),
        Column(_("Continuous mark"), lambda r: r["continuous"]),
        Column(_("Final mark"), lambda r: r["final"]),
        Column(_("Total"), lambda r: r["total"]),
        Column(_("Grade"), lambda r: r["grade"]),
        Column(_("Passed"), lambda r: r["passed"]),
        *(attainment_column(code) for code in codes),
    ]
    return Listing(f"{_('Results')} {found.offering.proposal.code}", columns, rows)


def attainment_column(code: str) -> Column[dict[str, Any]]:
    """Return the column of what was reached of an outcome."""
    return Column(code, lambda r: r["attainment"].get(code))


def version_of(request: ActingRequest) -> int:
    """Return the version that the person saw; one that no sheet has where none was sent."""
    number = whole_number(request.POST.get("version", ""))
    return -1 if number is None else number


@require_POST
@for_roles(*READERS)
def step(request: ActingRequest, pk: int, name: str) -> HttpResponse:
    """Take a step of a sheet."""
    found = sheet_for(request.acting, pk)
    form = ReasonForm(request.POST)
    number = version_of(request)
    try:
        if found.state == "draft":
            acts.submit(request.acting, found, version=number)
        else:
            reason = request.POST.get("reason", "")
            acts.take(request.acting, found, name, version=number, reason=reason)
    except Refused as refused:
        return sheet_page(request, sheet_for(request.acting, pk), refused, form)
    messages.success(request, _("Done. The results stand at the next step."))
    return redirect("offerings:sheet", pk)


@require_POST
@for_roles(*READERS)
def issue(request: ActingRequest, pk: int) -> HttpResponse:
    """Start the certificates of a confirmed sheet; a worker issues them."""
    found = sheet_for(request.acting, pk)
    try:
        done = acts.issue(request.acting, found, version=version_of(request))
    except Refused as refused:
        return sheet_page(request, sheet_for(request.acting, pk), refused)
    if done.run_id is None:
        messages.success(request, _("Nobody earned a certificate; the sheet is closed."))
    else:
        transaction.on_commit(lambda: issue_results.enqueue(pk))
        messages.success(request, _("The certificates are being issued; each learner is written to."))
    return redirect("offerings:sheet", pk)


@require_POST
@for_roles(*READERS)
def certificates(request: ActingRequest, pk: int) -> HttpResponse:
    """Issue the paid certificates that wait."""
    offering = offering_for(request.acting, pk)
    try:
        run = awarding.issue_certificates(request.acting, offering)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("offerings:results", pk)
    transaction.on_commit(lambda: issue_run.enqueue(run.pk))
    messages.success(request, _("The certificates are being issued; each learner is written to."))
    return redirect("offerings:results", pk)
