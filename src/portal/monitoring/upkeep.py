"""Whether a course was kept up, and what the policy says is due (UTM 3.3.2.2, 3.3.2.3)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from portal.monitoring.models import UpkeepLetter
from portal.packs import packs
from portal.proposals.checking import knows
from portal.proposals.models import Proposal
from portal.wording import in_language
from tauliah.evaluate import evaluate

Kind = UpkeepLetter.Kind
DUE = {"warn": Kind.WARNING, "close": Kind.CLOSING}
"""The letter that each answer of the policy asks for."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """A course, when it was last kept up, and what is due now: ``none``, ``warn``, ``close`` or nothing.

    ``warned`` and ``ordered`` are the days of the last warning and of the last order to close.
    """

    course: Proposal
    last_on: date | None
    warned: date | None
    ordered: date | None
    action: str | None
    message: str
    clauses: tuple[str, ...]
    due_after: date | None

    @property
    def letter(self) -> Kind | None:
        """The kind of letter that is due; an order to close is given once for each warning."""
        return None if self.is_ordered else DUE.get(self.action or "")

    @property
    def is_ordered(self) -> bool:
        """Whether the order to close was given, and the course was not maintained since."""
        if self.action != "close" or self.ordered is None or self.warned is None:
            return False
        return self.ordered >= self.warned


def upkeep_of(course: Proposal, day: date | None = None) -> Upkeep:
    """Return what the policy says of a course on a day; without rules there is no action."""
    last, warned = last_kept_up(course), last_letter(course, Kind.WARNING)
    ordered = last_letter(course, Kind.CLOSING)
    if not knows(course.policy, "mooc_upkeep"):
        return Upkeep(course, last, warned, ordered, None, "", (), None)
    result = evaluate(case_of(course, day or timezone.localdate()), packs())
    due = result.get("due_after")
    return Upkeep(
        course,
        last,
        warned,
        ordered,
        result["action"],
        in_language(result["message"]) if result.get("message") else "",
        tuple(result["clauses"]),
        date.fromisoformat(due) if due else None,
    )


def case_of(course: Proposal, day: date) -> dict[str, Any]:
    """Write the upkeep of a course out as the contract's case."""
    last, warned = last_kept_up(course), last_letter(course, Kind.WARNING)
    case = {
        "kind": "mooc_upkeep",
        "policy": course.policy,
        "on": day.isoformat(),
        "last_maintained_on": last.isoformat() if last else None,
        "warned_on": warned.isoformat() if warned else None,
    }
    return {name: value for name, value in case.items() if value is not None}


def last_kept_up(course: Proposal) -> date | None:
    """Return the day of the last maintenance, or of the registration where there was none."""
    days = [registered_on(course), *(each.on for each in course.maintenance.all())]
    return max((day for day in days if day is not None), default=None)


def registered_on(course: Proposal) -> date | None:
    """Return the day on which a course was registered."""
    return timezone.localdate(course.registered_at) if course.registered_at else None


def last_letter(course: Proposal, kind: str) -> date | None:
    """Return the day of the last letter of a kind; the policy compares it with the last maintenance."""
    return max((each.issued_on for each in course.upkeep_letters.all() if each.kind == kind), default=None)
