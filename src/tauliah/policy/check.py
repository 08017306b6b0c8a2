"""Checks of a case as a whole: what was found, what is required, by which clauses, in the pack's words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tauliah.policy.in_force import ValuesInForce
from tauliah.policy.pack import Binding
from tauliah.values.text import Text

C = TypeVar("C")
Fact = Text | str | bool | None
"""Something the words of a check may show or depend on."""
OUTCOMES: Mapping[bool | None, str] = {True: "pass", False: "fail", None: "unknown"}
NOT_GIVEN = Text("belum diberi", "not given")


@dataclass(frozen=True)
class Finding:
    """Whether a check holds (nothing: not known), what was found and required, and facts for the words.

    ``rests_on`` are the clauses that decide, where not all of those that were read do.
    """

    holds: bool | None
    found: Any = None
    required: Any = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    rests_on: Sequence[str] = ()


Question = Callable[[C, ValuesInForce], Finding | None]
"""Asks one thing of a case; nothing where the case is not of the sort that is asked."""


@dataclass(frozen=True)
class Check:
    """One check with its outcome, clauses and words."""

    rule: str
    label: Text
    outcome: str
    clauses: tuple[str, ...]
    found: Any
    required: Any
    message: Text

    def as_dict(self) -> dict[str, Any]:
        """The check as results carry it."""
        return {
            "rule": self.rule,
            "label": self.label.as_dict(),
            "outcome": self.outcome,
            "clauses": list(self.clauses),
            "found": self.found,
            "required": self.required,
            "message": self.message.as_dict(),
        }


def checks(
    case: C, values: ValuesInForce, words: Mapping[str, Binding], questions: Mapping[str, Question[C]]
) -> list[Check]:
    """The checks the policy has words for, in the order of `questions`; each cites what it read."""
    asked = ((words[name], question) for name, question in questions.items() if name in words)
    found = (_check(case, values.afresh(), binding, question) for binding, question in asked)
    return [check for check in found if check is not None]


def _check(case: C, values: ValuesInForce, binding: Binding, question: Question[C]) -> Check | None:
    finding = question(case, values)
    if finding is None:
        return None
    outcome = OUTCOMES[finding.holds]
    return Check(
        binding.name,
        binding.label,
        outcome,
        tuple(dict.fromkeys((*(finding.rests_on or values.clauses), *binding.clauses))),
        finding.found,
        finding.required,
        message(binding, outcome, finding.facts),
    )


def message(binding: Binding, outcome: str, facts: Mapping[str, Fact]) -> Text:
    """The pack's words for an outcome: the first wording that suits the facts, with them put in."""
    wordings = binding.messages[outcome]
    chosen = next(
        wording
        for wording in wordings
        if all(facts.get(name) in allowed for name, allowed in wording.when.items())
    )
    return chosen.text.fill(**{name: _said(fact) for name, fact in facts.items()})


def _said(fact: Fact) -> Text | str:
    return NOT_GIVEN if fact is None else str(fact) if isinstance(fact, bool) else fact


def verdict(outcomes: Iterable[str]) -> bool | None:
    """Whether everything holds: false as soon as something fails, nothing while something is not known."""
    listed = set(outcomes)
    return False if "fail" in listed else None if "unknown" in listed else True


def every(holds: Iterable[bool | None]) -> bool | None:
    """Kleene's *and* over truths that may be unknown."""
    listed = list(holds)
    return False if False in listed else None if None in listed else True


def some(holds: Iterable[bool | None]) -> bool | None:
    """Kleene's *or* over truths that may be unknown."""
    listed = list(holds)
    return True if True in listed else None if None in listed else False
