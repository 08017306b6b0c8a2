"""A policy pack: one institution's guideline as values, read from data and complete in itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tauliah.policy.parameter import Parameter
from tauliah.policy.process import Process
from tauliah.values.text import Text


@dataclass(frozen=True)
class Source:
    """A document that the guideline is or refers to."""

    title: Text
    year: int | None
    note: Text | None


@dataclass(frozen=True)
class Clause:
    """One statement of the guideline: what it says, and its own words where it has a sentence."""

    id: str
    section: Text
    text: Text
    wording: str | None
    actor: str
    force: str
    realised_as: tuple[str, ...]
    names: tuple[str, ...]
    realised_by: tuple[str, ...] = ()
    """What carries it out, as `sort:name`: `rule:minimum_grade`, `page:policies:clause`."""


@dataclass(frozen=True)
class Discrepancy:
    """Where the guideline contradicts itself or is silent, and the reading taken."""

    about: Text
    clauses: tuple[str, ...]
    reading: Text


@dataclass(frozen=True)
class Wording:
    """Words of a message under conditions on columns and facts; the first that applies is used."""

    when: Mapping[str, tuple[str, ...]]
    text: Text


@dataclass(frozen=True)
class Binding:
    """How a pack applies a rule, limit or condition: to which claims, by which clauses, in which words.

    `when` lists alternatives; each maps a column to the values it may have. `messages` holds the
    words by outcome (`pass`, `fail`, `unknown`; `applies` for limits and conditions).
    """

    name: str
    label: Text
    clauses: tuple[str, ...]
    when: tuple[Mapping[str, tuple[str, ...]], ...]
    messages: Mapping[str, tuple[Wording, ...]]


@dataclass(frozen=True)
class Requirement:
    """A field of the case that this policy cannot do without, where other fields have certain values."""

    field: str
    when: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Notice:
    """Something a person should know where a claim is of a certain kind."""

    where: str
    wording: Wording


@dataclass(frozen=True, eq=False)
class Pack:
    """A policy: its document, clauses, parameters through time, and what applies to whom."""

    name: str
    title: Text
    institution: Text
    names_of_institution: tuple[str, ...]
    purpose: Text
    language: str
    sources: tuple[Source, ...]
    first_day_assumed: bool
    bases: tuple[str, ...]
    levels: tuple[str, ...]
    requires: tuple[Requirement, ...]
    clauses: Mapping[str, Clause]
    discrepancies: tuple[Discrepancy, ...]
    parameters: Mapping[str, Parameter]
    rules: Mapping[str, Binding]
    limits: Mapping[str, Binding]
    conditions: Mapping[str, Binding]
    notices: tuple[Notice, ...]
    answers: Mapping[str, Mapping[str, Binding]] = field(default_factory=dict)
    """Kinds of case other than transfer that the policy covers: their checks and words by name."""
    processes: Mapping[str, Process] = field(default_factory=dict)
    """The ways that things go under this policy, by name: states, steps, and who may take them."""
    draft: bool = False
    """Being prepared: previewed beside the policy in force, never used for a decision."""

    def covers(self, kind: str) -> bool:
        """Whether the policy answers cases of that kind."""
        return bool(self.bases) if kind == "transfer" else kind in self.answers

    @property
    def versions(self) -> tuple[date, ...]:
        """The days on which some parameter changed, oldest first."""
        days = {day for parameter in self.parameters.values() for day, _ in parameter.history}
        return tuple(sorted(days))

    def version_on(self, day: date) -> date:
        """The version in force on `day`; the first one for an earlier day."""
        past = [version for version in self.versions if version <= day]
        return past[-1] if past else self.versions[0]


Packs = Mapping[str, Pack]
