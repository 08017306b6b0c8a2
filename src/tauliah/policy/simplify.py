"""Simplifies expressions for what is known of a whole frame: values that occur, columns without nulls.

A frame of one faculty's applications rarely holds every basis and level; rules that cannot apply and
rows that cannot be reached fall away before a function is written. The meaning stays the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt

from tauliah.policy.expression import (
    ABSENT,
    FALSE,
    TRUE,
    UNKNOWN,
    And,
    Arithmetic,
    Choice,
    Column,
    Compare,
    Constant,
    How,
    Known,
    Lowest,
    Node,
    Not,
    OneOf,
    Or,
    Outcome,
    OverSources,
    Settled,
    Table,
    TableRow,
    YearsBefore,
    asked_inside,
)
from tauliah.policy.python_reading import read_as_python
from tauliah.values.vocabulary import CODES

COMPARISONS = {"<=": le, ">=": ge, "<": lt, ">": gt, "==": eq}


@dataclass(frozen=True)
class Occurring:
    """What a column holds in a frame: the values that occur (nothing: not looked at), and nulls."""

    values: frozenset[int] | None
    nulls: bool


class Simplifier:
    """Rewrites trees for one frame; equal subtrees are rewritten once."""

    def __init__(self, occurring: Mapping[str, Occurring]) -> None:
        self.occurring = occurring
        self.done: dict[Node, Node] = {}

    def __call__(self, node: Node) -> Node:
        """The simplified tree."""
        if node not in self.done:
            self.done[node] = self._simplified(node)
        return self.done[node]

    def _simplified(self, node: Node) -> Node:
        rewritten = self._rewritten(node)
        constant_parts = all(isinstance(part, Constant) for part in rewritten.parts)
        if rewritten.parts and constant_parts and not isinstance(rewritten, OverSources):
            return _folded(rewritten)
        return rewritten

    def _rewritten(self, node: Node) -> Node:
        match node:
            case Column():
                return self._column(node)
            case OneOf(term=term, values=values):
                return self._one_of(self(term), values)
            case And(terms=terms):
                return _junction(And, [self(t) for t in terms], decides=FALSE, neutral=TRUE)
            case Or(terms=terms):
                return _junction(Or, [self(t) for t in terms], decides=TRUE, neutral=FALSE)
            case Not(term=term):
                return _not(self(term))
            case Known(term=term):
                inner = self(term)
                if isinstance(inner, Constant):
                    return Constant(inner.value is not None)
                return Known(inner) if inner.nullable else TRUE
            case Settled(term=term):
                return _settled(self(term))
            case Choice():
                return self._choice(node)
            case Outcome(applies=applies, holds=holds):
                asked = self(applies)
                return Constant(ABSENT, "count") if asked == FALSE else Outcome(asked, self(holds))
            case Table(name=name, kind=kind, rows=rows):
                return self._table(name, kind, rows)
            case Compare(operator=operator, left=left, right=right):
                sides = self(left), self(right)
                if any(isinstance(side, Constant) and side.value is None for side in sides):
                    return UNKNOWN
                if isinstance(sides[1], Constant) and left.unit in CODES:
                    return self._one_of(sides[0], _words_where(operator, sides[1]))
                return Compare(operator, *sides)
            case Arithmetic(operator=operator, left=left, right=right):
                return Arithmetic(operator, self(left), self(right))
            case Lowest(terms=terms):
                return _lowest([self(t) for t in terms])
            case OverSources(how=how, term=term):
                return _over_sources(how, self(term))
            case YearsBefore(day=day, years=years):
                return YearsBefore(self(day), self(years))
        return node

    def _column(self, node: Column) -> Node:
        occurring = self.occurring[node.name]
        if occurring.values is not None and not occurring.values:
            return Constant(None, node.kind)
        if occurring.values is not None and len(occurring.values) == 1 and not occurring.nulls:
            return Constant(next(iter(occurring.values)), node.kind)
        return Column(node.name, node.scope, node.kind, node.may_be_null and occurring.nulls)

    def _one_of(self, term: Node, values: frozenset[int]) -> Node:
        if isinstance(term, Constant):
            return Constant(None if term.value is None else term.value in values)
        if isinstance(term, Column) and (occurs := self.occurring[term.name].values):
            values = values & occurs
            if not term.nullable and values in (frozenset(), occurs):
                return Constant(bool(values))
        if isinstance(term, Table):
            return self(asked_inside(OneOf(term, values)))
        if isinstance(term, Choice):
            then, otherwise = self._one_of(term.then, values), self._one_of(term.otherwise, values)
            return then if then == otherwise else _choice(term.condition, then, otherwise)
        return OneOf(term, values)

    def _choice(self, node: Choice) -> Node:
        condition, then, otherwise = self(node.condition), self(node.then), self(node.otherwise)
        if then == otherwise:
            return then
        decided = _truth(condition, yes=then, no=otherwise)
        if decided is not None:
            return decided
        return _choice(condition, then, otherwise)

    def _table(self, name: str, kind: str, rows: tuple[TableRow, ...]) -> Node:
        kept: list[TableRow] = []
        for row in rows:
            judged = [self._one_of(self(column), values) for column, values in row.when]
            condition = _junction(And, judged, decides=FALSE, neutral=TRUE)
            if condition == FALSE:
                continue
            when = () if condition == TRUE else ((condition, frozenset({True})),)
            kept.append(TableRow(when, row.value, row.clauses))
            if not when:
                break
        kept = list(Table(name, kind, tuple(kept)).deciding_rows)
        if not kept:
            return Constant(None, kind)
        if not kept[0].when:
            return Constant(kept[0].value, kind)
        return _table_as_truth(kept) if kind == "bool" else Table(name, kind, tuple(kept))


def _table_as_truth(rows: list[TableRow]) -> Node:
    """A table of truths as *and* and *or*: a row that is true or what follows, not a row that is false."""
    rest: Node = UNKNOWN
    for row in reversed(rows):
        if not row.when:
            rest = Constant(row.value)
            continue
        ((condition, _),) = row.when
        rest = _choice(condition, Constant(row.value), rest)
    return rest


def _over_sources(how: How, term: Node) -> Node:
    """What is said of all sources; what is the same of each is said of all, and nothing adds up to 0."""
    if not isinstance(term, Constant):
        return OverSources(how, term)
    if how in ("every", "any", "most", "least"):
        return term
    return Constant(0, term.unit) if how == "total" and not term.value else OverSources(how, term)


def _folded(node: Node) -> Constant:
    """A node whose parts are all constants, worked out."""
    (value,), _ = read_as_python([node], [])({}, [])
    return Constant(value, node.unit)


def _words_where(operator: str, right: Constant) -> frozenset[int]:
    """The words of a vocabulary that a comparison with one of them is true of."""
    words, limit = range(len(CODES[right.unit])), int(right.value or 0)
    return frozenset(w for w in words if COMPARISONS[operator](w, limit))


def _choice(condition: Node, then: Node, otherwise: Node) -> Node:
    """A choice between truths as *and* and *or*, which say the same (Kleene) and are cheaper."""
    if then == FALSE:
        return _junction(And, [_not(condition), otherwise], decides=FALSE, neutral=TRUE)
    if otherwise == FALSE and then.unit == "bool":
        return _junction(And, [condition, then], decides=FALSE, neutral=TRUE)
    if then == TRUE:
        return _junction(Or, [condition, otherwise], decides=TRUE, neutral=FALSE)
    if otherwise == TRUE and then.unit == "bool":
        return _junction(Or, [_not(condition), then], decides=TRUE, neutral=FALSE)
    return Choice(condition, then, otherwise)


def _not(node: Node) -> Node:
    if isinstance(node, Not):
        return node.term
    if isinstance(node, Choice):
        return _choice(node.condition, _not(node.then), _not(node.otherwise))
    if isinstance(node, Constant):
        return Constant(None if node.value is None else not node.value)
    if isinstance(node, OneOf) and node.term.unit in CODES:
        return OneOf(node.term, frozenset(range(len(CODES[node.term.unit]))) - node.values)
    return Not(node)


def _settled(node: Node) -> Node:
    """What is known to hold: of *and* and *or*, what is known to hold of their terms."""
    if isinstance(node, Constant):
        return Constant(node.value is True)
    if not node.nullable:
        return node
    if isinstance(node, And):
        return _junction(And, [_settled(t) for t in node.terms], decides=FALSE, neutral=TRUE)
    if isinstance(node, Or):
        return _junction(Or, [_settled(t) for t in node.terms], decides=TRUE, neutral=FALSE)
    if isinstance(node, Choice):
        then, otherwise = _settled(node.then), _settled(node.otherwise)
        if then == otherwise == FALSE:
            return FALSE
        if not node.condition.nullable:
            return _choice(node.condition, then, otherwise)
    return Settled(node)


def _truth(node: Node, yes: Node, no: Node) -> Node | None:
    return yes if node == TRUE else no if node == FALSE else None


def _junction(sort: type[And] | type[Or], terms: list[Node], decides: Node, neutral: Node) -> Node:
    flat = [part for term in terms for part in (term.terms if isinstance(term, sort) else (term,))]
    open_ = [t for t in _merged(sort, flat) if t != neutral]
    if decides in open_:
        return decides
    if not open_:
        return neutral
    return open_[0] if len(open_) == 1 else sort(tuple(open_))


def _merged(sort: type[And] | type[Or], terms: list[Node]) -> list[Node]:
    """Each term once; memberships of one value in several lists as one."""
    lists: dict[Node, frozenset[int]] = {}
    others: dict[Node, None] = {}
    for term in terms:
        if not isinstance(term, OneOf):
            others[term] = None
        elif term.term not in lists:
            lists[term.term] = term.values
        else:
            lists[term.term] = (
                lists[term.term] & term.values if sort is And else lists[term.term] | term.values
            )
    return [*others, *(OneOf(value, words) for value, words in lists.items())]


def _lowest(terms: list[Node]) -> Node:
    open_ = [t for t in terms if t != Constant(ABSENT, "count")]
    if not open_:
        return Constant(ABSENT, "count")
    return open_[0] if len(open_) == 1 else Lowest(tuple(open_))
