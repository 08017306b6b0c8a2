"""The page of a course in an LMS: its roster and its results, looked at first and then taken."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.lti import claims as lti
from portal.lti import offered, results, roster
from portal.lti.actions import binding
from portal.lti.forms_offering import MAKE, ColumnForm
from portal.lti.models import Column, CourseLink, Pull
from portal.lti.recognising import SIGNS

PER_PAGE = 200
MOST_REFUSALS = 10


def course_seen(request: ActingRequest, pk: int) -> CourseLink:
    """Return a course of an LMS that somebody connects; raises ``Http404`` for others."""
    related = ("lms__institution", "offering__proposal", "offering__institution")
    found: CourseLink = get_object_or_404(CourseLink.objects.select_related(*related), pk=pk)
    if not offered.may_connect(request.acting, found.offering):
        raise Http404
    return found


@require_safe
@for_people
def course(request: ActingRequest, pk: int) -> HttpResponse:
    """Show a course of an LMS: what the LMS offers, its columns, and what was read."""
    found = course_seen(request, pk)
    context = {
        "course": found,
        "title": offered.title_of(found.offering),
        "columns": found.columns.select_related("assessment"),
        "pulls": found.pulls.select_related("column")[:10],
    }
    return form_page(request, "lti/course.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def column(request: ActingRequest, pk: int) -> HttpResponse:
    """Say which column of the LMS an assessment is; the LMS is asked for its columns."""
    found = course_seen(request, pk)
    try:
        columns = results.listed_columns(found)
    except Refused as refused:
        return done(request, refused.message, redirect("lti:course", pk).url)
    may_make = lti.ITEMS_SCOPE in found.scopes
    form = ColumnForm(found, columns, request.POST or None, may_make=may_make)
    if request.method == "POST" and kept(form, keep=lambda: _keep_column(request, found, form)):
        return done(request, _("The column is kept."), redirect("lti:course", pk).url)
    context = {"form": form, "course": found, "empty": not columns and not may_make}
    return form_page(request, "lti/column.html", context)


def _keep_column(request: ActingRequest, course: CourseLink, form: ColumnForm) -> Column:
    assessment, chosen = form.cleaned_data["assessment"], form.cleaned_data["column"]
    if chosen == MAKE:
        made = results.make_column(course, assessment.name, f"tauliah-{assessment.pk}")
    else:
        made = form.columns[chosen]
    return binding.keep_column(request.acting, course, assessment, made)


@require_POST
@for_people
def read_roster(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask the LMS for its roster and show what it would change."""
    found = course_seen(request, pk)
    try:
        made = binding.read_roster(request.acting, found)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("lti:course", pk)
    return redirect("lti:pull", made.pk)


@require_POST
@for_people
def read_results(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask the LMS for the results of a column and show what they would change."""
    related = ("course__lms__institution", "course__offering__proposal", "assessment__offering")
    found = get_object_or_404(Column.objects.select_related(*related), pk=pk)
    course_seen(request, found.course_id)
    try:
        made = binding.read_results(request.acting, found)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("lti:course", found.course_id)
    return redirect("lti:pull", made.pk)


def rows_in_words(pull: Pull, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of a list with what each means, in the person's language."""
    states = roster.STATES if pull.column_id is None else results.STATES
    wrong = roster.MISTAKES if pull.column_id is None else results.MISTAKES
    return [
        row
        | {
            "means": states[row["state"]],
            "signs": [SIGNS[sign] for sign in row["by"]],
            "is_wrong": row["state"] in wrong,
        }
        for row in rows
    ]


@require_safe
@for_people
def pull(request: ActingRequest, pk: int) -> HttpResponse:
    """Show what the LMS told and what taking it would do, mistakes first."""
    found = get_object_or_404(Pull.objects.select_related("course", "column__assessment"), pk=pk)
    seen = course_seen(request, found.course_id)
    page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page"))
    changes = sum(row["state"] in (roster.NEW, results.CHANGED) for row in found.rows)
    states = roster.MISTAKES if found.column_id is None else results.MISTAKES
    context = {
        "pull": found,
        "course": seen,
        "page": page,
        "rows": rows_in_words(found, list(page)),
        "changes": changes,
        "wrong": sum(row["state"] in states for row in found.rows),
        "title": offered.title_of(seen.offering),
    }
    return form_page(request, "lti/pull.html", context)


@require_POST
@for_people
def take(request: ActingRequest, pk: int) -> HttpResponse:
    """Take what was looked at."""
    found = get_object_or_404(Pull.objects.select_related("course", "column"), pk=pk)
    course_seen(request, found.course_id)
    try:
        taken, refusals = binding.take(request.acting, found)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("lti:pull", pk)
    for refusal in refusals[:MOST_REFUSALS]:
        messages.warning(request, refusal)
    if len(refusals) > MOST_REFUSALS:
        messages.warning(request, _("And %(more)d more.") % {"more": len(refusals) - MOST_REFUSALS})
    said = ngettext("%(taken)d row is taken.", "%(taken)d rows are taken.", taken) % {"taken": taken}
    return done(request, said, redirect("lti:pull", pk).url)


@require_POST
@for_people
def unbind(request: ActingRequest, pk: int) -> HttpResponse:
    """End the connection of a course."""
    found = course_seen(request, pk)
    where = redirect("lti:learning-platforms", found.offering_id).url
    binding.unbind(request.acting, found)
    return done(request, _("The course is no longer connected."), where)
