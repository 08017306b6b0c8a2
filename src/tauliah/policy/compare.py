"""Where policies answer one question with different values: computed from the packs, cell by cell.

A value may depend on columns (`when`), and each pack cuts them its own way. The columns that any pack
looks at are laid out as a grid, every pack is asked in every cell, and cells with the same answers are
put together again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

from tauliah.policy.pack import Pack
from tauliah.policy.parameter import Row
from tauliah.values.text import Text
from tauliah.values.vocabulary import CODES

Order = str | tuple[Any, ...] | None
"""What is stricter: `higher`, `lower`, or words from the strictest to the laxest; none where nothing is."""

Rank = tuple[str, Fraction]
"""A scale and a place on it; the higher, the stricter. Places on different scales are not compared."""

STRICTER, LAXER = "stricter", "laxer"


@dataclass(frozen=True)
class Side:
    """A policy on a day."""

    pack: Pack
    day: date

    @property
    def version(self) -> date:
        """The version in force on the day."""
        return self.pack.version_on(self.day)

    def rows(self, parameter: str) -> tuple[Row, ...] | None:
        """The rows of a parameter in force; `None` where the policy has none."""
        found = self.pack.parameters.get(parameter)
        if found is None or found.history[0][0] > self.version:
            return None
        return found.at(self.version)

    def covers(self, basis: str, rules: Iterable[str]) -> bool:
        """Whether the policy speaks of this basis, and binds any of these rules that it has to it."""
        everything = {**self.pack.rules, **self.pack.limits, **self.pack.conditions}
        alternatives = [
            when for name in rules if name in everything for when in everything[name].when or ({},)
        ]
        bound = any("basis" not in when or basis in when["basis"] for when in alternatives)
        return basis in self.pack.bases and (bound or not alternatives)


@dataclass(frozen=True)
class Asked:
    """A value that answers a question: the first of these parameters that a policy has.

    `silence` says that a policy without any of them gives an answer too: it asks for nothing.
    `across` compares policies even where they state it for different bases.
    """

    parameters: tuple[str, ...]
    stricter: Order = None
    label: Text | None = None
    silence: bool = False
    across: bool = False


@dataclass(frozen=True)
class Question:
    """A question put to every policy: the values that answer it, and the rules that decide on it.

    `words` are words whose meaning is asked: which award the clauses that use them speak of.
    """

    name: str
    label: Text
    values: tuple[Asked, ...] = ()
    rules: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Derived:
    """A column that follows from others."""

    by: tuple[str, ...]
    of: Callable[..., Any]


@dataclass(frozen=True)
class Columns:
    """The columns that values may depend on: their vocabularies, what follows from what, what is fixed."""

    values: Mapping[str, tuple[Any, ...]]
    derived: Mapping[str, Derived] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What one side answers; no `parameter` where it says nothing, or does not cover what is asked.

    `mark` says whether it is the stricter or the laxer one; `below_baseline` that the national
    baseline is stricter.
    """

    parameter: str | None = None
    unit: str = ""
    value: Any = None
    clauses: tuple[str, ...] = ()
    mark: str | None = None
    below_baseline: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two answers the same."""
        return self.parameter is not None, self.unit, measure(self.value, self.unit)


Condition = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Difference:
    """Answers that differ, and the conditions under which they are given."""

    label: Text
    when: tuple[Condition, ...]
    answers: tuple[Answer, ...]


def measure(value: Any, unit: str) -> Any:
    """A value as it compares with others of its unit; a grade counts upward."""
    if isinstance(value, Mapping | list):
        return repr(sorted(value.items()) if isinstance(value, Mapping) else value)
    if isinstance(value, bool) or value is None:
        return value
    if unit in ("fraction", "percent", "share", "count", "credits"):
        return Fraction(str(value))
    return Fraction(-CODES["grade"][value]) if unit == "grade" else value


def rank_of(value: Any, unit: str, order: Order) -> Rank | None:
    """How strict a value is on its scale; `None` where that cannot be said."""
    if isinstance(order, tuple):
        return (unit, Fraction(-order.index(value))) if value in order else None
    if order is None or value is None:
        return None
    scale, number = unit, measure(value, unit)
    if isinstance(value, Mapping):
        ((scale, amount),) = value.items() if len(value) == 1 else (("", None),)
        number = None if amount is None else Fraction(str(amount))
    if not isinstance(number, Fraction):
        return None
    return scale, number if order == "higher" else -number


def marks(ranks: Sequence[Rank | None]) -> list[str | None]:
    """Which are the stricter and the laxer ones; one between two others is neither."""
    return [_mark(own, [other for other in ranks if other and own and other[0] == own[0]]) for own in ranks]


def _mark(own: Rank | None, comparable: Sequence[Rank]) -> str | None:
    if own is None or all(other == own for other in comparable):
        return None
    if own == max(comparable):
        return STRICTER
    return LAXER if own == min(comparable) else None


def below(own: Rank | None, baseline: Rank | None) -> bool:
    """Whether the baseline is stricter, on the same scale."""
    return own is not None and baseline is not None and own[0] == baseline[0] and own < baseline


def differing_values(
    sides: Sequence[Side],
    baselines: Sequence[Side | None],
    question: Question,
    asked: Asked,
    columns: Columns,
) -> list[Difference]:
    """Where the sides' values differ, with the conditions; `baselines` are hidden sides, one for each."""
    everyone = [*sides, *(side for side in baselines if side is not None)]
    tables = [_table(side, asked.parameters) for side in everyone]
    scopes = [_scope(side, question, asked, columns) for side in everyone]
    grid = _Grid(columns, [rows for _, _, rows in tables if rows], scopes, len(sides))
    groups: dict[tuple[Any, ...], list[_Cell]] = {}
    for cell in grid.cells():
        covering = [cell.values["basis"] in scope for scope in scopes]
        answers = [
            _answer(table, cell.values, columns) if covered else Answer()
            for table, covered in zip(tables, covering, strict=True)
        ]
        shown = _marked(answers, len(sides), baselines, asked.stricter)
        told = [a for a, covered in zip(shown, covering, strict=False) if covered]
        if _differ(told, silence=asked.silence):
            key = tuple((answer.key, answer.below_baseline) for answer in shown)
            groups.setdefault(key, []).append(replace(cell, answers=shown))
    label = asked.label or question.label
    return [
        Difference(label, grid.conditions(box), box.answers)
        for cells in groups.values()
        for box in merged(cells)
    ]


def _scope(side: Side, question: Question, asked: Asked, columns: Columns) -> frozenset[str]:
    """The bases for which a side answers."""
    bases = columns.values["basis"]
    return frozenset(b for b in bases if asked.across or side.covers(b, question.rules))


_Table = tuple[str | None, str, tuple[Row, ...] | None]


def _table(side: Side, parameters: Iterable[str]) -> _Table:
    for name in parameters:
        rows = side.rows(name)
        if rows is not None:
            return name, side.pack.parameters[name].unit, rows
    return None, "", None


def _answer(table: _Table, cell: Mapping[str, Any], columns: Columns) -> Answer:
    """The value of the first row that applies; a row that cites no clause states nothing."""
    name, unit, rows = table
    for row in rows or ():
        if all(_value(cell, column, columns) in values for column, values in row.when.items()):
            return Answer(name, unit, row.value, row.clauses) if row.clauses else Answer()
    return Answer()


def _value(cell: Mapping[str, Any], column: str, columns: Columns) -> Any:
    if column in cell:
        return cell[column]
    if column in columns.fixed:
        return columns.fixed[column]
    derived = columns.derived[column]
    return derived.of(*(cell[base] for base in derived.by))


def _marked(
    answers: Sequence[Answer], count: int, baselines: Sequence[Side | None], order: Order
) -> tuple[Answer, ...]:
    ranks = [rank_of(answer.value, answer.unit, order) for answer in answers]
    national = iter(ranks[count:])
    marked = []
    for answer, own, mark, baseline in zip(
        answers[:count], ranks[:count], marks(ranks[:count]), baselines, strict=True
    ):
        under = below(own, next(national)) if baseline is not None else False
        marked.append(replace(answer, mark=mark, below_baseline=under))
    return tuple(marked)


def _differ(answers: Sequence[Answer], *, silence: bool) -> bool:
    told = answers if silence else [answer for answer in answers if answer.parameter]
    return len({answer.key for answer in told}) > 1


@dataclass(frozen=True)
class _Cell:
    """A part of the grid: the values of each column it holds, and what the sides answer there."""

    sets: tuple[frozenset[Any], ...]
    values: Mapping[str, Any]
    answers: tuple[Answer, ...] = ()


class _Grid:
    """The columns that any of the tables looks at, cut into parts that no table tells apart."""

    def __init__(
        self,
        columns: Columns,
        tables: Iterable[tuple[Row, ...]],
        scopes: Sequence[frozenset[str]],
        shown: int,
    ) -> None:
        rows = [row for table in tables for row in table]
        used = {column for row in rows for column in row.when if column not in columns.fixed} | {"basis"}
        bases = {base for name in used if name in columns.derived for base in columns.derived[name].by}
        refined = {
            name
            for name in used & set(columns.derived)
            if used & set(columns.derived[name].by) or _shared(name, used, columns)
        }
        fine = {base for name in refined for base in columns.derived[name].by}
        self.columns, self.names, self.scopes = columns, sorted((used - refined) | fine), scopes
        self.common = {
            basis for basis in columns.values["basis"] if sum(basis in scope for scope in scopes[:shown]) > 1
        }
        self.parts = {
            name: self._parts(name, rows, fine=name in fine and name in bases) for name in self.names
        }

    def _parts(self, name: str, rows: Sequence[Row], *, fine: bool) -> list[frozenset[Any]]:
        listed = [row.when[name] for row in rows if name in row.when]
        parts: dict[Any, set[Any]] = {}
        for value in self.vocabulary(name, listed):
            told_apart = tuple(value in values for values in listed)
            covered = tuple(value in scope for scope in self.scopes) if name == "basis" else ()
            parts.setdefault(value if fine else (told_apart, covered), set()).add(value)
        return [frozenset(values) for values in parts.values()]

    def vocabulary(self, name: str, listed: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
        """All values of a column; of another one those that are named, in order, and any other (`None`)."""
        known = self.columns.values.get(name)
        named = {value for values in listed for value in values}
        return known or (*sorted(named, key=lambda value: (isinstance(value, str), value)), None)

    def cells(self) -> Iterable[_Cell]:
        """Every part of the grid."""
        for sets in product(*(self.parts[name] for name in self.names)):
            first = {
                name: next(v for v in self._ordered(name) if v in values)
                for name, values in zip(self.names, sets, strict=True)
            }
            yield _Cell(sets, first)

    def _ordered(self, name: str) -> tuple[Any, ...]:
        known = self.columns.values.get(name)
        return known or tuple(value for part in self.parts[name] for value in part)

    def conditions(self, cell: _Cell) -> tuple[Condition, ...]:
        """The conditions under which a part is entered; a column with all its values is none."""
        return tuple(
            (name, tuple(value for value in self._ordered(name) if value in values))
            for name, values in zip(self.names, cell.sets, strict=True)
            if not values >= (self.common if name == "basis" else set(self._ordered(name)))
        )


def _shared(name: str, used: set[str], columns: Columns) -> bool:
    """Whether another derived column in use follows from the same column."""
    own = set(columns.derived[name].by)
    return any(
        other != name and own & set(columns.derived[other].by) for other in used & set(columns.derived)
    )


def merged(cells: Iterable[_Cell]) -> list[_Cell]:
    """The parts put together as far as they differ in one column only."""
    boxes = list(cells)
    changed = True
    while changed:
        changed = False
        for place in range(len(boxes[0].sets)):
            together: dict[Any, _Cell] = {}
            for box in boxes:
                rest = (*box.sets[:place], *box.sets[place + 1 :])
                together[rest] = _joined(together[rest], box, place) if rest in together else box
            changed = changed or len(together) < len(boxes)
            boxes = list(together.values())
    return boxes


def _joined(one: _Cell, other: _Cell, place: int) -> _Cell:
    sets = (*one.sets[:place], one.sets[place] | other.sets[place], *one.sets[place + 1 :])
    answers = tuple(
        replace(a, clauses=tuple(dict.fromkeys((*a.clauses, *b.clauses))))
        for a, b in zip(one.answers, other.answers, strict=True)
    )
    return replace(one, sets=sets, answers=answers)


def shared_parameters(sides: Sequence[Side], questions: Iterable[Question]) -> list[Question]:
    """A question for each parameter that two sides have and no question asks for."""
    asked = {name for question in questions for value in question.values for name in value.parameters}
    names = sorted({name for side in sides for name in side.pack.parameters} - asked)
    return [
        Question(name, _labelled(name, sides), (Asked((name,)),))
        for name in names
        if sum(name in side.pack.parameters for side in sides) > 1
    ]


def _labelled(name: str, sides: Sequence[Side]) -> Text:
    return min(
        (side.pack.parameters[name].label for side in sides if name in side.pack.parameters),
        key=lambda label: (label.ms, label.en),
    )


@dataclass(frozen=True)
class Meaning:
    """What a word stands for in a policy: the awards its clauses name, and the clauses."""

    awards: tuple[str, ...]
    clauses: tuple[str, ...]


def meaning(side: Side, words: Sequence[str], awards: Iterable[str]) -> Meaning:
    """The awards that the clauses with one of these words speak of."""
    using = [
        clause
        for clause in side.pack.clauses.values()
        if any(word in clause.text.ms.casefold() for word in words)
    ]
    found = [award for award in awards if any(award in clause.names for clause in using)]
    return Meaning(
        tuple(found), tuple(clause.id for clause in using if any(award in clause.names for award in found))
    )
