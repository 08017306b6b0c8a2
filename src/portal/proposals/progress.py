"""How far a course is developed, by its milestones (UNIMAS Table 3): what is done, when the rest is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from portal.courses.milestones import suggested
from portal.packs import packs
from portal.proposals.checking import knows
from portal.proposals.models import Milestone, Proposal
from portal.wording import in_language
from tauliah.evaluate import evaluate
from tauliah.values.day import months_after

Json = dict[str, Any]
BEFORE_VETTING = ("content_developed", "videos_developed", "promo_video_developed", "materials_uploaded")
"""What must be done before an expert looks at the course (UNIMAS 2.1-development-upload)."""
BY_STEP = {"proposal_approved", "vetted", "senate_approved"}
"""Milestones that the course reaches by a step of its process; nobody marks them."""
BY_CENTRE = {"table_4_approved"}
"""Milestones that the e-learning centre marks; the others are the developer’s."""


@dataclass(frozen=True, slots=True)
class Row:
    """A milestone as its page shows it; ``days`` is how long it took or takes so far."""

    milestone: Milestone
    label: str
    percent: Any
    suggested: str
    suggested_days: int | None
    days: int | None
    late: bool
    clauses: tuple[str, ...]

    @property
    def over(self) -> int:
        """By how many days it takes longer than suggested."""
        if self.days is None or self.suggested_days is None:
            return 0
        return max(0, self.days - self.suggested_days)


def answer_on(policy: str, done: list[str]) -> Json | None:
    """Return the engine's answer on the milestones done; nothing where the policy has none."""
    if not knows(policy, "milestones"):
        return None
    return evaluate({"kind": "milestones", "policy": policy, "done": done}, packs())


def progress_of(proposal: Proposal) -> Json | None:
    """Return the engine's answer on a proposal; nothing where its policy has no milestones."""
    return answer_on(proposal.policy, sorted(names_done(proposal)))


def names_done(proposal: Proposal) -> set[str]:
    """Return the names of the milestones that are done."""
    return {milestone.name for milestone in proposal.milestones.all() if milestone.done_on}


def done_before_vetting(proposal: Proposal) -> bool:
    """Whether every milestone before vetting is done; true where the policy has none."""
    if not knows(proposal.policy, "milestones"):
        return True
    return names_done(proposal).issuperset(BEFORE_VETTING)


def planned(policy: str, first: date) -> list[tuple[str, date, date | None]]:
    """Return each milestone with the day on which it begins and the day on which it is due.

    One begins when the one before it is due; the longest suggested time counts.
    """
    found, begins = [], first
    for step in (answer_on(policy, []) or {"milestones": ()})["milestones"]:
        due = due_after(begins, step.get("suggested"))
        found.append((step["milestone"], begins, due))
        begins = due or begins
    return found


def due_after(begins: date, time: Mapping[str, int] | None) -> date | None:
    """Return the last day of a suggested time; nothing where the policy suggests none."""
    if not time:
        return None
    months = time.get("months") or time.get("most_months") or time.get("under_months") or 0
    weeks = time.get("weeks") or time.get("most_weeks") or time.get("under_weeks") or 0
    return months_after(begins, months) + timedelta(weeks=weeks)


def rows_of(proposal: Proposal) -> list[Row]:
    """Return the milestones with the policy's words, suggested and actual time."""
    answer = progress_of(proposal)
    told = {step["milestone"]: step for step in answer["milestones"]} if answer else {}
    return [row_of(milestone, told.get(milestone.name, {})) for milestone in proposal.milestones.all()]


def row_of(milestone: Milestone, told: Mapping[str, Any]) -> Row:
    """Return one milestone with the policy's words."""
    today, begins = timezone.localdate(), milestone.started_on
    until = milestone.done_on or today
    longest = due_after(begins, told.get("suggested")) if begins else None
    return Row(
        milestone=milestone,
        label=in_language(told["label"]) if told else milestone.name,
        percent=told.get("percent"),
        suggested=suggested(told.get("suggested")),
        suggested_days=(longest - begins).days if longest and begins else None,
        days=max(0, (until - begins).days) if begins else None,
        late=milestone.done_on is None and milestone.due_on is not None and milestone.due_on < today,
        clauses=tuple(told.get("clauses", ())),
    )
