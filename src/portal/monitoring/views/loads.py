"""The teaching loads of lecturers by semester, to read and to export (UTM 5.4.1, 5.4.6, 5.4.7)."""

from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.catalogue.choices import words as word_for
from portal.exports.listing import FORM, Column, Listing, exported
from portal.institutions.models import Semester
from portal.monitoring.access import READERS
from portal.monitoring.models import TeachingLoad
from portal.numbers import whole_number
from portal.offerings.access import OWN_FACULTY, WHOLE_INSTITUTION

PER_PAGE = 25
COLUMNS = (
    Column[TeachingLoad](gettext_lazy("Lecturer"), lambda load: load.person.name),
    Column[TeachingLoad](gettext_lazy("Course"), lambda load: str(load.offering.proposal)),
    Column[TeachingLoad](gettext_lazy("Cohort"), lambda load: load.offering.cohort),
    Column[TeachingLoad](gettext_lazy("Semester"), lambda load: load.semester.code if load.semester else ""),
    Column[TeachingLoad](gettext_lazy("Category"), lambda load: word_for("load_category", load.category)),
    Column[TeachingLoad](gettext_lazy("Participants"), lambda load: load.participants),
    Column[TeachingLoad](gettext_lazy("Completions"), lambda load: load.completions),
    Column[TeachingLoad](gettext_lazy("Credits of load"), lambda load: load.credits),
)


@require_safe
@for_roles(*READERS)
def loads(request: ActingRequest) -> HttpResponseBase:
    """List loads of a semester; who only teaches sees the own ones."""
    acting = request.acting
    assert acting is not None
    semester, words = request.GET.get("semester", ""), " ".join(request.GET.get("q", "").split())[:80]
    rows = loads_for(acting)
    if (number := whole_number(semester)) is not None:
        rows = rows.filter(semester=number)
    if words:
        rows = rows.filter(person__name__icontains=words)
    if FORM in request.GET:
        return exported(Listing(gettext_lazy("teaching loads"), COLUMNS, rows), request.GET[FORM])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tab": "loads",
        "page": page,
        "sums": rows.order_by("person__name", "person")
        .values("person__name", "person")
        .annotate(credits=Sum("credits")),
        "semesters": Semester.objects.filter(institution=acting.institution)[:12],
        "semester": semester,
        "words": words,
    }
    return render(request, "monitoring/loads.html", context)


def loads_for(acting: Appointment) -> QuerySet[TeachingLoad]:
    """Return the loads that somebody may see."""
    there = TeachingLoad.objects.filter(offering__institution=acting.institution).select_related(
        "person", "offering__proposal", "semester"
    )
    if acting.role in WHOLE_INSTITUTION:
        return there
    if acting.role in OWN_FACULTY:
        return there.filter(offering__faculty=acting.faculty) if acting.faculty_id else there
    return there.filter(person=acting.person)
