"""A pack on a certain day, turned into expressions: which rules apply to a claim, and what they say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from tauliah.policy.expression import (
    FALSE,
    TRUE,
    Lowest,
    Node,
    OneOf,
    Outcome,
    OverSources,
    Table,
    TableRow,
    all_of,
    any_of,
    settled,
    tables_in,
)
from tauliah.policy.pack import Binding, Pack, Wording
from tauliah.policy.parameter import Parameter, Row
from tauliah.policy.python_reading import SOURCE, Reading, read_as_python, stage_of
from tauliah.policy.rule import Check, Limit, Stated
from tauliah.policy.simplify import Occurring, Simplifier
from tauliah.transfer import columns, limits, rules
from tauliah.transfer.columns import DEFINED_BY_PARAMETERS, columns_of
from tauliah.values import share
from tauliah.values.text import Text
from tauliah.values.vocabulary import CODES

MEASURES = ("credits", "share", "percent", "day")
"""Units whose values are measured, not listed: `when` takes none of them."""

MOST_READINGS = 500
"""Kinds of case for which functions are kept."""

T = TypeVar("T")
Facts = Mapping[str, Any]
Answers = tuple[tuple[Any, ...], list[tuple[Any, ...]]]


class UnknownColumn(LookupError):
    """A pack names a column under `when` that does not exist."""


class MissingParameter(LookupError):
    """A pack binds a rule or limit but lacks a parameter that it reads on that day."""


class MissingWords(LookupError):
    """A pack binds a rule without words for one of its outcomes, or shows something it does not have."""


class UnknownWord(LookupError):
    """A pack gives a value that its column or unit does not have."""


@dataclass(frozen=True)
class Words:
    """The words of an outcome as expressions: which wording applies, and what it may show."""

    table: Table
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class StatedRule:
    """A rule as this edition applies it."""

    name: str
    binding: Binding
    applies: Node
    check: Check
    words: Mapping[str, Words]
    cited: tuple[Table, ...]


@dataclass(frozen=True)
class StatedLimit:
    """A limit as this edition applies it: which claims count, and how far each may fill it."""

    name: str
    binding: Binding
    counts: Node
    limit: Limit
    cited: tuple[Table, ...]


@dataclass(frozen=True)
class StatedCondition:
    """A condition as this edition attaches it, with the table of its amount if it has one."""

    name: str
    binding: Binding
    applies: Node
    amount: Table | None


@dataclass(frozen=True)
class StatedNotice:
    """A notice, and the claims for which it is given."""

    where: str
    text: Text
    applies: Node


class Edition:
    """The rules, limits, conditions and notices of a pack as in force on one day."""

    def __init__(self, pack: Pack, version: date) -> None:
        self.pack, self.version = pack, version
        self._read = names_read(pack)
        self.columns = columns_of({})
        self.columns = columns_of(self._tables(only=DEFINED_BY_PARAMETERS))
        self.tables = self._tables()
        self._readings: dict[Any, _Reading] = {}

    def _tables(self, only: tuple[str, ...] | None = None) -> dict[str, Table]:
        return {
            name: self._table(parameter)
            for name, parameter in self.pack.parameters.items()
            if name in (only or self._read) and parameter.history[0][0] <= self.version
        }

    def _table(self, parameter: Parameter) -> Table:
        rows = parameter.at(self.version)
        return Table(parameter.name, parameter.unit, tuple(self._row(row, parameter.unit) for row in rows))

    def _row(self, row: Row, unit: str) -> TableRow:
        return TableRow(self._conditions(row.when, {}), _value(row.value, unit), row.clauses)

    def _conditions(
        self, when: Mapping[str, tuple[Any, ...]], facts: Mapping[str, Node]
    ) -> tuple[tuple[Node, frozenset[int]], ...]:
        conditions = []
        for name, values in when.items():
            node = facts.get(name) or self.columns.get(name)
            if node is None:
                raise UnknownColumn(f"{self.pack.name}: there is no column “{name}”")
            conditions.append((node, frozenset(_code(value, node.unit) for value in values)))
        return tuple(conditions)

    def _when(self, alternatives: Iterable[Mapping[str, tuple[Any, ...]]]) -> Node:
        """Whether any alternative holds; unknown where a condition that decides it is."""
        options = [
            all_of(OneOf(node, values) for node, values in self._conditions(when, {}))
            for when in alternatives
        ]
        return any_of(options) if options else TRUE

    @cached_property
    def rules(self) -> tuple[StatedRule, ...]:
        """The rules this pack binds, in the order a result lists them."""
        return tuple(self._rule(self.pack.rules[name]) for name in rules.ORDER if name in self.pack.rules)

    def _stated(self, function: Stated[T]) -> T:
        missing = [name for name in function.reads if name not in self.tables]
        if missing:
            raise MissingParameter(
                f"{function.name} reads {', '.join(missing)}, which is not in force on {self.version}"
            )
        return function.of(self.tables)

    def _rule(self, binding: Binding) -> StatedRule:
        check = self._stated(rules.RULES[binding.name])
        nodes = (check.holds, check.found, check.required)
        cited = tuple(dict.fromkeys(t for node in nodes for t in tables_in(node) if t.name in self.tables))
        words = {
            outcome: self._words(binding.name, wordings, check.facts)
            for outcome, wordings in binding.messages.items()
        }
        return StatedRule(binding.name, binding, self._when(binding.when), check, words, cited)

    def _words(self, name: str, wordings: tuple[Wording, ...], facts: Mapping[str, Node]) -> Words:
        rows = tuple(TableRow(self._wording_row(w.when, facts), i) for i, w in enumerate(wordings))
        return Words(Table(f"words of {name}", "count", rows), tuple(w.text for w in wordings))

    def _wording_row(
        self, when: Mapping[str, tuple[Any, ...]], facts: Mapping[str, Node]
    ) -> tuple[tuple[Node, frozenset[int]], ...]:
        """A wording's conditions; one that is unknown leaves the choice to the next wording."""
        conditions = self._conditions(when, facts)
        holds = settled(all_of(OneOf(node, values) for node, values in conditions))
        return ((holds, frozenset({True})),) if conditions else ()

    @cached_property
    def limits(self) -> tuple[StatedLimit, ...]:
        """The limits this pack binds, in the contract's order."""
        return tuple(self._limit(self.pack.limits[n]) for n in limits.ORDER if n in self.pack.limits)

    def _limit(self, binding: Binding) -> StatedLimit:
        stated = self._stated(limits.LIMITS[binding.name])
        nodes = [node for node in (stated.ceiling, stated.shown) if node is not None]
        cited = tuple(dict.fromkeys(t for node in nodes for t in tables_in(node) if t.name in self.tables))
        return StatedLimit(binding.name, binding, settled(self._when(binding.when)), stated, cited)

    @cached_property
    def conditions(self) -> tuple[StatedCondition, ...]:
        """The conditions this pack attaches."""
        return tuple(
            StatedCondition(name, binding, settled(self._when(binding.when)), self.tables.get(name))
            for name, binding in self.pack.conditions.items()
        )

    @cached_property
    def notices(self) -> tuple[StatedNotice, ...]:
        """What the pack wants people told about certain claims."""
        return tuple(
            StatedNotice(n.where, n.wording.text, settled(self._when([n.wording.when])))
            for n in self.pack.notices
        )

    @cached_property
    def outcomes(self) -> tuple[Node, ...]:
        """The outcome of every rule for a claim, in the order of `rules`."""
        return tuple(Outcome(r.applies, r.check.holds) for r in self.rules)

    @cached_property
    def judgement(self) -> tuple[Node, ...]:
        """All that a decision needs of a claim: outcomes, verdict, direction, exemption, limits."""
        exempting = settled(self.columns.get("exempting", FALSE))
        per_limit = (node for lim in self.limits for node in (lim.counts, *_ceiling(lim)))
        return (*self.outcomes, Lowest(self.outcomes), self.columns["direction"], exempting, *per_limit)

    def judge(self, facts: Facts, claims: Sequence[Facts]) -> Answers:
        """`judgement` of each claim, and each limit as stated for the case."""
        return self._reading(facts, claims).judge(facts, claims)

    def explain(self, facts: Facts, claims: Sequence[Facts]) -> Answers:
        """What the words need of each claim, in the order of `explanation`."""
        return self._reading(facts, claims).explain(facts, claims)

    def _reading(self, facts: Facts, claims: Sequence[Facts]) -> "_Reading":
        """The functions for cases of this kind: rules that cannot apply to it are left out of them."""
        kinds = frozenset((claim["basis"], claim["graded"], claim["subject"]) for claim in claims)
        single = all(len(claim["sources"]) == 1 for claim in claims)
        key = facts["programme_level"], kinds, single
        if key not in self._readings:
            if len(self._readings) >= MOST_READINGS:
                self._readings.clear()
            self._readings[key] = _Reading(self, facts["programme_level"], kinds, single=single)
        return self._readings[key]

    def compile(self) -> None:
        """Writes the functions for cases of every kind; raises where an expression has no reading."""
        shown = [lim.limit.shown for lim in self.limits if lim.limit.shown is not None]
        read_as_python(shown, self.judgement)
        read_as_python([], self.explanation)

    @cached_property
    def explanation(self) -> tuple[Node, ...]:
        """What the words need: found, required, facts, rows read, conditions, notices."""
        nodes: list[Node] = []
        for r in self.rules:
            nodes += [r.check.found, r.check.required, *r.check.facts.values()]
            nodes += [words.table for words in r.words.values()]
            nodes += [_rows_read(table) for table in r.cited]
        for lim in self.limits:
            nodes += [_rows_read(table) for table in lim.cited]
        for condition in self.conditions:
            nodes.append(condition.applies)
            nodes += [condition.amount.row_numbers()] if condition.amount else []
        nodes += [notice.applies for notice in self.notices]
        return tuple(nodes)


class _Reading:
    """An edition's expressions as Python functions, for cases of one kind."""

    def __init__(
        self, edition: Edition, level: int, kinds: Iterable[tuple[int, bool, int]], *, single: bool
    ) -> None:
        basis, graded, subject = (frozenset(values) for values in zip(*kinds, strict=True))
        occurring = {
            "programme_level": frozenset({level}),
            "basis": basis,
            "graded": graded,
            "subject": subject,
        }
        self.edition, self.single = edition, single
        self.simplify = Simplifier(
            {name: Occurring(occurring.get(name), nulls=name not in occurring) for name in columns.GIVEN}
        )

    @cached_property
    def judge(self) -> Reading:
        shown = [lim.limit.shown for lim in self.edition.limits if lim.limit.shown is not None]
        return self.read(shown, self.edition.judgement)

    @cached_property
    def explain(self) -> Reading:
        return self.read([], self.edition.explanation)

    def read(self, of_case: Iterable[Node], of_claim: Iterable[Node]) -> Reading:
        simplify = self.simplify
        return read_as_python(
            [simplify(node) for node in of_case], [simplify(node) for node in of_claim], single=self.single
        )


def names_read(pack: Pack) -> frozenset[str]:
    """The parameters that transfer reads; a pack holds others, for its other kinds of case."""
    stated: tuple[Stated[Any], ...] = (*rules.RULES.values(), *limits.LIMITS.values())
    read = (name for one in stated for name in (*one.reads, *one.may_read))
    return frozenset((*read, *pack.conditions, *DEFINED_BY_PARAMETERS))


def _ceiling(stated: StatedLimit) -> tuple[Node, ...]:
    return () if stated.limit.ceiling is None else (stated.limit.ceiling,)


def _rows_read(table: Table) -> Node:
    rows = table.row_numbers()
    return OverSources("each", rows) if stage_of(rows, {}) == SOURCE else rows


def _code(value: Any, unit: str) -> int:
    """A value of a pack as the number its column holds; raises `UnknownWord`."""
    if unit in CODES:
        if value not in CODES[unit]:
            raise UnknownWord(f"“{value}” is not a {unit}; there are: {', '.join(CODES[unit])}")
        return CODES[unit][value]
    if unit not in MEASURES and isinstance(value, bool | int):
        return value
    raise UnknownWord(f"“{value}” is not a {unit} that can be compared with a list")


def _value(value: Any, unit: str) -> Any:
    """A parameter's value as expressions use it; fractions and amounts stay as they are."""
    if value is None or unit in ("fraction", "duration"):
        return value
    if unit == "percent":
        return int(Fraction(str(value)) * share.UNITS_PER_PERCENT)
    if unit in ("count", "bool"):
        return value
    return _code(value, unit)


def verify(pack: Pack) -> None:
    """Compiles every edition; raises `LookupError` or `TypeError` saying what the pack lacks."""
    for version in pack.versions:
        edition = edition_of(pack, version)
        for stated in edition.rules:
            _verify_words(stated)
        edition.compile()


def _verify_words(stated: StatedRule) -> None:
    shown = dict.fromkeys(("found", "required", *stated.check.facts), "")
    for outcome in ("pass", "fail", "unknown"):
        if outcome not in stated.words:
            raise MissingWords(f"{stated.name} has no words for {outcome}")
        for text in stated.words[outcome].texts:
            try:
                text.fill(**shown)
            except (KeyError, IndexError, ValueError) as error:
                raise MissingWords(f"the words of {stated.name} for {outcome} show {error}") from error


@lru_cache(maxsize=256)
def edition_of(pack: Pack, version: date) -> Edition:
    """The edition of a pack for one of its versions, made once."""
    return Edition(pack, version)
