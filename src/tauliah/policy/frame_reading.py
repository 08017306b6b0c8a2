"""The second reading of an expression: Polars expressions over frames of many cases.

Three frames describe the cases: `applications`, `claims` (with the row number of its application
under `application`) and `sources` (with the row number of its claim under `claim`), the last two
sorted by those numbers. Where every claim has one source, nothing is grouped.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from tauliah.policy.expression import (
    ABSENT,
    PASS,
    TRUE,
    UNCERTAIN,
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
    TableRow,
    YearsBefore,
)
from tauliah.policy.python_reading import AFTER, CASE, CLAIM, SOURCE, stage_of
from tauliah.values.day import years_before


@dataclass(frozen=True)
class Frames:
    """Many cases as columns: one row an application, a claim, a source."""

    applications: pl.DataFrame
    claims: pl.DataFrame
    sources: pl.DataFrame


class _Columns:
    """Names the nodes that have been worked out and reads the rest as expressions of them."""

    def __init__(self) -> None:
        self.done: dict[Node, str] = {}
        self.stages: dict[Node, int] = {}

    def stage(self, node: Node) -> int:
        return stage_of(node, self.stages)

    def expression(self, node: Node) -> pl.Expr:
        if node in self.done:
            return pl.col(self.done[node])
        match node:
            case Column(name=name):
                return pl.col(name)
            case Constant(value=value):
                return pl.lit(value)
            case Compare(operator=operator, left=left, right=right):
                return _COMPARE[operator](self.expression(left), self.expression(right))
            case Arithmetic(operator=operator, left=left, right=right):
                wide = self.expression(left).cast(pl.Int64)
                other = self.expression(right).cast(pl.Int64)
                return wide * other if operator == "*" else wide // other
            case OneOf(term=term, values=values):
                return _among(self.expression(term), values)
            case Not(term=term):
                return ~self.expression(term)
            case Known(term=term):
                return self.expression(term).is_not_null() if term.nullable else pl.lit(True)
            case And(terms=terms):
                return _join([self.expression(term) for term in terms], "and")
            case Or(terms=terms):
                return _join([self.expression(term) for term in terms], "or")
            case Settled(term=term):
                return self.expression(term).fill_null(False)
            case Outcome(applies=applies, holds=holds):
                return self.outcome(applies, holds)
            case Lowest(terms=terms):
                return pl.min_horizontal([self.expression(term) for term in terms])
            case Choice():
                return self.choice(node)
            case Table(rows=rows):
                return self.table(rows)
            case YearsBefore(day=day, years=years):
                return _years_before(self.expression(day), self.expression(years))
        raise TypeError(f"no frame reading of {type(node).__name__}")

    def outcome(self, applies: Node, holds: Node) -> pl.Expr:
        code = self.expression(holds).cast(pl.UInt8) * pl.lit(PASS, pl.UInt8)
        if holds.nullable:
            code = code.fill_null(UNCERTAIN)
        if applies == TRUE:
            return code
        return pl.when(self.expression(applies)).then(code).otherwise(pl.lit(ABSENT, pl.UInt8))

    def choice(self, node: Choice) -> pl.Expr:
        condition, then, otherwise = (self.expression(part) for part in node.parts)
        chosen = pl.when(condition).then(then).otherwise(otherwise)
        if not node.condition.nullable:
            return chosen
        agreed = pl.when(then.eq_missing(otherwise)).then(then)
        return pl.when(condition.is_null()).then(agreed).otherwise(chosen)

    def table(self, rows: Sequence[TableRow]) -> pl.Expr:
        value: pl.Expr = pl.lit(None)
        for row in reversed(rows):
            if not row.when:
                value = pl.lit(row.value)
                continue
            condition = _join([_among(self.expression(c), values) for c, values in row.when], "and")
            value = pl.when(condition).then(pl.lit(row.value)).otherwise(value)
            if any(column.nullable for column, _ in row.when):
                value = pl.when(condition.is_null()).then(None).otherwise(value)
        return value


_COMPARE: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "==": lambda a, b: a == b,
}


def _join(terms: Sequence[pl.Expr], how: str) -> pl.Expr:
    result = terms[0]
    for term in terms[1:]:
        result = result & term if how == "and" else result | term
    return result


def _among(term: pl.Expr, values: frozenset[int]) -> pl.Expr:
    ordered = sorted(values)
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return (term >= ordered[0]) & (term <= ordered[-1])
    return _join([term == value for value in ordered], "or")


def _years_before(day: pl.Expr, years: pl.Expr) -> pl.Expr:
    """Looks the cut-off day up in a table over the days that occur: they are few."""

    def look_up(columns: Sequence[pl.Series]) -> pl.Series:
        days, spans = columns[0].cast(pl.Int32).to_numpy(), columns[1].to_numpy()
        cut_off = np.empty(len(days), dtype=np.int32)
        for span in np.unique(spans):
            first, last = int(days.min()), int(days.max())
            table = [years_before(n, int(span)) for n in range(first, last + 1)]
            where = slice(None) if len(spans) == 1 else spans == span
            cut_off[where] = np.asarray(table, dtype=np.int32)[days[where] - first]
        return pl.Series(cut_off)

    return pl.map_batches([day, years], look_up, return_dtype=pl.Int32, is_elementwise=True)


_OVER = {
    "every": lambda c: c.all(ignore_nulls=False),
    "any": lambda c: c.any(ignore_nulls=False),
    "total": lambda c: c.sum(),
    "most": lambda c: c.max(),
    "least": lambda c: c.min(),
}


def read_as_frame(frames: Frames, nodes: Sequence[Node]) -> pl.DataFrame:
    """The values of claim-level `nodes`, one column each (`"0"`, `"1"`, …), one row a claim."""
    columns = _Columns()
    over = _over_sources(nodes)
    case_nodes = _frontier([*over, *nodes], CASE, columns)
    cases = _select(frames.applications.lazy(), case_nodes, columns)
    claims = pl.concat([frames.claims, cases[frames.claims["application"]]], how="horizontal")
    if over:
        claims = _with_sources(frames, claims, over, columns)
    results = [columns.expression(node).alias(str(i)) for i, node in enumerate(nodes)]
    return claims.lazy().select(results).collect()


def _over_sources(nodes: Iterable[Node]) -> list[OverSources]:
    found: dict[Node, None] = {}

    def visit(node: Node) -> None:
        if isinstance(node, OverSources):
            found[node] = None
            return
        for part in node.parts:
            visit(part)

    for node in nodes:
        visit(node)
    return [node for node in found if isinstance(node, OverSources)]


def _frontier(nodes: Iterable[Node], stage: int, columns: _Columns) -> list[Node]:
    """The largest subtrees that can be worked out at a stage."""
    found: dict[Node, None] = {}

    def visit(node: Node) -> None:
        if isinstance(node, Constant) or node in found:
            return
        if columns.stage(node) <= stage and not isinstance(node, OverSources):
            found[node] = None
            return
        for part in node.parts:
            visit(part)

    for node in nodes:
        visit(node)
    return list(found)


def _select(frame: pl.LazyFrame, nodes: Sequence[Node], columns: _Columns) -> pl.DataFrame:
    names = {node: f"n{len(columns.done) + i}" for i, node in enumerate(nodes)}
    chosen = [columns.expression(node).alias(name) for node, name in names.items()]
    selected = frame.select(chosen).collect()
    columns.done.update(names)
    return selected


def _with_sources(
    frames: Frames, claims: pl.DataFrame, over: Sequence[OverSources], columns: _Columns
) -> pl.DataFrame:
    """The claims with one column for each thing said of all their sources."""
    single = frames.sources.height == claims.height
    wide = claims if single else claims[frames.sources["claim"]]
    rows = pl.concat([frames.sources.drop("claim"), wide], how="horizontal")
    terms = list(dict.fromkeys(node.term for node in over))
    inner = _Columns()
    inner.done, inner.stages = dict(columns.done), columns.stages
    names = {term: f"s{i}" for i, term in enumerate(terms)}
    values = rows.lazy().select([inner.expression(t).alias(n) for t, n in names.items()]).collect()
    slots: dict[Node, str] = {node: f"o{i}" for i, node in enumerate(over)}
    if single:
        said = values.lazy().select([_of_one(node, names[node.term]).alias(slots[node]) for node in over])
    else:
        grouped = values.lazy().with_columns(frames.sources["claim"]).group_by("claim", maintain_order=True)
        said = grouped.agg(
            [_OVER[node.how](pl.col(names[node.term])).alias(slots[node]) for node in over]
        ).drop("claim")
    columns.done.update(slots)
    return pl.concat([claims, said.collect()], how="horizontal")


def _of_one(node: OverSources, name: str) -> pl.Expr:
    return pl.col(name).fill_null(0) if node.how == "total" else pl.col(name)


__all__ = ["AFTER", "CASE", "CLAIM", "SOURCE", "Frames", "read_as_frame"]
