"""The class: who is in it, how each gets on, and class lists from spreadsheets."""

import tempfile
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import NotAllowed, Refused
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, done, form_page, kept
from portal.exports.listing import FORM, XLSX, Column, Listing, exported
from portal.imports.mistake import in_words
from portal.offerings.access import offering_for, teaches
from portal.offerings.actions import class_list, listing, mark_list, writing
from portal.offerings.actions.marking import MARKED, may_mark
from portal.offerings.forms_learning import FileForm, MessageForm, purposes
from portal.offerings.graded import Standing, standings
from portal.offerings.learning_access import READERS, TEACHING, enrolment_for, upload_for
from portal.offerings.lists import unpacked
from portal.offerings.models import Enrolment, ListUpload, Offering
from portal.offerings.plan import advance_of, units_for
from portal.offerings.seats import learners_lacking, seats_left
from portal.offerings.views.learner import TONES
from portal.records.register import entries_about
from portal.records.words import ACTIONS
from tauliah.files.spreadsheets import Page, write_workbook

ON_A_PAGE = 25
MOST_MISTAKES = 100
MOST_SHOWN = 50


@require_safe
@for_roles(*READERS)
def learners(request: ActingRequest, pk: int) -> HttpResponseBase:
    """List the learners of an offering with where each stands; as a file where one is asked for."""
    offering = offering_for(request.acting, pk)
    state = request.GET.get("state", "")
    there = narrowed(offering, state, request.GET.get("q", "").strip())
    if form := request.GET.get(FORM):
        return exported(listed(offering, there), form)
    page = Paginator(there, ON_A_PAGE).get_page(request.GET.get("page"))
    now = standings(offering, [row.pk for row in page])
    counted = {value: offering.enrolments.filter(state=value).count() for value in Enrolment.State.values}
    shown = {
        "offering": offering,
        "page": page,
        "rows": [(row, now[row.pk], TONES.get(Enrolment.State(row.state), "")) for row in page],
        "states": [
            (value, label, counted[value]) for value, label in Enrolment.State.choices if counted[value]
        ],
        "state": state,
        "seats": seats_left(offering),
        "lacking": learners_lacking(offering),
        "may_list": class_list.may_list(request.acting, offering),
        "to_report": writing.may_transfer(offering).count() if teaches(request.acting, offering) else 0,
    }
    return render(request, "offerings/learners.html", shown)


def narrowed(offering: Offering, state: str, words: str) -> QuerySet[Enrolment]:
    """Return the enrolments that were asked for, by name."""
    there = offering.enrolments.select_related("person", "order", "result").order_by("person__name", "pk")
    if state in Enrolment.State.values:
        there = there.filter(state=state)
    return there.filter(person__name__icontains=words) if words else there


def listed(offering: Offering, there: QuerySet[Enrolment]) -> Listing[Enrolment]:
    """Return the class as a file."""
    now = standings(offering, there.values_list("pk", flat=True))
    columns: list[Column[Enrolment]] = [
        Column(_("Full name"), lambda e: e.person.name),
        Column(_("Email"), lambda e: e.person.email),
        Column(_("State"), lambda e: e.get_state_display()),
        Column(_("Learner group"), lambda e: e.get_group_display()),
        Column(_("Enrolled"), lambda e: e.active_at),
        Column(_("May apply for credit transfer"), lambda e: e.wants_transfer),
        *(mark_column(each.pk, each.name, now) for each in offering.assessments.all()),
        Column(_("Total"), lambda e: now[e.pk].total),
        Column(_("Grade"), lambda e: now[e.pk].grade.label if now[e.pk].grade else ""),  # type: ignore[union-attr]
    ]
    return Listing(f"{_('Learners')} {offering.proposal.code}", columns, there)


def mark_column(assessment: int, name: str, now: dict[int, Standing]) -> Column[Enrolment]:
    """Return the column of an assessment’s marks."""
    return Column(name, lambda e: now[e.pk].marks.get(assessment))


@require_safe
@for_roles(*READERS)
def learner(request: ActingRequest, pk: int) -> HttpResponse:
    """Show one learner of an offering: progress, every attempt, and what happened when."""
    enrolment = enrolment_for(request.acting, pk)
    offering, units = enrolment.offering, units_for(enrolment)
    now = standings(offering, [pk])[pk]
    history = [(entry, ACTIONS.get(entry.action, entry.action)) for entry in entries_about(enrolment)]
    shown = {
        "enrolment": enrolment,
        "offering": offering,
        "tone": TONES.get(Enrolment.State(enrolment.state), ""),
        "units": units,
        "advance": advance_of(units, now.marks, offering.assessments.count()),
        "standing": now,
        "marks": enrolment.marks.select_related("assessment", "marked_by__person").order_by(
            "assessment__position", "attempt"
        ),
        "history": history,
        "may_mark": may_mark(request.acting, offering) and enrolment.state in MARKED,
    }
    return render(request, "offerings/learner.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*TEACHING)
def message(request: ActingRequest, pk: int) -> HttpResponse:
    """Write to the learners of an offering."""
    offering = offering_for(request.acting, pk)
    if not writing.may_write(request.acting, offering):
        raise NotAllowed
    form = MessageForm(request.POST or None)

    def sends() -> object:
        said = form.cleaned_data
        return writing.write(request.acting, offering, said["purpose"], said["subject"], said["text"])

    if request.method == "POST" and kept(form, keep=sends):
        return done(request, _("The message is on its way."), redirect("offerings:learners", pk).url)
    numbers = [(label, writing.reached(offering, value).count()) for value, label in purposes()]
    shown = {"offering": offering, "form": form, "numbers": numbers}
    return form_page(request, "offerings/message.html", shown)


@require_POST
@for_roles(*TEACHING)
def report_transfers(request: ActingRequest, pk: int) -> HttpResponse:
    """Report the learners who want to apply for credit transfer to faculty and centre."""
    offering = offering_for(request.acting, pk)
    try:
        number = writing.report_transfers(request.acting, offering)
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        told = ngettext("%(n)s learner was reported.", "%(n)s learners were reported.", number)
        messages.success(request, told % {"n": number})
    return redirect("offerings:learners", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*TEACHING)
def upload(request: ActingRequest, pk: int, kind: str) -> HttpResponse:
    """Take a class list or a list of marks, and show what it would do."""
    offering = offering_for(request.acting, pk)
    acting = must_upload(request, offering, kind)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        reader = class_list.read_class_list if kind == ListUpload.Kind.LEARNERS else mark_list.read_marks
        try:
            made = reader(acting, offering, form.cleaned_data["file"])
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        else:
            return redirect("offerings:upload", made.pk)
    shown = {
        "offering": offering,
        "form": form,
        "kind": kind,
        "label": ListUpload.Kind(kind).label,
        "headings": headings_of(offering, kind),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "offerings/upload_new.html", shown, status=status)


def must_upload(request: ActingRequest, offering: Offering, kind: str) -> Any:
    """Return who acts; raises ``NotAllowed`` for who may not bring such a list."""
    may = class_list.may_list if kind == ListUpload.Kind.LEARNERS else may_mark
    if kind not in ListUpload.Kind.values:
        raise Http404
    if not may(request.acting, offering):
        raise NotAllowed
    return request.acting


def headings_of(offering: Offering, kind: str) -> list[Any]:
    """Return the columns of a list."""
    return list(class_list.HEADINGS) if kind == ListUpload.Kind.LEARNERS else mark_list.headings_of(offering)


@require_safe
@for_roles(*TEACHING)
def preview(request: ActingRequest, pk: int) -> HttpResponse:
    """Show what a list would do, or what is wrong with it."""
    return preview_page(request, upload_for(request.acting, pk))


def preview_page(request: ActingRequest, made: ListUpload, refused: object = None) -> HttpResponse:
    """Show a list that was read."""
    rows = list(unpacked(made.rows))
    headings = headings_of(made.offering, made.kind)
    shown = {
        "upload": made,
        "offering": made.offering,
        "headings": [heading for heading in headings if not heading.hidden],
        "rows": [
            (number, [row.get(heading.name) for heading in headings if not heading.hidden])
            for number, row in rows[:MOST_SHOWN]
        ],
        "more": max(len(rows) - MOST_SHOWN, 0),
        "mistakes": [mistake | {"words": in_words(mistake)} for mistake in made.mistakes[:MOST_MISTAKES]],
        "more_mistakes": max(len(made.mistakes) - MOST_MISTAKES, 0),
        "refused": refused,
    }
    return render(request, "offerings/upload.html", shown, status=UNPROCESSABLE if refused else 200)


@require_POST
@for_roles(*TEACHING)
def save(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep a list that was looked at, or leave it."""
    made = upload_for(request.acting, pk)
    assert request.acting is not None
    page = "offerings:learners" if made.kind == ListUpload.Kind.LEARNERS else "offerings:marks"
    try:
        if "leave" in request.POST:
            listing.leave(request.acting, made)
            messages.success(request, _("The file was left; nothing of it was saved."))
        elif made.kind == ListUpload.Kind.LEARNERS:
            class_list.import_class_list(request.acting, made)
            messages.success(request, _("The class list is kept."))
        else:
            mark_list.import_marks(request.acting, made)
            messages.success(request, _("The marks are kept."))
    except Refused as refused:
        return preview_page(request, made, refused)
    return redirect(page, made.offering_id)


@require_safe
@for_roles(*TEACHING)
def template(request: ActingRequest, pk: int, kind: str) -> FileResponse:
    """Send the empty list to start from; that of marks holds the class already."""
    offering = offering_for(request.acting, pk)
    must_upload(request, offering, kind)
    headings = headings_of(offering, kind)
    rows: list[list[Any]] = []
    if kind == ListUpload.Kind.MARKS:
        there = narrowed(offering, Enrolment.State.ACTIVE, "")
        now = standings(offering, there.values_list("pk", flat=True))
        parts = [each.pk for each in offering.assessments.all()]
        rows = [
            [e.person.email, e.person.name, *(now[e.pk].marks.get(part) for part in parts)] for e in there
        ]
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    words = [str(heading.words) for heading in headings]
    write_workbook([Page(str(ListUpload.Kind(kind).label)[:31], words, rows)], target)
    target.seek(0)
    name = f"{slugify(str(ListUpload.Kind(kind).label))}-{slugify(offering.proposal.code)}.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX)
