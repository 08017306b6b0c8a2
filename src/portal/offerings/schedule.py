"""The days of an offering: from the calendar, or set beside the learning time that they must hold."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from portal.institutions.models import Semester
from portal.offerings.models import Offering
from portal.offerings.terms import weeks
from portal.proposals.checking import learning_time
from portal.proposals.models import Proposal
from tauliah.values.case import InvalidCase

FULL_WEEK = Decimal(40)
"""Hours of learning in a week that nobody exceeds: those of somebody who does nothing else."""
QUIET_WEEK = Decimal(1)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class SemesterDays:
    """A semester as an offering uses it: weeks of learning, then the examination (UMPSA 8(I)-weeks)."""

    starts_on: date
    learning_ends_on: date
    examination_from: date
    ends_on: date
    weeks: int

    @property
    def fits(self) -> bool:
        """Whether days are left for the examination."""
        return self.examination_from <= self.ends_on


def days_of(semester: Semester, policy: str) -> SemesterDays:
    """Lay an offering out in a semester of the calendar."""
    count = weeks(policy, "semester_weeks")
    examination = semester.starts_on + timedelta(weeks=count)
    return SemesterDays(
        semester.starts_on, examination - timedelta(days=1), examination, semester.ends_on, count
    )


@dataclass(frozen=True, slots=True)
class Pace:
    """How much learning falls on a week of an offering (UTM 3.3.1.4); hours of the whole, weeks in tenths."""

    hours: Decimal
    weeks: Decimal
    hours_per_week: Decimal

    @property
    def is_too_short(self) -> bool:
        """Whether a week would ask for more than somebody can learn in it."""
        return self.hours_per_week > FULL_WEEK

    @property
    def is_long(self) -> bool:
        """Whether a week asks for less than an hour."""
        return self.hours_per_week < QUIET_WEEK


def pace_of(offering: Offering) -> Pace | None:
    """Return the pace of an offering; nothing before both days and the learning time are known."""
    hours = learning_hours(offering.proposal)
    if hours is None or offering.starts_on is None or offering.ends_on is None:
        return None
    days = (offering.ends_on - offering.starts_on).days + 1
    if days < 1:
        return None
    count = Decimal(days) / 7
    return Pace(hours, tenths(count), tenths(hours / max(count, Decimal(1))))


def tenths(number: Decimal) -> Decimal:
    """Round to one decimal, halves up."""
    return number.quantize(TENTH, ROUND_HALF_UP)


def learning_hours(proposal: Proposal) -> Decimal | None:
    """Return the student learning time: as certified, as entered, or as the activities make at most."""
    if proposal.achievement is not None:
        return proposal.achievement.learning_hours
    for name in ("hours", "effort_hours"):
        found = decimal_of(proposal.content.get(name))
        if found:
            return found
    return hours_of_activities(proposal)


def hours_of_activities(proposal: Proposal) -> Decimal | None:
    """Return the most hours that the activities take; nothing where they cannot be counted."""
    try:
        counted = learning_time(proposal)
    except (InvalidCase, KeyError):
        return None
    return decimal_of((counted or {}).get("hours", {}).get("most")) if counted else None


def decimal_of(value: Any) -> Decimal | None:
    """Return a number as it was entered; nothing for what is none."""
    if value in (None, ""):
        return None
    try:
        found = Decimal(str(value))
    except ArithmeticError:
        return None
    return found if found.is_finite() else None


def days_until(day: date | None, today: date) -> int | None:
    """Return how many days are left until a day; nothing where it is not set."""
    return (day - today).days if day else None


def is_late(offering: Offering, today: date) -> bool:
    """Say whether an offering begins sooner than it has to be announced ahead (UTM 5.3.4)."""
    if offering.starts_on is None:
        return False
    ahead = timedelta(weeks=weeks(offering.policy, "announcement_weeks"))
    return offering.starts_on - today < ahead
