"""How far a learner has come to a goal, as a page shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from portal.accounts.refusal import Refused
from portal.cases.answer import Answer
from portal.offerings.models import Offering
from portal.pathways.qualification import answer
from portal.proposals.models import Proposal
from portal.stacking.bridge import evaluated
from portal.stacking.earned import CONVENTIONAL, OWN, Earned, earned_for, earned_of, on_the_way
from portal.stacking.models import Goal
from portal.stacking.of_course import courses_toward

OPEN = ("announced", "running")
AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Standing:
    """What was earned, the policy’s answer where it has one, and what may come next."""

    goal: Goal
    earned: list[Earned]
    report: Answer | None
    lacking: str = ""
    """Why the policy could not answer, where it could not."""
    taking: list[tuple[Any, str]] = field(default_factory=list)
    next_courses: list[tuple[Proposal, Offering | None]] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """All credits gathered, whether or not a limit cuts them."""
        return sum((each.credits for each in self.earned), Decimal(0))

    @property
    def needed(self) -> Decimal:
        """The graduating credits of the programme."""
        return self.goal.programme.graduating_credits

    @property
    def percent(self) -> int:
        """How much of the programme is gathered, in whole percent, at most 100."""
        return min(int(100 * self.total / self.needed), 100) if self.needed else 0


def standing_of(goal: Goal) -> Standing:
    """Return how far the learner has come, with the rules that still stand in the way."""
    earned, lacking = earned_of(goal), ""
    try:
        found = evaluated(goal, earned)
    except Refused as refused:
        found, lacking = None, str(refused)
    report = answer(found[0], found[1], {}) if found else None
    return Standing(goal, earned, report, lacking, on_the_way(goal), next_courses(goal, earned))


def in_short(goals: Iterable[Goal]) -> list[Standing]:
    """Return what a list shows of goals: the credits gathered toward each."""
    listed = list(goals)
    earned = earned_for(listed)
    return [Standing(goal, earned[goal.pk], None) for goal in listed]


def all_in_short(goals: QuerySet[Goal]) -> Iterator[Standing]:
    """Yield the same of however many goals, a thousand at a time."""
    keys = list(goals.values_list("pk", flat=True))
    for first in range(0, len(keys), AT_ONCE):
        found = goals.in_bulk(keys[first : first + AT_ONCE])
        yield from in_short(found[key] for key in keys[first : first + AT_ONCE])


def next_courses(goal: Goal, earned: list[Earned]) -> list[tuple[Proposal, Offering | None]]:
    """Return the components of the programme not earned yet, each with an offering that one may join."""
    had = {each.achievement for each in earned}
    passed = {each.course for each in earned if each.origin in (OWN, CONVENTIONAL)}
    missing = [
        course
        for course in courses_toward(goal.programme)
        if course.achievement_id not in had and course.original_id not in passed
    ]
    offered = {
        offering.proposal_id: offering
        for offering in Offering.objects.filter(proposal__in=missing, state__in=OPEN).order_by("-starts_on")
    }
    return [(course, offered.get(course.pk)) for course in missing]
