"""Which outcomes a rule can have at all, found by trying every kind of claim it looks at."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from tauliah.policy.expression import FAIL, PASS, UNCERTAIN, Column, Node, Outcome, walk
from tauliah.policy.python_reading import read_as_python
from tauliah.values.vocabulary import CODES

NAMES = {FAIL: "fail", UNCERTAIN: "unknown", PASS: "pass"}
EVERY_OUTCOME = frozenset(NAMES.values())
MOST_KINDS = 60_000
"""Kinds of claim that are tried; a rule over more columns, or over quantities, can have every outcome."""


def reachable(applies: Node, holds: Node, words: Mapping[str, Iterable[int]]) -> frozenset[str]:
    """The outcomes of a rule; `words` narrows a column to the values that the pack covers."""
    node = Outcome(applies, holds)
    columns = sorted({part for part in walk(node) if isinstance(part, Column)}, key=lambda c: c.name)
    values = [_values(column, words) for column in columns]
    count = 1
    for of_column in values:
        count *= len(of_column)
    if not 0 < count <= MOST_KINDS:
        return EVERY_OUTCOME
    judge = read_as_python([], [node], single=True)
    codes = {judge(*_rows(columns, kind))[1][0][0] for kind in product(*values)}
    return frozenset(NAMES[code] for code in codes if code in NAMES)


def _values(column: Column, words: Mapping[str, Iterable[int]]) -> list[Any]:
    """Every value of a column; none for a quantity, which has too many."""
    known: list[Any] = []
    if column.unit == "bool":
        known = [True, False]
    elif column.unit in CODES:
        known = list(words.get(column.name, CODES[column.unit].values()))
    return [*known, None] if known and column.nullable else known


def _rows(columns: list[Column], kind: tuple[Any, ...]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    def scoped(scope: str) -> Iterator[tuple[str, Any]]:
        return ((c.name, value) for c, value in zip(columns, kind, strict=True) if c.scope == scope)

    return dict(scoped("case")), [{**dict(scoped("claim")), "sources": [dict(scoped("source"))]}]
