"""What the marks of an offering come to: rows read once, then reckoned by ``grading``."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from portal.catalogue.models import GradingScale
from portal.offerings import grading
from portal.offerings.grading import Part, Step
from portal.offerings.models import Assessment, Enrolment, Mark, Offering, ResultSheet
from tauliah.values.vocabulary import GRADES

State = Enrolment.State


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands: the marks that count by assessment, and what they come to."""

    marks: Mapping[int, Decimal]
    so_far: Decimal | None
    total: Decimal | None
    continuous: Decimal | None
    final: Decimal | None
    attainment: Mapping[str, Decimal]
    grade: Step | None


def parts_of(offering: Offering) -> list[Part]:
    """Return the assessments of an offering as they count."""
    return [
        Part(each.pk, each.percent, each.type == Assessment.Type.FINAL, tuple(each.outcomes))
        for each in offering.assessments.all()
    ]


def scale_on(offering: Offering) -> list[Step]:
    """Return the institution’s grading scale as of the offering’s last day; empty where none has marks."""
    day = offering.final_due_on or offering.ends_on or timezone.localdate()
    return steps_of(offering.institution_id, day)


def steps_of(institution: int, day: date) -> list[Step]:
    """Return the grades, with their lowest marks, of the newest scale in force that has them."""
    in_force = GradingScale.objects.filter(institution=institution, in_force_on__lte=day)
    for scale in in_force.order_by("-in_force_on", "-pk").prefetch_related("grades"):
        steps = [
            Step(grade.label, grade.lowest_mark, grade.equal_to)
            for grade in scale.grades.all()
            if grade.lowest_mark is not None
        ]
        if steps:
            return steps
    return []


def counting_marks(enrolments: Iterable[int]) -> dict[int, dict[int, Decimal]]:
    """Return the best mark of each learner in each assessment, by enrolment and assessment."""
    attempts: dict[tuple[int, int], list[Decimal]] = defaultdict(list)
    rows = Mark.objects.filter(enrolment__in=list(enrolments)).order_by()
    for enrolment, assessment, mark in rows.values_list("enrolment", "assessment", "mark"):
        attempts[enrolment, assessment].append(mark)
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for (enrolment, assessment), marks in attempts.items():
        if (counts := grading.best(marks)) is not None:
            found[enrolment][assessment] = counts
    return found


def standing(parts: list[Part], scale: list[Step], marks: Mapping[int, Decimal]) -> Standing:
    """Reckon where a learner with these marks stands."""
    whole = grading.total(parts, marks)
    return Standing(
        marks=marks,
        so_far=grading.so_far(parts, marks),
        total=whole,
        continuous=grading.part_mark(parts, marks, final=False),
        final=grading.part_mark(parts, marks, final=True),
        attainment=grading.attainment(parts, marks),
        grade=None if whole is None else grading.grade_of(scale, whole),
    )


def standings(offering: Offering, enrolments: Iterable[int]) -> dict[int, Standing]:
    """Return where each of some learners stands, by enrolment."""
    keys = list(enrolments)
    parts, scale, marks = parts_of(offering), scale_on(offering), counting_marks(keys)
    return {key: standing(parts, scale, marks.get(key, {})) for key in keys}


def has_passed(offering: Offering, grade: Step | None) -> bool:
    """Say whether a grade is a pass by the course as it is certified; a C where it is not described yet."""
    if grade is None or grade.equal_to not in GRADES:
        return False
    achievement = offering.proposal.achievement
    least = achievement.required_grade if achievement else "C"
    return GRADES.index(grade.equal_to) <= GRADES.index(least)


def learners_of(sheet: ResultSheet) -> QuerySet[Enrolment]:
    """Return the learners whose results a sheet carries.

    A course with an end has one sheet of all who are still in it; from a self-paced one, those go on who
    have every mark, sheet after sheet.
    """
    there = sheet.offering.enrolments.filter(state=State.ACTIVE).exclude(result__sheet__in=others(sheet))
    if sheet.offering.mode != Offering.Mode.SELF_PACED:
        return there
    return there.filter(pk__in=fully_marked(sheet.offering))


def others(sheet: ResultSheet) -> QuerySet[ResultSheet]:
    """Return the other sheets of the offering."""
    return ResultSheet.objects.filter(offering=sheet.offering_id).exclude(pk=sheet.pk)


def fully_marked(offering: Offering) -> list[int]:
    """Return the enrolments that have a mark in every assessment, of which there is one at least."""
    wanted = set(offering.assessments.values_list("pk", flat=True))
    active = offering.enrolments.filter(state=State.ACTIVE).values_list("pk", flat=True)
    marks = counting_marks(active)
    return [key for key, marked in marks.items() if wanted and wanted <= set(marked)]


def unmarked(sheet: ResultSheet) -> int:
    """Return how many learners of a sheet lack a mark."""
    complete = set(fully_marked(sheet.offering))
    return sum(key not in complete for key in learners_of(sheet).values_list("pk", flat=True))
