"""Expression trees over the columns of a case: what a rule is written in.

An expression is null-aware (Kleene): an unknown column makes the outcome unknown unless the rest
already decides it. The tree has two readings and no third: `python_reading` turns it into a
straight-line function for one case, `column_reading` into numpy statements for many.
Every value is an integer or a boolean: credits in ten-thousandths, shares in millionths, days
since 1970, words by their position in the vocabulary. So exactly 80 % is exactly 80 %.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tauliah.values.vocabulary import CODES

Scope = Literal["case", "claim", "source"]
How = Literal["every", "any", "total", "most", "least", "each"]
Value = int | bool | None


@dataclass(frozen=True)
class Node:
    """A value to be worked out for a case, a claim or a source."""

    @property
    def unit(self) -> str:
        """The name of the value's unit (see `values.unit`)."""
        return "bool"

    @property
    def nullable(self) -> bool:
        """Whether the value can be unknown."""
        return any(part.nullable for part in self.parts)

    @property
    def parts(self) -> tuple["Node", ...]:
        """The nodes this one is made of."""
        return ()

    def __and__(self, other: "Node") -> "Node":
        return And((self, other))

    def __or__(self, other: "Node") -> "Node":
        return Or((self, other))

    def __invert__(self) -> "Node":
        return Not(self)

    def __le__(self, other: "Node | int") -> "Node":
        return Compare("<=", self, constant(other, self.unit))

    def __ge__(self, other: "Node | int") -> "Node":
        return Compare(">=", self, constant(other, self.unit))

    def __lt__(self, other: "Node | int") -> "Node":
        return Compare("<", self, constant(other, self.unit))

    def __gt__(self, other: "Node | int") -> "Node":
        return Compare(">", self, constant(other, self.unit))

    def __mul__(self, other: "Node | int") -> "Node":
        return Arithmetic("*", self, constant(other, self.unit))

    def __floordiv__(self, other: "Node | int") -> "Node":
        return Arithmetic("//", self, constant(other, self.unit))

    def equals(self, other: "Node | int") -> "Node":
        """Whether the two values are the same (`==` itself compares trees)."""
        return Compare("==", self, constant(other, self.unit))

    def one_of(self, *words: str) -> "Node":
        """Whether the value is one of these words of its vocabulary."""
        return OneOf(self, frozenset(CODES[self.unit][word] for word in words))


@dataclass(frozen=True)
class Column(Node):
    """A column of the case, of each claim or of each source."""

    name: str
    scope: Scope
    kind: str
    may_be_null: bool = True

    @property
    def unit(self) -> str:
        return self.kind

    @property
    def nullable(self) -> bool:
        return self.may_be_null


@dataclass(frozen=True)
class Constant(Node):
    """A fixed value; `None` is the unknown itself."""

    value: Value
    kind: str = "bool"

    @property
    def unit(self) -> str:
        return self.kind

    @property
    def nullable(self) -> bool:
        return self.value is None


@dataclass(frozen=True)
class Compare(Node):
    """A comparison; unknown where either side is."""

    operator: Literal["<=", ">=", "<", ">", "=="]
    left: Node
    right: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True)
class And(Node):
    """False where any part is false, else unknown where any is unknown."""

    terms: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.terms


@dataclass(frozen=True)
class Or(Node):
    """True where any part is true, else unknown where any is unknown."""

    terms: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.terms


@dataclass(frozen=True)
class Not(Node):
    """The opposite; the unknown stays unknown."""

    term: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.term,)


@dataclass(frozen=True)
class OneOf(Node):
    """Membership of a closed list of values."""

    term: Node
    values: frozenset[int]

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.term,)


@dataclass(frozen=True)
class Known(Node):
    """Whether the value is known; itself always known."""

    term: Node

    @property
    def nullable(self) -> bool:
        return False

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.term,)


@dataclass(frozen=True)
class Settled(Node):
    """True only where the truth is known; itself always known."""

    term: Node

    @property
    def nullable(self) -> bool:
        return False

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.term,)


@dataclass(frozen=True)
class Outcome(Node):
    """The outcome of a check as a number: `FAIL`, `UNCERTAIN`, `PASS` or `ABSENT`.

    Where it is not known whether the rule applies, it may pass but never fails: an unknown is no fail.
    """

    applies: Node
    holds: Node

    @property
    def unit(self) -> str:
        return "count"

    @property
    def nullable(self) -> bool:
        return False

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.applies, self.holds)


@dataclass(frozen=True)
class Lowest(Node):
    """The smallest of several known numbers."""

    terms: tuple[Node, ...]

    @property
    def unit(self) -> str:
        return "count"

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.terms


@dataclass(frozen=True)
class Choice(Node):
    """`then` where the condition holds, else `otherwise`; unknown where the condition is."""

    condition: Node
    then: Node
    otherwise: Node

    @property
    def unit(self) -> str:
        return self.then.unit

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.condition, self.then, self.otherwise)


@dataclass(frozen=True)
class Arithmetic(Node):
    """Whole-number arithmetic; `//` rounds down."""

    operator: Literal["*", "//"]
    left: Node
    right: Node

    @property
    def unit(self) -> str:
        return self.left.unit

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True)
class YearsBefore(Node):
    """The earliest day whose anniversary after `years` years is not before `day`."""

    day: Node
    years: Node

    @property
    def unit(self) -> str:
        return "day"

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.day, self.years)


@dataclass(frozen=True)
class TableRow:
    """One line of a table: the values each condition allows, the value, its clauses."""

    when: tuple[tuple[Node, frozenset[int]], ...]
    value: Value
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table(Node):
    """The value of the first row whose conditions hold: how a parameter enters an expression.

    A row whose conditions are unknown makes the whole unknown, unless what follows gives its value as
    well; no row gives the unknown.
    """

    name: str
    kind: str
    rows: tuple[TableRow, ...]

    @property
    def unit(self) -> str:
        return self.kind

    @property
    def parts(self) -> tuple[Node, ...]:
        return tuple(dict.fromkeys(column for row in self.deciding_rows for column, _ in row.when))

    @property
    def nullable(self) -> bool:
        closed = bool(self.rows) and not self.rows[-1].when
        return not closed or super().nullable or any(row.value is None for row in self.rows)

    @property
    def deciding_rows(self) -> tuple[TableRow, ...]:
        """The rows that can change the value: those before the last that repeat it are left out."""
        if not self.rows or self.rows[-1].when:
            return self.rows
        last = len(self.rows) - 1
        while last > 0 and self.rows[last - 1].value == self.rows[-1].value:
            last -= 1
        return (*self.rows[:last], self.rows[-1])

    def map(self, change: Callable[[Value], Value]) -> "Table":
        """The same table with every value changed."""
        rows = tuple(TableRow(row.when, change(row.value), row.clauses) for row in self.rows)
        return Table(self.name, self.kind, rows)

    def in_unit(self, unit: str) -> "Table":
        """The same table shown in another unit of the same scale."""
        return Table(self.name, unit, self.rows)

    def row_numbers(self) -> "Table":
        """Which row applied, counted from 0; a row whose conditions are unknown is passed over."""
        rows = tuple(TableRow(_known_to_hold(row.when), i, row.clauses) for i, row in enumerate(self.rows))
        return Table(self.name, "count", rows)


def _known_to_hold(when: tuple[tuple[Node, frozenset[int]], ...]) -> tuple[tuple[Node, frozenset[int]], ...]:
    holds = Settled(And(tuple(OneOf(column, values) for column, values in when)))
    return ((holds, frozenset({True})),) if when else ()


@dataclass(frozen=True)
class OverSources(Node):
    """Something said of all sources of a claim.

    `every` and `any` are Kleene; `total` adds what is known; `most` and `least` look at what is
    known; `each` lists the values (for explanations, in the Python reading only).
    """

    how: How
    term: Node

    @property
    def unit(self) -> str:
        return self.term.unit

    @property
    def nullable(self) -> bool:
        return self.how not in ("total", "each") and self.term.nullable

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.term,)


FAIL, UNCERTAIN, PASS, ABSENT = range(4)
"""A check's outcome as a number: the lowest of several is their verdict."""

UNKNOWN = Constant(None)
TRUE = Constant(True)
FALSE = Constant(False)


def constant(value: "Node | Value", unit: str = "bool") -> Node:
    """The value as a node; a node is left as it is."""
    return value if isinstance(value, Node) else Constant(value, unit)


def word(vocabulary: str, value: str) -> Constant:
    """A word of a vocabulary as a constant."""
    return Constant(CODES[vocabulary][value], vocabulary)


def every(term: Node) -> Node:
    """Whether it holds for every source of the claim."""
    return OverSources("every", term)


def some(term: Node) -> Node:
    """Whether it holds for any source of the claim."""
    return OverSources("any", term)


def total(term: Node) -> Node:
    """The sum over the claim's sources of what is known."""
    return OverSources("total", term)


def most(term: Node) -> Node:
    """The largest known value among the claim's sources."""
    return OverSources("most", term)


def least(term: Node) -> Node:
    """The smallest known value among the claim's sources."""
    return OverSources("least", term)


def settled(term: Node) -> Node:
    """True only where the truth is known; never unknown itself."""
    return Settled(term) if term.nullable else term


def evidence(term: Node) -> Node:
    """True where the condition holds, unknown (never false) where it does not."""
    return Choice(term, TRUE, UNKNOWN)


def all_of(terms: Iterable[Node]) -> Node:
    """Every term holds; true where there are none."""
    terms = tuple(terms)
    return terms[0] if len(terms) == 1 else And(terms) if terms else TRUE


def any_of(terms: Iterable[Node]) -> Node:
    """Some term holds; false where there are none."""
    terms = tuple(terms)
    return terms[0] if len(terms) == 1 else Or(terms) if terms else FALSE


def asked_inside(node: OneOf) -> Node:
    """Membership of a choice or a table, asked of every branch: where all say the same, so does it."""
    term, values = node.term, node.values
    if isinstance(term, Choice):
        return Choice(term.condition, OneOf(term.then, values), OneOf(term.otherwise, values))
    if isinstance(term, Table):
        asked = term.map(lambda value: None if value is None else value in values)
        return Table(f"{term.name}?", "bool", asked.rows)
    return node


def walk(node: Node) -> Iterator[Node]:
    """The node and everything it is made of, each as often as it stands in the tree."""
    yield node
    for part in node.parts:
        yield from walk(part)


def tables_in(node: Node) -> tuple[Table, ...]:
    """The tables read by a tree, each once, in the order they stand."""
    return tuple(dict.fromkeys(part for part in walk(node) if isinstance(part, Table)))
