"""The register of transfers: what was entered in transcripts, by faculty, to be read and exported."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.applications.access import REGISTER_READERS, entries_for
from portal.applications.models import TranscriptEntry
from portal.exports.listing import FORM, Column, Listing, exported
from portal.institutions.models import Semester
from portal.numbers import whole_number
from portal.wording import in_language
from tauliah.values.vocabulary import VOCABULARY

PER_PAGE = 25
for_readers = for_roles(*REGISTER_READERS)
FILTERS = ("words", "faculty", "basis", "award", "semester", "state")


@require_safe
@for_readers
def register(request: ActingRequest) -> HttpResponseBase:
    """List the transfers of the institution or faculty (UTM Jadual 5(7)); ``?form=xlsx`` exports them."""
    acting = request.acting
    assert acting is not None
    asked = {name: " ".join(request.GET.get(name, "").split())[:100] for name in FILTERS}
    found = narrowed(entries_for(acting), asked)
    rows = found.select_related(
        "student__person", "student__programme", "course", "claim__application__faculty", "semester"
    ).order_by("-entered_at", "-pk")
    if FORM in request.GET:
        return exported(listing(rows), request.GET[FORM])
    shown = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "filtered": any(asked.values()),
        "by_faculty": by_faculty(found),
        **choices(acting),
    }
    return render(request, "applications/staff_register.html", shown)


def choices(acting: Appointment) -> dict[str, Any]:
    """Return what the filters offer."""
    institution = acting.institution
    return {
        "faculties": institution.faculties.all() if institution and not acting.faculty_id else (),
        "bases": [(name, in_language(words)) for name, words in VOCABULARY["basis"].items()],
        "awards": [(n, in_language(w)) for n, w in VOCABULARY["award"].items() if n != "none"],
        "semesters": Semester.objects.filter(institution=institution)[:12],
    }


def narrowed(found: QuerySet[TranscriptEntry], asked: dict[str, str]) -> QuerySet[TranscriptEntry]:
    """Keep what fits the filters."""
    fields = {"basis": "claim__basis", "award": "award"}
    found = found.filter(**{field: asked[name] for name, field in fields.items() if asked[name]})
    numbers = {"faculty": "claim__application__faculty", "semester": "semester"}
    given = {field: whole_number(asked[name]) for name, field in numbers.items() if asked[name]}
    found = found.filter(**{field: number for field, number in given.items() if number is not None})
    if asked["state"] in {"cancelled", "stands"}:
        found = found.filter(cancelled_at__isnull=asked["state"] == "stands")
    if words := asked["words"]:
        found = found.filter(
            Q(student__matric__icontains=words)
            | Q(student__person__name__icontains=words)
            | Q(course__code__icontains=words)
            | Q(claim__application__reference__icontains=words)
        )
    return found


def by_faculty(found: QuerySet[TranscriptEntry]) -> list[Any]:
    """Return how many transfers and credits stand, by faculty."""
    standing = found.filter(cancelled_at=None).order_by("claim__application__faculty__code")
    return list(
        standing.values("claim__application__faculty__code").annotate(
            transfers=Count("pk"), students=Count("student", distinct=True), together=Sum("credits")
        )
    )


def listing(found: QuerySet[TranscriptEntry]) -> Listing[TranscriptEntry]:
    """Return the register as a file to take along."""
    return Listing(
        gettext_lazy("register of transfers"),
        (
            Column(gettext_lazy("Faculty"), faculty_of),
            Column(gettext_lazy("Matric number"), lambda row: row.student.matric),
            Column(gettext_lazy("Student"), lambda row: row.student.person.name),
            Column(gettext_lazy("Programme"), lambda row: row.student.programme.code),
            Column(gettext_lazy("Application"), lambda row: row.claim.application.reference),
            Column(gettext_lazy("Basis"), lambda row: in_language(VOCABULARY["basis"].get(row.claim.basis))),
            Column(gettext_lazy("Course"), lambda row: row.course.code),
            Column(gettext_lazy("Title"), lambda row: row.course.name),
            Column(gettext_lazy("As the transcript puts it"), lambda row: row.term),
            Column(gettext_lazy("Credits"), lambda row: row.credits),
            Column(gettext_lazy("Grade"), lambda row: row.grade),
            Column(gettext_lazy("As earned"), earned),
            Column(gettext_lazy("Semester"), lambda row: row.semester.code if row.semester else ""),
            Column(gettext_lazy("Entered on"), lambda row: row.entered_at),
            Column(gettext_lazy("Cancelled on"), lambda row: row.cancelled_at),
        ),
        found,
    )


def faculty_of(row: TranscriptEntry) -> str:
    """Name the faculty that granted a transfer."""
    faculty = row.claim.application.faculty
    return faculty.code if faculty else ""


def earned(row: TranscriptEntry) -> str:
    """Write out the courses that a transfer rests on."""
    return "; ".join(
        f"{each.get('code', '')} {each.get('title', '')}, {each.get('institution', '')}: "
        f"{each.get('credits', '')}, {each.get('grade', '')}"
        for each in row.original
    )
