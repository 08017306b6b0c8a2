"""Whether teachers took part in talking with learners every week of an offering (UTM 5.2.9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.monitoring.models import Interaction
from portal.offerings.models import Offering

WEEK = timedelta(weeks=1)
WEEKLY = "weekly_interaction"
"""The policy's value that asks for interaction every week."""


@dataclass(frozen=True, slots=True)
class Week:
    """A week of an offering, counted from 1, and how often somebody took part in it."""

    number: int
    first: date
    last: date
    entries: int
    is_over: bool

    @property
    def is_missed(self) -> bool:
        """Whether the week went by without anybody."""
        return self.is_over and not self.entries


def weeks_of(offering: Offering, today: date, interactions: Iterable[Interaction]) -> list[Week]:
    """Return the weeks of an offering up to today, or to its end."""
    if offering.starts_on is None or offering.starts_on > today:
        return []
    end = min(today, offering.ends_on) if offering.ends_on else today
    on = [each.on for each in interactions]
    found: list[Week] = []
    first = offering.starts_on
    while first <= end:
        last = first + WEEK - timedelta(days=1)
        count = sum(first <= day <= last for day in on)
        over = last < today or (offering.ends_on is not None and offering.ends_on < today)
        found.append(Week(len(found) + 1, first, last, count, over))
        first += WEEK
    return found


def is_silent(offering: Offering, today: date, interactions: Iterable[Interaction]) -> bool:
    """Whether nobody took part in the seven days before today, while the offering has run that long."""
    if offering.starts_on is None or today - offering.starts_on < WEEK:
        return False
    return not any(today - WEEK <= each.on <= today for each in interactions)
