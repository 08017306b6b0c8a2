"""A process of a guideline: states, the steps between them, who may take them and what each needs.

A pack declares it as data (`processes/*.yaml`); people and their records are the portal's. What is
asked of the world (is the fee paid?) is a *fact*, answered by the portal by its name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tauliah.values.text import Text


class BadProcess(ValueError):
    """A process cannot be used; the message names the state or step."""


@dataclass(frozen=True)
class State:
    """Where a thing may stand; `holder` is the role whose turn it is, `days` how long it should take.

    `committee` is the one that decides while it stands there.
    """

    name: str
    label: Text
    holder: str | None
    days: int | None
    final: bool
    clauses: tuple[str, ...]
    committee: str | None = None


@dataclass(frozen=True)
class Need:
    """A fact that must hold before a step; `message` says what is missing and who can supply it."""

    fact: str
    message: Text
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """Where a step leads if its facts hold; a `not` before a fact's name turns it round."""

    to: str
    when: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """Something that somebody in one of the roles `by` may do in one of the states `from_`.

    It exists only where the facts `only` hold: another signs for an accredited course than for one without.
    """

    name: str
    label: Text
    from_: tuple[str, ...]
    by: tuple[str, ...]
    needs: tuple[Need, ...]
    ways: tuple[Way, ...]
    clauses: tuple[str, ...]
    only: tuple[str, ...] = ()

    @property
    def by_itself(self) -> bool:
        """Whether the system takes the step as soon as its needs are met."""
        return not self.by


@dataclass(frozen=True)
class Item:
    """A point of a checklist that somebody ticks; `evidence` asks for a file with it."""

    key: str
    label: Text
    evidence: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Process:
    """A whole process; the first state is where it begins.

    `checklists` are lists to be ticked, by name; `terms` say how the transcript names an award;
    `committees` are those that states name, with their words.
    """

    name: str
    label: Text
    states: Mapping[str, State]
    steps: Mapping[str, Step]
    checklists: Mapping[str, tuple[Item, ...]]
    terms: Mapping[str, Text]
    committees: Mapping[str, Text] = field(default_factory=dict)

    @property
    def start(self) -> State:
        """The state in which a thing begins."""
        return next(iter(self.states.values()))

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """The steps that may be taken in a state, in the order in which they are declared."""
        return tuple(step for step in self.steps.values() if state in step.from_)


def unmet(step: Step, facts: Mapping[str, bool]) -> tuple[Need, ...]:
    """The needs of a step that do not hold; raises `KeyError` for a fact that nobody answered."""
    return tuple(need for need in step.needs if not holds(need.fact, facts))


def destination(step: Step, facts: Mapping[str, bool]) -> str:
    """The state that a step leads to: the first way whose facts hold; raises `BadProcess` where none does."""
    for way in step.ways:
        if all(holds(fact, facts) for fact in way.when):
            return way.to
    raise BadProcess(f"step “{step.name}” leads nowhere: {dict(facts)}")


def holds(fact: str, facts: Mapping[str, bool]) -> bool:
    """Whether a fact, or its opposite where it is written with `not`, is true."""
    name = fact.removeprefix("not ")
    return facts[name] is not fact.startswith("not ")


def exists(step: Step, facts: Mapping[str, bool]) -> bool:
    """Whether a thing has such a step at all; raises `KeyError` for a fact that nobody answered."""
    return all(holds(fact, facts) for fact in step.only)


def facts_of(step: Step) -> frozenset[str]:
    """The names of the facts that a step asks for."""
    asked = [need.fact for need in step.needs] + [fact for way in step.ways for fact in way.when]
    asked += step.only
    return frozenset(fact.removeprefix("not ") for fact in asked)


def verify(process: Process) -> None:
    """Raise `BadProcess` unless every state can be reached and left, and every name is known."""
    for step in process.steps.values():
        unknown = {*step.from_, *(way.to for way in step.ways)} - process.states.keys()
        if unknown:
            raise BadProcess(f"step “{step.name}” names unknown states: {', '.join(sorted(unknown))}")
        if not step.ways or step.ways[-1].when:
            raise BadProcess(f"step “{step.name}”: its last way must hold always")
    lost = process.states.keys() - set(_reached(process))
    if lost:
        raise BadProcess(f"states that nothing leads to: {', '.join(sorted(lost))}")
    for state in process.states.values():
        if state.committee is not None and state.committee not in process.committees:
            raise BadProcess(f"state “{state.name}” names an unknown committee: {state.committee}")
        if state.final == bool(process.steps_from(state.name)):
            raise BadProcess(f"state “{state.name}” must be final or have a step that leaves it")


def _reached(process: Process) -> Iterable[str]:
    found, waiting = {process.start.name}, [process.start.name]
    while waiting:
        for step in process.steps_from(waiting.pop()):
            new = {way.to for way in step.ways} - found
            found |= new
            waiting += new
    return found
