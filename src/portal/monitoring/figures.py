"""The figures of offerings: who enrolled, went on, left and completed, and how they found it.

UNIMAS 5.5, 5.7-attrition; UTM 3.3.2.1. Learners on the waiting list, and those who have not paid yet, are
counted by themselves: they took no part. ``docs/algorithms/monitoring.md`` says what each share is of.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from django.db.models import Count, Q, QuerySet

from portal.offerings.experience import LEAST_ANSWERS
from portal.offerings.grading import rounded
from portal.offerings.models import Enrolment, Material, Offering, Progress, Survey, SurveyAnswer
from portal.proposals.models import Proposal

Offerings = QuerySet[Offering] | Iterable[Offering]
Chosen = QuerySet[Offering] | list[int]
"""Offerings as a question within a question, so that their number has no limit, or listed by key."""
State = Enrolment.State
HUNDRED = 100
COUNTS = {
    "waiting": State.WAITING,
    "unpaid": State.UNPAID,
    "active": State.ACTIVE,
    "deferred": State.DEFERRED,
    "withdrawn": State.WITHDRAWN,
    "completed": State.COMPLETED,
    "failed": State.FAILED,
}
TOOK_PART = ("active", "deferred", "withdrawn", "completed", "failed")


@dataclass(frozen=True, slots=True)
class Figures:
    """Learners by state; shares are of those who ever took part, in percent to the hundredth."""

    waiting: int = 0
    unpaid: int = 0
    active: int = 0
    deferred: int = 0
    withdrawn: int = 0
    completed: int = 0
    failed: int = 0
    progression: Decimal | None = None
    experience: Decimal | None = None

    @property
    def enrolled(self) -> int:
        """Everybody who ever took part."""
        return sum(getattr(self, name) for name in TOOK_PART)

    @property
    def attrition(self) -> Decimal | None:
        """The share that withdrew."""
        return share(self.withdrawn, self.enrolled)

    @property
    def completion(self) -> Decimal | None:
        """The share that completed with a pass; not known before anybody could."""
        ended = self.completed or self.failed
        return share(self.completed, self.enrolled) if ended else None

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as they are kept with a review."""
        shares = {"attrition": self.attrition, "completion": self.completion}
        means = {"progression": self.progression, "experience": self.experience}
        return {name: getattr(self, name) for name in ("enrolled", *COUNTS)} | {
            name: None if value is None else str(value) for name, value in (shares | means).items()
        }


def share(part: int, whole: int) -> Decimal | None:
    """Return a share in percent, rounded half up; nothing of nothing."""
    return rounded(Fraction(HUNDRED * part, whole)) if whole else None


def figures_of(offerings: Offerings) -> dict[int, Figures]:
    """Return the figures of each offering by key, with a fixed number of questions to the database."""
    if isinstance(offerings, QuerySet) and not offerings.query.is_sliced:
        there: Chosen = offerings.order_by()
        keys = list(offerings.values_list("pk", flat=True))
    else:
        keys = there = [offering.pk for offering in offerings]
    counted = counts(there)
    progressed, experienced = progression(there), experience(there)
    return {
        key: Figures(
            **counted.get(key, {}),
            progression=progressed.get(key),
            experience=experienced.get(key),
        )
        for key in keys
    }


def counts(keys: Chosen) -> dict[int, dict[str, int]]:
    """Return how many learners of each offering are in each state."""
    asked = {name: Count("pk", filter=Q(state=state)) for name, state in COUNTS.items()}
    rows = Enrolment.objects.filter(offering__in=keys).values("offering").order_by().annotate(**asked)
    found = cast("list[dict[str, int]]", list(rows))
    return {row["offering"]: {name: row[name] for name in COUNTS} for row in found}


def progression(keys: Chosen) -> dict[int, Decimal]:
    """Return the mean share of the materials that learners who are still there have finished, in percent."""
    staying = (State.ACTIVE, State.COMPLETED, State.FAILED)
    learners = dict(
        Enrolment.objects.filter(offering__in=keys, state__in=staying)
        .values_list("offering")
        .order_by()
        .annotate(Count("pk"))
    )
    materials = dict(
        Material.objects.filter(visible=True, proposal__offerings__in=keys)
        .values_list("proposal__offerings")
        .order_by()
        .annotate(Count("pk"))
    )
    done = dict(
        Progress.objects.filter(
            enrolment__offering__in=keys, enrolment__state__in=staying, material__visible=True
        )
        .values_list("enrolment__offering")
        .order_by()
        .annotate(Count("pk"))
    )
    return {
        key: rounded(Fraction(HUNDRED * done.get(key, 0), learners[key] * materials[key]))
        for key in learners
        if materials.get(key)
    }


def experience(keys: Chosen) -> dict[int, Decimal]:
    """Return the mean of all ratings in each offering's surveys, of 5; nothing where too few answered."""
    asked = {
        pk: (offering, {row["key"] for row in questions if row["sort"] == "rating"})
        for pk, offering, questions in Survey.objects.filter(offering__in=keys).values_list(
            "pk", "offering", "questions"
        )
    }
    rows = SurveyAnswer.objects.filter(survey__offering__in=keys).values_list("survey", "answers")
    answered: dict[int, list[list[int]]] = {}
    for survey, answers in rows:
        ratings = [number for key, number in answers.items() if key in asked[survey][1]]
        answered.setdefault(survey, []).append(ratings)
    sums, numbers = Counter[int](), Counter[int]()
    for survey, given in answered.items():
        if len(given) >= LEAST_ANSWERS:
            offering = asked[survey][0]
            sums[offering] += sum(map(sum, given))
            numbers[offering] += sum(map(len, given))
    return {key: rounded(Fraction(sums[key], number)) for key, number in numbers.items() if number}


def together(figures: Iterable[Figures]) -> Figures:
    """Return the sums of several offerings; means are of the offerings that have one."""
    rows = list(figures)
    sums = {name: sum(getattr(row, name) for row in rows) for name in COUNTS}
    return Figures(
        **sums,
        progression=mean_of(row.progression for row in rows),
        experience=mean_of(row.experience for row in rows),
    )


def mean_of(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the mean of what is known."""
    known = [Fraction(value) for value in values if value is not None]
    return rounded(sum(known, Fraction(0)) / len(known)) if known else None


def figures_of_year(course: Proposal, year: int) -> dict[str, Any]:
    """Return the figures of a course's offerings that began in a year, as a review keeps them."""
    offerings = list(course.offerings.filter(starts_on__year=year))
    return together(figures_of(offerings).values()).as_dict() | {"offerings": len(offerings)}
