"""How far a learner has come to a goal, as a page shows it."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from portal.cases.answer import Answer
from portal.offerings.models import Offering
from portal.pathways.qualification import answer
from portal.proposals.models import Proposal
from portal.stacking.bridge import evaluated
from portal.stacking.earned import Earned, earned_of, on_the_way
from portal.stacking.models import Goal
from portal.stacking.of_course import courses_toward

OPEN = ("announced", "running")


@dataclass(frozen=True, slots=True)
class Standing:
    """What was earned, the policy’s answer where it has one, and what may come next."""

    goal: Goal
    earned: list[Earned]
    report: Answer | None
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
    earned = earned_of(goal)
    found = evaluated(goal, earned)
    report = answer(found[0], found[1], {}) if found else None
    return Standing(goal, earned, report, on_the_way(goal), next_courses(goal, earned))


def in_short(goal: Goal) -> Standing:
    """Return what a list shows of a goal: the credits gathered."""
    return Standing(goal, earned_of(goal), None)


def next_courses(goal: Goal, earned: list[Earned]) -> list[tuple[Proposal, Offering | None]]:
    """Return the components of the programme not earned yet, each with an offering that one may join."""
    had = {each.title for each in earned}
    missing = [course for course in courses_toward(goal.programme) if course.name not in had]
    offered = {
        offering.proposal_id: offering
        for offering in Offering.objects.filter(proposal__in=missing, state__in=OPEN).order_by("-starts_on")
    }
    return [(course, offered.get(course.pk)) for course in missing]
