"""The institution itself: its data, faculties, calendar, signatories."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import Refused
from portal.administration import access
from portal.administration.institution_forms import (
    FacultyForm,
    InstitutionForm,
    KeptForm,
    SemesterForm,
    SignatoryForm,
    names_of,
)
from portal.administration.keeping import keep, remove, values_of
from portal.administration.views.people import for_administrators
from portal.administration.windows import windows_of
from portal.institutions.models import Semester


@require_GET
@for_administrators
def index(request: ActingRequest) -> HttpResponse:
    """Lead to the first of the pages."""
    return redirect("administration:people")


def kept(request: ActingRequest, form: KeptForm, action: str, before: dict[str, Any]) -> bool:
    """Keep what a form says where it is right; a refusal stands at its field."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        keep(request.acting, action, form.instance, names_of(form), before)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        return False
    messages.success(request, _("Saved."))
    return True


@require_http_methods(["GET", "POST"])
@for_administrators
def institution(request: ActingRequest) -> HttpResponse:
    """Show and change what letters and pages say of the institution."""
    own = access.institution_of(request.acting)
    before = values_of(own, InstitutionForm.Meta.fields)
    form = InstitutionForm(own, request.POST or None, request.FILES or None, instance=own)
    if kept(request, form, "administration.change_institution", before):
        return redirect("administration:institution")
    shown = {"form": form, "tab": "institution", "title": _("Institution")}
    return render(request, "administration/institution.html", shown, status=422 if form.errors else 200)


@require_GET
@for_administrators
def faculties(request: ActingRequest) -> HttpResponse:
    """List the faculties with how many people hold a role in each."""
    today = timezone.localdate()
    in_office = Q(appointments__starts_on__lte=today) & (
        Q(appointments__ends_on__isnull=True) | Q(appointments__ends_on__gte=today)
    )
    found = access.faculties_for(request.acting).annotate(
        people=Count("appointments__person", filter=in_office, distinct=True)
    )
    return render(request, "administration/faculties.html", {"faculties": found, "tab": "faculties"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that the administrator keeps: form, finder, action, list, words."""

    form: type[KeptForm]
    find: Callable[..., Any]
    action: str
    route: str
    new: str | Promise
    old: str | Promise


def page_of(kind: Kind) -> Callable[..., HttpResponseBase]:
    """Return the page that shows and keeps one thing of a kind, or a new one."""

    @require_http_methods(["GET", "POST"])
    @for_administrators
    def page(request: ActingRequest, pk: int | None = None) -> HttpResponse:
        """Show and keep one thing of the institution, or a new one."""
        thing = kind.find(request.acting, pk) if pk else None
        owner = access.institution_of(request.acting)
        form = kind.form(owner, request.POST or None, request.FILES or None, instance=thing)
        shown = {
            "tab": kind.route,
            "back": f"administration:{kind.route}",
            "title": kind.old if pk else kind.new,
            "removable": "administration:calendar-remove" if pk and kind.route == "calendar" else "",
            "thing": thing,
        }
        return editing(request, form, kind.action, shown)

    return page


def editing(request: ActingRequest, form: KeptForm, action: str, shown: dict[str, Any]) -> HttpResponse:
    """Keep what one form says and go back to the list, or show what is to be mended."""
    pk = form.instance.pk
    before = values_of(type(form.instance).objects.get(pk=pk), names_of(form)) if pk else {}
    if kept(request, form, action, before):
        return redirect(shown["back"])
    return render(
        request, "administration/edit.html", {"form": form, **shown}, status=422 if form.errors else 200
    )


FACULTY = Kind(
    FacultyForm,
    access.faculty_for,
    "administration.keep_faculty",
    "faculties",
    gettext_lazy("New faculty"),
    gettext_lazy("Faculty"),
)
SEMESTER = Kind(
    SemesterForm,
    access.semester_for,
    "administration.keep_semester",
    "calendar",
    gettext_lazy("New semester"),
    gettext_lazy("Semester"),
)
SIGNATORY = Kind(
    SignatoryForm,
    access.signatory_for,
    "administration.keep_signatory",
    "signatories",
    gettext_lazy("New signatory"),
    gettext_lazy("Signatory"),
)
faculty, semester, signatory = page_of(FACULTY), page_of(SEMESTER), page_of(SIGNATORY)


@require_GET
@for_administrators
def calendar(request: ActingRequest) -> HttpResponse:
    """List the semesters, each with its weeks and the policy's windows as days."""
    own = access.institution_of(request.acting)
    today = timezone.localdate()
    rows = [
        {
            "semester": one,
            "weeks": one.week_of(one.ends_on),
            "now": one.week_of(today) if one.starts_on <= today <= one.ends_on else None,
            "windows": windows_of(own, one) if one.ends_on >= today else [],
        }
        for one in Semester.objects.filter(institution=own)
    ]
    return render(
        request, "administration/calendar.html", {"rows": rows, "institution": own, "tab": "calendar"}
    )


@require_POST
@for_administrators
def semester_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Remove a semester to which nothing refers."""
    one = access.semester_for(request.acting, pk)
    try:
        remove(request.acting, "administration.remove_semester", one, SemesterForm.Meta.fields)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The semester is removed."))
    return redirect("administration:calendar")


@require_GET
@for_administrators
def signatories(request: ActingRequest) -> HttpResponse:
    """List who signs letters and certificates."""
    shown = {"signatories": access.signatories_for(request.acting), "tab": "signatories"}
    return render(request, "administration/signatories.html", shown)
