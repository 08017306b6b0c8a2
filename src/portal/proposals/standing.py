"""How far the form of a proposal is: what is missing page by page, and what the policy says of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from portal.cases.answer import Check, Mark, whole_check
from portal.proposals.checking import Json, evaluated, is_advice
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
        """Checks that fail, then those that are not known, then advice that is not followed."""
        order = ("fail", "unknown", "advised")
        return [c for outcome in order for _rule, c in self.checks if c.mark.outcome == outcome]

    @property
    def passed(self) -> list[Check]:
        """Checks that hold."""
        return [check for _rule, check in self.checks if check.mark.outcome == "pass"]

    def of(self, rules: Sequence[str]) -> list[Check]:
        """Return the checks of some rules."""
        return [check for rule, check in self.checks if rule in rules]


def checks_of(proposal: Proposal, result: Json | None) -> tuple[tuple[str, Check], ...]:
    """Return the checks of a result in words, by rule."""
    return tuple((check["rule"], told(proposal, check)) for check in (result or {}).get("checks", ()))


def told(proposal: Proposal, check: Json) -> Check:
    """Put a check into words; advice that is not followed is marked as such, not as a mistake."""
    line = whole_check(check)
    if check["outcome"] != "fail" or not is_advice(proposal.policy, check):
        return line
    more = _("The guideline advises this; the proposal can be handed in without it.")
    return replace(line, mark=Mark("advised", _("advised")), message=f"{line.message} {more}")


def standing_of(proposal: Proposal) -> Standing:
    """Return how far the form is."""
    problems: tuple[str, ...] = ()
    result = None
    try:
        result = evaluated(proposal)
    except InvalidCase as invalid:
        problems = tuple(f"{p.where}: {in_language(p.message)}" for p in invalid.problems)
    checks = checks_of(proposal, result)
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
