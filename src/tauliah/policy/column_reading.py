"""The second reading of an expression: numpy over the columns of many cases.

A truth is a byte: 0 false, 1 unknown, 2 true, so that *and* is the minimum, *or* the maximum and *not*
the difference to 2. A word is its position in the vocabulary, 255 where it is not known; every other
value is an integer, `NOT_KNOWN` where it is not known. What depends on the case alone is worked out
for all cases first, the rest in blocks that stay in the processor's cache.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tauliah.policy.expression import (
    ABSENT,
    TRUE,
    And,
    Arithmetic,
    Choice,
    Column,
    Compare,
    Constant,
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
    YearsBefore,
    asked_inside,
)
from tauliah.policy.python_reading import AFTER, CASE, CLAIM, SOURCE, stage_of
from tauliah.values.day import years_before
from tauliah.values.vocabulary import CODES

Array = NDArray[Any]
NO_WORD = 255
NOT_KNOWN = -(2**31)
FALSE_BYTE, UNKNOWN_BYTE, TRUE_BYTE = 0, 1, 2
BLOCK = 8192
"""Applications worked out together."""


@dataclass(frozen=True)
class Frames:
    """Many cases, column by column: one entry an application, a claim, a source.

    The claims of application `a` are `claims_from[a]` up to `claims_from[a + 1]`, the sources of claim
    `c` are `sources_from[c]` up to `sources_from[c + 1]`; each has at least one. Without
    `sources_from`, every claim has one source. A nullable column may be left out: it is not known.
    """

    applications: Mapping[str, Array]
    claims: Mapping[str, Array]
    sources: Mapping[str, Array]
    claims_from: Array
    sources_from: Array | None = None

    @property
    def size(self) -> int:
        """The number of applications."""
        return len(self.claims_from) - 1

    @cached_property
    def application(self) -> Array:
        """The application of each claim."""
        return np.repeat(np.arange(self.size), np.diff(self.claims_from))

    def sources_of(self, claims: slice) -> slice:
        """The rows of the sources of some claims."""
        if self.sources_from is None:
            return claims
        return slice(int(self.sources_from[claims.start]), int(self.sources_from[claims.stop]))


def code_column(values: Sequence[int | bool | None], unit: str) -> Array:
    """Plain values as the column of a unit, with its mark for what is not known."""
    if unit == "bool":
        bytes_ = [UNKNOWN_BYTE if v is None else TRUE_BYTE if v else FALSE_BYTE for v in values]
        return np.array(bytes_, np.uint8)
    if unit in CODES:
        return np.array([NO_WORD if v is None else v for v in values], np.uint8)
    wide = unit in ("credits", "percent", "share") and any(v is not None and abs(v) >= 2**31 for v in values)
    return np.array([NOT_KNOWN if v is None else v for v in values], np.int64 if wide else np.int32)


def _not_known(unit: str) -> int:
    return UNKNOWN_BYTE if unit == "bool" else NO_WORD if unit in CODES else NOT_KNOWN


@dataclass(frozen=True)
class _Absent(Node):
    """Where a rule does not apply, as the byte that turns any outcome into `ABSENT`."""

    applies: Node


class _Writer:
    """Writes numpy statements, one list for each stage; what an earlier stage found is spread out."""

    def __init__(self, *, single: bool) -> None:
        self.lines: dict[int, list[str]] = {CASE: [], CLAIM: [], SOURCE: [], AFTER: []}
        self.names: dict[tuple[Node, int], str] = {}
        self.stages: dict[Node, int] = {}
        self.single = single

    def name(self, node: Node, stage: int) -> str:
        """The variable that holds the node's values for the rows of a stage."""
        if isinstance(node, Constant):
            return repr(_constant(node))
        own = stage_of(node, self.stages)
        if (node, own) not in self.names:
            text = self.text(node, own)
            self.write(own, (node, own), text)
        if own == stage or (own == CLAIM and stage == AFTER):
            return self.names[node, own]
        return self.spread(node, own, stage)

    def spread(self, node: Node, own: int, stage: int) -> str:
        """The values of a case at each claim, those of a claim at each source."""
        target = CLAIM if own == CASE else SOURCE
        if (node, target) not in self.names:
            index = "application" if own == CASE else "claim"
            source = self.names[node, own]
            plain = own == CLAIM and self.single
            self.write(target, (node, target), source if plain else f"{source}[{index}]")
        if target == stage or (target == CLAIM and stage == AFTER):
            return self.names[node, target]
        return self.spread(node, target, stage)

    def write(self, stage: int, key: tuple[Node, int], text: str) -> None:
        self.names[key] = f"v{len(self.names)}"
        self.lines[stage].append(f"{self.names[key]} = {text}")

    def text(self, node: Node, stage: int) -> str:
        """The numpy expression of a node."""

        def name(part: Node) -> str:
            return self.name(part, stage)

        match node:
            case Column(name=column, scope=scope):
                return f"{scope}s[{column!r}]"
            case Compare():
                return self.compare(node, stage)
            case OneOf(term=Choice() | Table()):
                return name(asked_inside(node))
            case OneOf(term=term, values=values):
                return _one_of(name(term), term, values)
            case And(terms=terms) | Lowest(terms=terms):
                return _chain("minimum", [name(t) for t in terms])
            case Or(terms=terms):
                return _chain("maximum", [name(t) for t in terms])
            case Not(term=term):
                return f"2 - {name(term)}"
            case Known(term=term):
                return f"({name(term)} != {_not_known(term.unit)}).view(u8) * 2"
            case Settled(term=OneOf(term=Column() as term, values=values)) if term.unit in CODES:
                return _holds_one_of(name(term), values)
            case Settled(term=term):
                return f"{name(term)} & 2"
            case Outcome(applies=applies, holds=holds):
                return self.outcome(applies, name(holds), stage)
            case Choice(condition=condition, then=then, otherwise=otherwise):
                return self.choice(node, name(condition), name(then), name(otherwise))
            case Table():
                return self.table(node, stage)
            case Arithmetic(operator=operator, left=left, right=right):
                text = f"i64({name(left)}) {operator} {name(right)}"
                return self.with_nulls(node, stage, text)
            case YearsBefore(day=day, years=years):
                return f"years_before_each({name(day)}, {name(years)})"
            case OverSources():
                return self.over_sources(node)
        raise TypeError(f"no column reading of {type(node).__name__}")

    def outcome(self, applies: Node, holds: str, stage: int) -> str:
        if applies == TRUE:
            return holds
        if isinstance(applies, Constant):
            return f"maximum({holds}, {UNKNOWN_BYTE})"
        if applies.nullable:
            holds = f"maximum({holds}, {self.name(applies, stage)} & 1)"
        return f"{self.absent(applies, stage)} | {holds}"

    def absent(self, applies: Node, stage: int) -> str:
        """The byte that turns any outcome into `ABSENT`, where a rule does not apply."""
        key = (_Absent(applies), stage)
        if key not in self.names:
            self.write(stage, key, f"({self.name(applies, stage)} == 0).view(u8) * {ABSENT}")
        return self.names[key]

    def with_nulls(self, node: Node, stage: int, text: str) -> str:
        """Whole numbers that stay unknown where a part is."""
        marks = [f"({self.name(p, stage)} == {NOT_KNOWN})" for p in node.parts if p.nullable]
        return f"where({' | '.join(marks)}, {NOT_KNOWN}, {text})" if marks else text

    def compare(self, node: Compare, stage: int) -> str:
        left, right = self.name(node.left, stage), self.name(node.right, stage)
        holds = f"({left} {node.operator} {right})"
        sides = [(side, name) for side, name in ((node.left, left), (node.right, right)) if side.nullable]
        if not sides:
            return f"{holds}.view(u8) * 2"
        open_ = " | ".join(f"({name} == {_not_known(side.unit)})" for side, name in sides)
        if len(sides) == 1 and sides[0][0] is node.left and _false_when_unknown(node):
            return f"({holds}.view(u8) * 2) | ({open_}).view(u8)"
        return f"(({holds} & ~({open_})).view(u8) * 2) | ({open_}).view(u8)"

    def choice(self, node: Choice, condition: str, then: str, otherwise: str) -> str:
        if node.unit == "bool" and not node.condition.nullable:
            return f"blend({condition}, {then}, {otherwise})"
        kind = "u8" if node.unit == "bool" or node.unit in CODES else "same"
        chosen = f"{kind}_where({condition} == 2, {then}, {otherwise})"
        if not node.condition.nullable:
            return chosen
        null = _not_known(node.unit)
        agreed = f"{kind}_where(equal({then}, {otherwise}), {then}, {null})"
        return f"{kind}_where({condition} == 1, {agreed}, {chosen})"

    def table(self, node: Table, stage: int) -> str:
        null = _not_known(node.unit)
        kind = "u8" if node.unit == "bool" or node.unit in CODES else "same"
        text = str(null)
        for row in reversed(node.deciding_rows):
            value = repr(_constant(Constant(row.value, node.kind)))
            if not row.when:
                text = value
                continue
            conditions = [_one_of(self.name(column, stage), column, values) for column, values in row.when]
            condition = _chain("minimum", conditions)
            open_ = any(column.nullable for column, _ in row.when)
            if open_:
                text = f"{kind}_table({condition}, {value}, {text}, {null})"
            else:
                text = f"{kind}_where({condition}, {value}, {text})"
        return text

    def over_sources(self, node: OverSources) -> str:
        term = self.name(node.term, SOURCE)
        null = _not_known(node.term.unit)
        if self.single:
            # What is added up is never negative, and the mark for not known is.
            needs_zero = node.how == "total" and node.term.nullable
            return f"maximum({term}, 0)" if needs_zero else term
        if isinstance(node.term, Constant):
            term = f"column_of({term}, claim)"
        return f"over_{node.how}({term}, starts, {null})"


def _constant(node: Constant) -> int:
    if node.value is None:
        return _not_known(node.unit)
    return (TRUE_BYTE if node.value else FALSE_BYTE) if node.unit == "bool" else int(node.value)


def _false_when_unknown(node: Compare) -> bool:
    """Whether the mark for not known makes the comparison false by itself."""
    high = node.left.unit in CODES
    return node.operator == "==" or node.operator in (("<=", "<") if high else (">=", ">"))


def _one_of(name: str, term: Node, values: frozenset[int]) -> str:
    if term.unit == "bool":
        return _one_of_truths(name, {bool(v) for v in values})
    holds = _holds_one_of(name, values)
    return f"({holds} | ({name} == {NO_WORD}).view(u8))" if term.nullable else holds


def _holds_one_of(name: str, values: frozenset[int]) -> str:
    """True where the word is one of these; false where it is another or not known."""
    parts = [_in_run(name, low, high) for low, high in _runs(sorted(values))]
    return f"(({' | '.join(parts)}).view(u8) * 2)" if parts else f"({name} & 0)"


def _in_run(name: str, low: int, high: int) -> str:
    if low == high:
        return f"({name} == {low})"
    return f"({name} <= {high})" if low == 0 else f"(({name} - {low}) <= {high - low})"


def _one_of_truths(name: str, values: set[bool]) -> str:
    if values == {True}:
        return name
    if values == {False}:
        return f"(2 - {name})"
    return f"(2 - ({name} & 1))" if values else f"({name} & 1)"


def _runs(values: Sequence[int]) -> list[tuple[int, int]]:
    """Values in a row, as (first, last)."""
    runs: list[tuple[int, int]] = []
    for value in values:
        if runs and value == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], value)
        else:
            runs.append((value, value))
    return runs


def _chain(function: str, names: Sequence[str]) -> str:
    text = names[0]
    for name in names[1:]:
        text = f"{function}({text}, {name})"
    return text


def _u8_where(condition: Array, then: Any, otherwise: Any) -> Array:
    chosen: Array = np.where(condition, _byte(then), _byte(otherwise))
    return chosen


def _blend(condition: Array, then: Any, otherwise: Any) -> Array:
    """`then` where a truth that is always known holds, else `otherwise`: faster than a choice."""
    mask = 0 - (condition == TRUE_BYTE).view(np.uint8)
    blended: Array = (then & mask) | (otherwise & ~mask)
    return blended


def _byte(value: Any) -> Any:
    return np.uint8(value) if isinstance(value, int) else value


def _u8_table(condition: Array, then: int, rest: Any, null: int) -> Array:
    chosen = np.where(condition == TRUE_BYTE, _byte(then), _byte(rest))
    agreed = np.where(np.equal(rest, then), _byte(then), _byte(null))
    result: Array = np.where(condition == UNKNOWN_BYTE, agreed, chosen)
    return result


def _same_table(condition: Array, then: int, rest: Any, null: int) -> Array:
    chosen = np.where(condition == TRUE_BYTE, then, rest)
    return np.where(condition == UNKNOWN_BYTE, np.where(np.equal(rest, then), then, null), chosen)


def _years_before_each(days: Array, years: Any) -> Array:
    """The cut-off of each day, looked up in a table over the days that occur: they are few."""
    if len(days) == 0:
        return days
    first, last = int(days.min()), int(days.max())
    cut_off = np.empty(len(days), np.int32)
    for span in np.unique(years):
        table = np.array([years_before(day, int(span)) for day in range(first, last + 1)], np.int32)
        chosen = slice(None) if np.isscalar(years) else years == span
        cut_off[chosen] = table[days[chosen] - first]
    return cut_off


def _over_total(values: Array, starts: Array, null: int) -> Array:
    return np.add.reduceat(np.where(values == null, 0, values), starts)


def _over_most(values: Array, starts: Array, null: int) -> Array:
    if null == NOT_KNOWN:
        return np.maximum.reduceat(values, starts)
    known = np.where(values == null, np.int16(-1), values.astype(np.int16))
    highest = np.maximum.reduceat(known, starts)
    return np.where(highest < 0, null, highest).astype(np.uint8)


def _over_least(values: Array, starts: Array, null: int) -> Array:
    if null == NO_WORD:
        return np.minimum.reduceat(values, starts)
    highest = np.iinfo(values.dtype).max
    lowest = np.minimum.reduceat(np.where(values == null, highest, values), starts)
    return np.where(lowest == highest, null, lowest)


_NAMES: dict[str, Any] = {
    "u8": np.uint8,
    "i64": lambda values: np.asarray(values, np.int64),
    "where": np.where,
    "equal": np.equal,
    "minimum": np.minimum,
    "maximum": np.maximum,
    "blend": _blend,
    "u8_where": _u8_where,
    "same_where": np.where,
    "u8_table": _u8_table,
    "same_table": _same_table,
    "column_of": lambda value, rows: np.full(len(rows), value, np.int32),
    "years_before_each": _years_before_each,
    "over_every": lambda values, starts, _: np.minimum.reduceat(values, starts),
    "over_any": lambda values, starts, _: np.maximum.reduceat(values, starts),
    "over_total": _over_total,
    "over_most": _over_most,
    "over_least": _over_least,
}


class ColumnReading:
    """Nodes of the case and of a claim, read over columns; a number stands for a column of itself."""

    def __init__(self, of_case: Sequence[Node], of_claim: Sequence[Node], *, single: bool) -> None:
        writer = _Writer(single=single)
        case_names = [writer.name(node, CASE) for node in of_case]
        claim_names = [writer.name(node, AFTER) for node in of_claim]
        lines = writer.lines
        kept = sorted({name for (_, stage), name in writer.names.items() if stage == CASE})
        self._cases = _function("cases", lines[CASE], f"({_tuple(case_names)}, {_tuple(kept)})")
        body = [f"{_tuple(kept)} = kept"] if kept else []
        body += [*lines[CLAIM], *lines[SOURCE], *lines[AFTER]]
        arguments = "kept, application, claims, sources, claim, starts"
        self._claims = _function(arguments, body, _tuple(claim_names))

    def cases(self, columns: Mapping[str, Array]) -> tuple[tuple[Any, ...], tuple[Array, ...]]:
        """The values of the case nodes, and what the claims need of the case."""
        values, kept = self._cases(columns)
        return values, kept

    def claims(self, frames: Frames, kept: tuple[Array, ...], applications: slice) -> tuple[Any, ...]:
        """The values of the claim nodes for the claims of some applications."""
        offsets = frames.claims_from[applications.start : applications.stop + 1]
        rows = slice(int(offsets[0]), int(offsets[-1]))
        sources = frames.sources_of(rows)
        claim = starts = None
        if frames.sources_from is not None:
            of_source = frames.sources_from[rows.start : rows.stop + 1]
            claim = np.repeat(np.arange(rows.stop - rows.start), np.diff(of_source))
            starts = of_source[:-1] - of_source[0]
        values: tuple[Any, ...] = self._claims(
            kept,
            frames.application[rows],
            {name: column[rows] for name, column in frames.claims.items()},
            {name: column[sources] for name, column in frames.sources.items()},
            claim,
            starts,
        )
        return values


def _function(arguments: str, lines: Sequence[str], returned: str) -> Callable[..., Any]:
    text = "\n".join([f"def read({arguments}):", *(f" {line}" for line in lines), f" return {returned}"])
    scope = dict(_NAMES)
    # The text is made of column names and integers of our own trees; none of a user's.
    exec(compile(text, "<policy columns>", "exec"), scope)  # noqa: S102
    read: Callable[..., Any] = scope["read"]
    return read


def _tuple(names: Sequence[str]) -> str:
    return f"({', '.join(names)},)" if names else "()"
