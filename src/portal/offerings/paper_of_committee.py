"""What a committee's paper says of results (UNIMAS 3.3.2): learners, marks, grades, attainment."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Appointment
from portal.approvals.papers import Kind, register
from portal.offerings.access import offerings_for
from portal.offerings.facts import ITEM
from portal.offerings.learning_access import READERS
from portal.offerings.models import Assessment, Result, ResultSheet
from portal.wording import day, figure
from tauliah.credentials.identity_card import masked
from tauliah.files.letter import Facts, Heading, Part, Table

DASH = "–"
MOST_OUTCOMES = 5
"""Outcomes with a column of their own; a course with more shows their averages alone."""
TENTH = Decimal("0.1")


def papers(numbers: Collection[int]) -> dict[int, Sequence[Part]]:
    """Return what the papers of these sheets say, in the language that is active."""
    sheets = ResultSheet.objects.filter(pk__in=numbers).select_related(
        "offering__proposal", "offering__faculty", "offering__semester", "submitted_by__person"
    )
    whole = sheets.prefetch_related("results__enrolment__person", "offering__assessments")
    return {sheet.pk: paper(sheet) for sheet in whole}


def paper(sheet: ResultSheet) -> list[Part]:
    """Return what the paper of one sheet says."""
    results = sorted(sheet.results.all(), key=lambda one: one.enrolment.person.name)
    codes = codes_of(results)
    return [
        Facts(in_short(sheet)),
        Heading(_("Statistics")),
        Facts(statistics(results)),
        *grades(results),
        *attained(results, codes),
        Heading(_("Weights of the assessments")),
        weights(sheet.offering.assessments.all()),
        Heading(_("Results of the learners")),
        table(results, codes if len(codes) <= MOST_OUTCOMES else []),
    ]


def in_short(sheet: ResultSheet) -> list[tuple[str, str | Sequence[str]]]:
    """Return whose results these are."""
    offering = sheet.offering
    course = offering.proposal
    span = [day(one) for one in (offering.starts_on, offering.ends_on) if one]
    return [
        (_("Course"), f"{course.code} {course.name}".strip()),
        (_("Cohort"), offering.cohort),
        (_("Faculty"), offering.faculty.name),
        (_("Duration"), " – ".join(span) or DASH),
        (_("Submitted by"), sheet.submitted_by.person.name if sheet.submitted_by else DASH),
        (_("Sheet"), str(sheet.number)),
    ]


def statistics(results: Sequence[Result]) -> list[tuple[str, str]]:
    """Return how many learners there are, how many passed, and how the totals spread."""
    totals = [one.total for one in results if one.total is not None]
    passed = sum(bool(one.passed) for one in results)
    rows = [
        (_("Learners"), str(len(results))),
        (_("Passed"), f"{passed} ({share(passed, len(results))})"),
    ]
    if totals:
        rows += [
            (_("Average total"), figure(average(totals))),
            (_("Lowest and highest total"), f"{figure(min(totals))} – {figure(max(totals))}"),
        ]
    return rows


def share(part: int, whole: int) -> str:
    """Return a share in percent, to the tenth."""
    exact = Decimal(part) * 100 / Decimal(whole) if whole else Decimal(0)
    return f"{figure(exact.quantize(TENTH, ROUND_HALF_UP))} %"


def average(values: Sequence[Decimal]) -> Decimal:
    """Return the average, to the tenth."""
    return (sum(values, Decimal(0)) / len(values)).quantize(TENTH, ROUND_HALF_UP)


def grades(results: Sequence[Result]) -> list[Part]:
    """Return how many learners have each grade, the best total first."""
    best: dict[str, Decimal] = {}
    for one in results:
        if one.grade and one.total is not None:
            best[one.grade] = max(best.get(one.grade, one.total), one.total)
    counted = Counter(one.grade for one in results if one.grade)
    order = sorted(counted, key=lambda grade: -best.get(grade, Decimal(0)))
    if not order:
        return []
    header = (_("Grade"), *order)
    return [Table(header, [(_("Learners"), *(str(counted[grade]) for grade in order))])]


def codes_of(results: Iterable[Result]) -> list[str]:
    """Return the outcomes that any learner has an attainment of."""
    return sorted({code for one in results for code in one.attainment})


def attained(results: Sequence[Result], codes: Sequence[str]) -> list[Part]:
    """Return the average attainment of each outcome."""
    if not codes:
        return []
    row = [_("Average")]
    for code in codes:
        marks = [Decimal(str(one.attainment[code])) for one in results if code in one.attainment]
        row.append(figure(average(marks)) if marks else DASH)
    return [Heading(_("Attainment of the outcomes")), Table((_("Of 100"), *codes), [row])]


def weights(assessments: Iterable[Assessment]) -> Part:
    """Return what each assessment gives to the total."""
    rows = [
        (one.name, one.get_type_display(), f"{figure(one.percent)} %", ", ".join(one.outcomes) or DASH)
        for one in assessments
    ]
    header = (_("Assessment"), _("Type"), _("Weight"), _("Outcomes"))
    return Table(header, rows, widths=(2, 1.4, 0, 1), numeric=(2,))


def table(results: Sequence[Result], codes: Sequence[str]) -> Part:
    """Return the learners with marks, grade and attainment; of an identity only its end can be read."""
    header = (
        _("No."), _("Learner"), _("Identity"), _("Continuous"), _("Final"), _("Total"), _("Grade"), *codes,
    )  # fmt: skip
    rows = [row_of(number, one, codes) for number, one in enumerate(results, start=1)]
    widths = (0, 1, 0, 0, 0, 0, 0, *(0 for _code in codes))
    numeric = (3, 4, 5, *range(7, 7 + len(codes)))
    return Table(header, rows, widths=widths, numeric=numeric)


def row_of(number: int, result: Result, codes: Sequence[str]) -> tuple[str, ...]:
    """Return one learner's row."""
    person = result.enrolment.person
    identity = str(masked(person.identity_number)) if person.identity_number else DASH
    marks: list[Any] = [result.continuous, result.final, result.total]
    reached = [result.attainment.get(code) for code in codes]
    return (
        str(number),
        person.name,
        identity,
        *(figure(mark) for mark in marks),
        result.grade or DASH,
        *(figure(Decimal(str(mark))) if mark is not None else DASH for mark in reached),
    )


def hold(numbers: Collection[int]) -> None:
    """Lock sheets before decisions about them are recorded."""
    list(
        ResultSheet.objects.select_for_update(no_key=True)
        .filter(pk__in=numbers)
        .order_by("pk")
        .values_list("pk")
    )


def opens(acting: Appointment | None, number: int) -> bool:
    """Say whether somebody may open a sheet of results."""
    if acting is None or acting.role not in READERS:
        return False
    return ResultSheet.objects.filter(pk=number, offering__in=offerings_for(acting)).exists()


register(
    ITEM, Kind(gettext_lazy("Results of a course"), gettext_lazy("Results of courses"), papers, hold, opens)
)
