"""Pages of students and their results."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import NotAllowed
from portal.accounts.roles import Role
from portal.catalogue import actions
from portal.catalogue.access import STUDENT_READERS, can_keep, programmes_for, student_for, students_for
from portal.catalogue.choices import choices
from portal.catalogue.forms.student import ResultForm, StudentForm, grade_labels
from portal.catalogue.models import CourseResult, Student
from portal.catalogue.snapshot import fingerprint
from portal.catalogue.views.columns import RESULT, STUDENT
from portal.catalogue.views.entry import acted, acting_of
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.catalogue.views.listing import answer, asked, chosen, digits, holding
from portal.exports.listing import FORM, Listing, exported


@require_safe
@acted
def students(request: ActingRequest) -> HttpResponseBase:
    """List the students whom one's role may see."""
    acting = acting_of(request)
    if acting.role not in {*STUDENT_READERS, Role.STUDENT}:
        raise NotAllowed
    words = asked(request, "q", "programme", "status")
    words["programme"] = digits(words, "programme")
    rows = students_for(acting).filter(
        holding(words["q"], "matric", "person__name", "person__email"),
        chosen(words, programme="programme", status="status"),
    )
    context = {"words": words, "programmes": programmes_for(acting), "statuses": choices("status")}
    listing = Listing(gettext_lazy("Students"), STUDENT, rows.order_by("matric", "pk"))
    return answer(request, "catalogue/students.html", listing, context)


@require_safe
@acted
def student(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a student's record and results."""
    found = student_for(request.acting, pk)
    results = found.results.select_related("course", "semester", "student__programme").order_by(
        "semester__starts_on", "course__code"
    )
    if form := request.GET.get(FORM):
        return exported(Listing(_("Results %(matric)s") % {"matric": found.matric}, RESULT, results), form)
    context = {"student": found, "results": results, "can_keep": _keeps(request, found)}
    return render(request, "catalogue/student.html", context)


def _keeps(request: ActingRequest, found: Student) -> bool:
    return can_keep(request.acting, found.programme.institution_id, found.programme.faculty_id)


def _kept_student(request: ActingRequest, pk: int) -> Student:
    """Return a student whose record the person keeps."""
    found = student_for(request.acting, pk)
    if not _keeps(request, found):
        raise NotAllowed
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def student_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change a student's record."""
    acting, found = acting_of(request), _kept_student(request, pk)
    seen = request.POST.get("seen", "") if request.method == "POST" else fingerprint(found)
    form = StudentForm(acting, request.POST or None, instance=found)
    if request.method == "POST" and kept(
        form, keep=lambda: actions.save_student(acting, form.instance, seen)
    ):
        return done(
            request, _("The record of %(matric)s was saved.") % {"matric": found.matric}, _place(found)
        )
    return form_page(request, "catalogue/student_form.html", {"form": form, "seen": seen, "student": found})


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def result_new(request: ActingRequest, pk: int) -> HttpResponse:
    """Add a result of a student."""
    return _result_form(request, _kept_student(request, pk), CourseResult())


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def result_edit(request: ActingRequest, pk: int, result: int) -> HttpResponse:
    """Change a result of a student."""
    found = _kept_student(request, pk)
    return _result_form(request, found, get_object_or_404(found.results.select_related("course"), pk=result))


def _result_form(request: ActingRequest, found: Student, result: CourseResult) -> HttpResponse:
    acting = acting_of(request)
    seen = request.POST.get("seen", "") if request.method == "POST" else fingerprint(result)
    form = ResultForm(acting, found, request.POST or None, instance=result)
    if request.method == "POST" and kept(form, keep=lambda: actions.save_result(acting, form.instance, seen)):
        return done(request, _("The result was saved."), _place(found))
    context: dict[str, Any] = {"form": form, "seen": seen, "student": found, "labels": grade_labels(acting)}
    return form_page(
        request, "catalogue/result_form.html", context | {"result": result if result.pk else None}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def result_remove(request: ActingRequest, pk: int, result: int) -> HttpResponse:
    """Remove a result that was entered by mistake, after asking."""
    acting, found = acting_of(request), _kept_student(request, pk)
    listed = get_object_or_404(found.results.select_related("course", "semester"), pk=result)
    if request.method == "POST":
        actions.remove_result(acting, listed)
        return done(request, _("The result was removed."), _place(found))
    context = {
        "question": _("Remove the result %(grade)s in %(course)s of %(matric)s?")
        % {"grade": listed.grade, "course": listed.course, "matric": found.matric},
        "explanation": _("The register keeps what it was."),
        "press": _("Remove"),
        "back": _place(found),
    }
    return render(request, "catalogue/confirm.html", context)


def _place(found: Student) -> str:
    return reverse("catalogue:student", args=[found.pk])
