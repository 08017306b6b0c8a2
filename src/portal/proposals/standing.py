"""How far the form of a proposal is: what is missing page by page, and what the policy says of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.cases.answer import Check, whole_check
from portal.proposals.checking import evaluated
from portal.proposals.content import Missing, missing_of
from portal.proposals.editing import is_open
from portal.proposals.field import Section
from portal.proposals.fields import form_of
from portal.proposals.models import Proposal
from portal.wording import in_language
from tauliah.values.case import InvalidCase


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the form in the list of what is done: what it lacks and which checks it fails."""

    section: Section
    missing: tuple[Missing, ...]
    failing: int
    remarks: int
    open: bool

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do on it."""
        return not self.missing and not self.failing


@dataclass(frozen=True, slots=True)
class Standing:
    """All pages and checks; ``problems`` are values that the policy cannot read."""

    policy: str
    steps: tuple[Step, ...]
    checks: tuple[tuple[str, Check], ...]
    problems: tuple[str, ...]

    @property
    def done(self) -> int:
        """How many pages are done."""
        return sum(step.is_done for step in self.steps)

    @property
    def deciding(self) -> list[Check]:
        """Checks that fail, then those that are not known."""
        order = ("fail", "unknown")
        return [c for outcome in order for _rule, c in self.checks if c.mark.outcome == outcome]

    @property
    def passed(self) -> list[Check]:
        """Checks that hold."""
        return [check for _rule, check in self.checks if check.mark.outcome == "pass"]

    def of(self, rules: Sequence[str]) -> list[Check]:
        """Return the checks of some rules."""
        return [check for rule, check in self.checks if rule in rules]


def standing_of(proposal: Proposal) -> Standing:
    """Return how far the form is."""
    problems: tuple[str, ...] = ()
    result = None
    try:
        result = evaluated(proposal)
    except InvalidCase as invalid:
        problems = tuple(f"{p.where}: {in_language(p.message)}" for p in invalid.problems)
    checks = tuple((check["rule"], whole_check(check)) for check in (result or {}).get("checks", ()))
    failed = {rule for rule, check in checks if check.mark.outcome == "fail"}
    missing = missing_of(proposal)
    said: dict[str, int] = {}
    for field in proposal.remarks.filter(answers=None, resolved_at=None).values_list("field", flat=True):
        said[field] = said.get(field, 0) + 1
    steps = tuple(
        Step(
            section,
            tuple(each for each in missing if each.section == section.name),
            len(failed & set(section.rules)),
            sum(said.get(field.name, 0) for field in section.fields),
            is_open(proposal, section.name),
        )
        for section in form_of(proposal)
    )
    return Standing(proposal.policy, steps, checks, problems)
