"""Marks: a table of the class, and one learner’s attempts with feedback."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import NotAllowed, Refused
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE
from portal.numbers import whole_number
from portal.offerings.access import offering_for
from portal.offerings.actions.marking import Entry, enter_mark, enter_marks, keep_feedback, may_mark
from portal.offerings.graded import standings
from portal.offerings.learning_access import READERS, TEACHING, enrolment_for
from portal.offerings.lists import plain_mark
from portal.offerings.models import Enrolment, Mark, Offering
from portal.offerings.sheets import must_be_open, under_way

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """One mark of the table as it is shown: its text, the mark that stands, and what is wrong."""

    name: str
    label: str
    text: str
    seen: str
    attempts: int
    wrong: str = ""


def shown_mark(mark: Decimal | None) -> str:
    """Write a mark as it is typed."""
    return "" if mark is None else plain_mark(mark)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*READERS)
def marks(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the marks of the class, and keep those that were typed; a wrong one is named at its cell."""
    offering = offering_for(request.acting, pk)
    there = offering.enrolments.filter(state=Enrolment.State.ACTIVE).select_related("person")
    page = Paginator(there.order_by("person__name", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    if request.method != "POST":
        return table(request, offering, page)
    if not may_mark(request.acting, offering):
        raise NotAllowed
    assert request.acting is not None
    try:
        kept = enter_marks(request.acting, offering, typed(request, offering, page))
    except Refused as refused:
        return table(request, offering, page, refused=refused)
    if kept.number:
        told = ngettext("%(n)s mark is kept.", "%(n)s marks are kept.", kept.number)
        messages.success(request, told % {"n": kept.number})
    if kept.wrong:
        return table(request, offering, page, wrong=kept.wrong)
    if not kept.number:
        messages.info(request, _("Nothing was changed."))
    return redirect(request.get_full_path())


def typed(request: ActingRequest, offering: Offering, page: "Page[Enrolment]") -> Iterator[Entry]:
    """Yield the cells of the page that were changed."""
    for enrolment in page:
        for assessment in offering.assessments.all():
            name = f"m{enrolment.pk}-{assessment.pk}"
            seen = request.POST.get(f"{name}-seen", "")
            text = request.POST.get(name, seen).strip()
            if text != seen:
                yield Entry(enrolment.pk, assessment.pk, text, looked=True, seen=as_mark(seen))


def as_mark(text: str) -> Decimal | None:
    """Read the mark that a page showed."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def table(
    request: ActingRequest,
    offering: Offering,
    page: "Page[Enrolment]",
    *,
    wrong: dict[tuple[int, int], str] | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    """Show the table; what was typed and not kept stands as it was typed."""
    parts = list(offering.assessments.all())
    now = standings(offering, [row.pk for row in page])
    numbers: dict[tuple[int, int], int] = {}
    for enrolment, assessment in Mark.objects.filter(enrolment__in=list(page)).values_list(
        "enrolment", "assessment"
    ):
        numbers[enrolment, assessment] = numbers.get((enrolment, assessment), 0) + 1
    rows = []
    for row in page:
        cells = [
            cell_of(request, row, part, now[row.pk].marks.get(part.pk), numbers, wrong or {}, refused)
            for part in parts
        ]
        rows.append((row, cells, now[row.pk]))
    shown = {
        "offering": offering,
        "page": page,
        "parts": parts,
        "rows": rows,
        "may_mark": may_mark(request.acting, offering),
        "submitted": under_way(offering),
        "refused": refused,
        "mistakes": [cell for _row, cells, _now in rows for cell in cells if cell.wrong],
    }
    status = UNPROCESSABLE if wrong or refused else 200
    return render(request, "offerings/marks.html", shown, status=status)


def cell_of(  # noqa: PLR0917 - all of it is what a cell shows
    request: ActingRequest,
    row: Enrolment,
    part: Any,
    mark: Decimal | None,
    numbers: dict[tuple[int, int], int],
    wrong: dict[tuple[int, int], str],
    refused: Refused | None,
) -> Cell:
    """Return a cell of the table."""
    name, seen = f"m{row.pk}-{part.pk}", shown_mark(mark)
    problem = wrong.get((row.pk, part.pk), "")
    text = request.POST.get(name, seen) if problem or refused else seen
    label = f"{row.person.name}, {part.name}"
    return Cell(name, label, text, seen, numbers.get((row.pk, part.pk), 0), problem)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*TEACHING)
def marks_of(request: ActingRequest, pk: int) -> HttpResponse:
    """Enter one learner’s attempts, and feedback that stands with the mark (UNIMAS 2.3-feedback)."""
    enrolment = enrolment_for(request.acting, pk)
    offering = enrolment.offering
    if not may_mark(request.acting, offering):
        raise NotAllowed
    refused = None
    if request.method == "POST":
        try:
            keep_one(request, enrolment)
        except Refused as wrong:
            refused = wrong
        else:
            messages.success(request, _("The mark is kept."))
            return redirect("offerings:marks-of", pk)
    rows = []
    for assessment in offering.assessments.all():
        attempts = list(enrolment.marks.filter(assessment=assessment).order_by("attempt"))
        more = not assessment.attempts or len(attempts) < assessment.attempts
        rows.append((assessment, attempts, len(attempts) + 1 if more else None))
    shown = {
        "enrolment": enrolment,
        "offering": offering,
        "rows": rows,
        "refused": refused,
        "typed": request.POST if refused else {},
        "standing": standings(offering, [pk])[pk],
    }
    return render(request, "offerings/marks_of.html", shown, status=UNPROCESSABLE if refused else 200)


def keep_one(request: ActingRequest, enrolment: Enrolment) -> None:
    """Keep the attempt that was sent, with its feedback; the feedback alone where results are submitted."""
    number, attempt = (whole_number(request.POST.get(name, "")) for name in ("assessment", "attempt"))
    assessment = enrolment.offering.assessments.filter(pk=number or 0).first()
    if assessment is None or attempt is None:
        raise Refused(_("This assessment is not part of the offering."))
    feedback = request.POST.get("feedback", "")
    there = enrolment.marks.filter(assessment=assessment, attempt=attempt).first()
    text = request.POST.get("mark", "").strip()
    if there is not None and text == plain_mark(there.mark):
        keep_feedback(request.acting, there, feedback)
        return
    must_be_open(enrolment.offering)
    enter_mark(request.acting, assessment, enrolment, text, feedback, attempt)
