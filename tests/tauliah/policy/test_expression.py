"""Expressions mean what Kleene's logic says, in every reading: a tiny oracle, random trees, random rows."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauliah.policy.column_reading import ColumnReading, Frames, code_column
from tauliah.policy.expression import (
    ABSENT,
    FAIL,
    FALSE,
    PASS,
    TRUE,
    UNCERTAIN,
    UNKNOWN,
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
    all_of,
    any_of,
    asked_inside,
    evidence,
    word,
)
from tauliah.policy.python_reading import UnreadableExpression, read_as_python
from tauliah.policy.simplify import Occurring, Simplifier
from tauliah.values.day import years_before
from tauliah.values.unit import UNITS
from tauliah.values.vocabulary import CODES

KINDS = {"bool": "b", "count": "n", "grade": "g", "day": "d"}
COLUMNS = {
    (scope, kind): [
        Column(f"{scope}_{letter}_{i}", scope, kind, may_be_null=i == 0 and kind != "day") for i in range(2)
    ]
    for scope in ("case", "claim", "source")
    for kind, letter in KINDS.items()
}
GRADES = len(CODES["grade"])


# ---- a tiny oracle


def value(node: Node, case: dict, claim: dict, source: dict | None) -> Any:
    """What a node is worth, worked out from its definition."""

    def of(part: Node) -> Any:
        return value(part, case, claim, source)

    match node:
        case Column(name=name, scope=scope):
            return {"case": case, "claim": claim, "source": source}[scope][name]
        case Constant(value=constant):
            return constant
        case And(terms=terms):
            return kleene([of(t) for t in terms], False)
        case Or(terms=terms):
            return kleene([of(t) for t in terms], True)
        case Settled(term=term):
            return of(term) is True
        case Known(term=term):
            return of(term) is not None
        case Outcome(applies=applies, holds=holds):
            if of(applies) is None:
                return PASS if of(holds) is True else UNCERTAIN
            return {True: PASS, False: FAIL, None: UNCERTAIN}[of(holds)] if of(applies) else ABSENT
        case OneOf(term=Choice() | Table()):
            return of(asked_inside(node))
        case Choice(condition=condition, then=then, otherwise=otherwise):
            return one_of_two(of(condition), of(then), of(otherwise))
        case Table(rows=rows):
            return of_table(rows, of)
        case OverSources(how=how, term=term):
            return over(how, [value(term, case, claim, s) for s in claim["sources"]])
    parts = [of(part) for part in node.parts]
    return None if None in parts else of_known(node, parts)


def of_known(node: Node, parts: list[Any]) -> Any:
    """Nodes that are unknown as soon as a part is."""
    match node:
        case Compare(operator=operator):
            left, right = parts
            return {
                "<=": left <= right,
                ">=": left >= right,
                "<": left < right,
                ">": left > right,
                "==": left == right,
            }[operator]
        case Arithmetic(operator=operator):
            return parts[0] * parts[1] if operator == "*" else parts[0] // parts[1]
        case Not():
            return not parts[0]
        case OneOf(values=values):
            return parts[0] in values
        case YearsBefore():
            return years_before(*parts)
        case Lowest():
            return min(parts)
    raise AssertionError(node)


def kleene(truths: list[bool | None], decides: bool) -> bool | None:
    return decides if decides in truths else None if None in truths else not decides


def one_of_two(condition: bool | None, then: Any, otherwise: Any) -> Any:
    if condition is None:
        return then if then == otherwise else None
    return then if condition else otherwise


def of_table(rows: tuple[TableRow, ...], of: Any) -> Any:
    if not rows:
        return None
    first, *rest = rows
    holds = kleene([None if of(c) is None else of(c) in values for c, values in first.when], False)
    return first.value if not first.when else one_of_two(holds, first.value, of_table(tuple(rest), of))


def over(how: str, values: list[Any]) -> Any:
    known = [v for v in values if v is not None]
    match how:
        case "every":
            return kleene(values, False)
        case "any":
            return kleene(values, True)
        case "total":
            return sum(known)
        case "each":
            return values
    return (max if how == "most" else min)(known, default=None)


# ---- random trees and rows


def constants(kind: str) -> st.SearchStrategy[Node]:
    values = {"bool": [True, False, None], "count": [0, 1, 2, 5, None], "grade": [0, 5, GRADES - 1, None]}[
        kind
    ]
    return st.sampled_from([Constant(v, kind) for v in values])


def columns(kind: str, scopes: tuple[str, ...]) -> st.SearchStrategy[Node]:
    return st.sampled_from([column for scope in scopes for column in COLUMNS[scope, kind]])


def tables(draw: st.DrawFn, kind: str, scopes: tuple[str, ...]) -> Node:
    choices = {"bool": [True, False], "count": [0, 1, 2], "grade": [0, 7, 9]}[kind]

    def row() -> TableRow:
        grades = draw(st.frozensets(st.sampled_from([0, 5, 9]), min_size=1))
        truths = draw(st.frozensets(st.booleans(), min_size=1))
        conditions = [(draw(columns("grade", scopes)), grades), (draw(columns("bool", scopes)), truths)]
        chosen = draw(st.sampled_from([conditions[:1], conditions[1:], conditions]))
        return TableRow(tuple(chosen), draw(st.sampled_from(choices)))

    rows = [row() for _ in range(draw(st.integers(1, 3)))]
    if draw(st.booleans()):
        rows.append(TableRow((), draw(st.sampled_from(choices))))
    return Table("table", kind, tuple(rows))


@st.composite
def trees(draw: st.DrawFn, kind: str, level: str, depth: int) -> Node:
    """A tree of that kind: of the case, of a claim (with things said of its sources), or of one source."""
    scopes = {"case": ("case",), "claim": ("case", "claim"), "source": ("case", "claim", "source")}[level]
    if depth == 0:
        return draw(columns(kind, scopes) | constants(kind))
    options = ["leaf", "choice", "table"]
    if kind == "bool":
        options += ["and", "or", "not", "compare", "one_of", "known", "settled", "reach"]
    if kind == "count":
        options += ["arithmetic"]
    if level == "claim":
        options += ["over", "over"]
    option = draw(st.sampled_from(options))

    def part(of: str) -> Node:
        return draw(trees(of, level, depth - 1))

    match option:
        case "choice":
            return Choice(part("bool"), part(kind), part(kind))
        case "table":
            return tables(draw, kind, scopes)
        case "and" | "or":
            terms = tuple(part("bool") for _ in range(draw(st.integers(1, 3))))
            return And(terms) if option == "and" else Or(terms)
        case "not":
            return Not(part("bool"))
        case "compare":
            of = draw(st.sampled_from(["count", "grade"]))
            return Compare(draw(st.sampled_from(["<=", ">=", "<", ">", "=="])), part(of), part(of))
        case "one_of":
            return OneOf(part("grade"), draw(st.frozensets(st.integers(0, GRADES - 1), min_size=1)))
        case "known":
            return Known(part(draw(st.sampled_from(["bool", "count", "grade"]))))
        case "settled":
            return Settled(part("bool"))
        case "reach":
            days = [draw(columns("day", scopes)) for _ in range(2)]
            return Compare(">=", days[0], YearsBefore(days[1], Constant(5, "count")))
        case "arithmetic":
            operator, other = draw(st.sampled_from([("*", 2), ("*", 3), ("//", 2), ("//", 7)]))
            return Arithmetic(operator, part("count"), Constant(other, "count"))
        case "over":
            hows = {"bool": ["every", "any"], "count": ["total", "most", "least"], "grade": ["most", "least"]}
            term = draw(trees(kind, "source", depth - 1))
            # A rule says nothing of sources that is the same for all claims.
            said = draw(columns(kind, ("source",))) if isinstance(ANY_NULLS(term), Constant) else term
            return OverSources(draw(st.sampled_from(hows[kind])), said)
    return draw(columns(kind, scopes) | constants(kind))


def outcomes() -> st.SearchStrategy[Node]:
    of_claim = trees("bool", "claim", 2)
    one = st.builds(lambda applies, holds: Outcome(Settled(applies), holds), of_claim, of_claim)
    return one | st.lists(one, min_size=2, max_size=3).map(lambda terms: Lowest(tuple(terms)))


VALUES = {
    "bool": st.booleans(),
    "count": st.integers(0, 9),
    "grade": st.integers(0, GRADES - 1),
    "day": st.integers(10_000, 21_000),
}


def rows(scope: str, **more: Any) -> st.SearchStrategy[dict]:
    fields = {
        column.name: (VALUES[kind] | st.none() if column.may_be_null else VALUES[kind])
        for kind in KINDS
        for column in COLUMNS[scope, kind]
    }
    return st.fixed_dictionaries(fields | more)


CLAIMS = rows("claim", sources=st.lists(rows("source"), min_size=1, max_size=3))
CASES = st.tuples(rows("case"), st.lists(CLAIMS, min_size=1, max_size=3))
ANY_NULLS = Simplifier(
    {c.name: Occurring(None, nulls=c.may_be_null) for listed in COLUMNS.values() for c in listed}
)


def frames_of(cases: list[tuple[dict, list[dict]]]) -> Frames:
    """The rows as columns."""
    claims = [claim for _, of_case in cases for claim in of_case]
    sources = [source for claim in claims for source in claim["sources"]]

    def coded(scope: str, listed: list[dict]) -> dict:
        of_scope = [column for kind in KINDS for column in COLUMNS[scope, kind]]
        return {c.name: code_column([row[c.name] for row in listed], c.kind) for c in of_scope}

    def offsets(counts: list[int]) -> np.ndarray:
        return np.concatenate([[0], np.cumsum(counts)])

    return Frames(
        coded("case", [case for case, _ in cases]),
        coded("claim", claims),
        coded("source", sources),
        offsets([len(of_case) for _, of_case in cases]),
        offsets([len(claim["sources"]) for claim in claims]),
    )


def read_as_columns(node: Node, cases: list[tuple[dict, list[dict]]], unit: str) -> list[Any]:
    frames = frames_of(cases)
    reading = ColumnReading([], [node], single=False)
    _, kept = reading.cases(frames.applications)
    (found,) = reading.claims(frames, kept, slice(0, frames.size))
    coded = np.broadcast_to(found, len(frames.application)).tolist()
    if unit == "bool":
        return [{0: False, 1: None, 2: True}[int(byte)] for byte in coded]
    null = 255 if unit in CODES else -(2**31)
    return [None if v == null else v for v in coded]


# ---- the readings


@pytest.mark.parametrize("kind", ["bool", "count", "grade"])
def test_the_python_reading_means_what_the_oracle_says(kind):
    @given(trees(kind, "claim", 3), CASES)
    def holds(tree, rows_of_case):
        case, claims = rows_of_case
        _, found = read_as_python([], [tree])(case, claims)

        assert [v for (v,) in found] == [value(tree, case, claim, None) for claim in claims]

    holds()


def read_alone(node: Node, cases: list[tuple[dict, list[dict]]]) -> list[Any]:
    return [v for case, claims in cases for (v,) in read_as_python([], [node])(case, claims)[1]]


@pytest.mark.parametrize("kind", ["bool", "count", "grade"])
def test_what_is_simplified_means_the_same_or_knows_more(kind):
    """Both ways of a choice may answer a question alike, though they differ: then its condition is not needed."""

    @given(trees(kind, "claim", 3), CASES)
    def holds(tree, rows_of_case):
        case, claims = rows_of_case
        expected = [value(tree, case, claim, None) for claim in claims]
        found = read_alone(ANY_NULLS(tree), [rows_of_case])

        assert [f for f, e in zip(found, expected, strict=True) if e is not None] == [
            e for e in expected if e is not None
        ]

    holds()


@pytest.mark.parametrize("kind", ["bool", "count", "grade"])
def test_both_readings_agree(kind):
    @given(trees(kind, "claim", 3), st.lists(CASES, min_size=1, max_size=4))
    def holds(tree, cases):
        simple = ANY_NULLS(tree)

        assert read_as_columns(simple, cases, kind) == read_alone(simple, cases)

    holds()


@given(outcomes(), st.lists(CASES, min_size=1, max_size=3))
def test_outcomes_are_the_same_numbers_in_both_readings(tree, cases):
    simple = ANY_NULLS(tree)

    assert read_alone(tree, cases) == [
        value(tree, case, claim, None) for case, claims in cases for claim in claims
    ]
    assert read_as_columns(simple, cases, "count") == read_alone(simple, cases)


@given(trees("bool", "case", 3), CASES)
def test_what_depends_on_the_case_alone_is_read_without_claims(tree, rows_of_case):
    case, _ = rows_of_case
    (found,), none = read_as_python([tree], [])(case, [])

    assert found == value(tree, case, {}, None)
    assert none == []


@given(trees("bool", "claim", 3), CASES)
def test_a_single_source_is_read_as_a_list_of_one(tree, rows_of_case):
    case, claims = rows_of_case
    ones = [claim | {"sources": claim["sources"][:1]} for claim in claims]

    assert read_as_python([], [tree], single=True)(case, ones) == read_as_python([], [tree])(case, ones)


# ---- truth tables and shorthands

A, B = (Column(name, "case", "bool") for name in "ab")
TRUTHS = [True, False, None]


def read(node: Node, **case: Any) -> Any:
    return read_as_python([node], [])(case, [])[0][0]


@pytest.mark.parametrize(("a", "b"), list(product(TRUTHS, TRUTHS)))
def test_and_or_and_not_are_kleenes(a, b):
    order = {False: 0, None: 1, True: 2}
    least, most = sorted((a, b), key=order.get)

    assert read(A & B, a=a, b=b) is least
    assert read(A | B, a=a, b=b) is most
    assert read(~A, a=a) is {True: False, False: True, None: None}[a]


@pytest.mark.parametrize(("truth", "told"), [(True, True), (False, None), (None, None)])
def test_evidence_never_counts_against(truth, told):
    assert read(evidence(A), a=truth) is told


@pytest.mark.parametrize("truth", TRUTHS)
def test_everything_of_nothing_holds_and_something_of_nothing_does_not(truth):
    assert all_of([]) == TRUE
    assert any_of([]) == FALSE
    assert all_of([A]) is A
    assert any_of([A]) is A
    assert read(all_of([A, UNKNOWN]), a=truth) is (False if truth is False else None)
    assert read(any_of([A, UNKNOWN]), a=truth) is (True if truth is True else None)


GRADE, DAY = Column("g", "case", "grade"), Column("d", "case", "day")


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (word("grade", "C+") >= GRADE, [True, False, None]),
        (GRADE < 6, [False, False, None]),
        (GRADE >= 6, [True, True, None]),
        (GRADE > 6, [False, True, None]),
        (GRADE.equals(6), [True, False, None]),
        (GRADE.one_of("C+", "C"), [True, True, None]),
        (GRADE * 2, [12, 14, None]),
        (GRADE // 2, [3, 3, None]),
        (Known(GRADE), [True, True, False]),
    ],
)
def test_values_are_compared_and_counted(node, expected):
    assert [read(node, g=code) for code in (CODES["grade"]["C+"], CODES["grade"]["C"], None)] == expected


def test_a_table_knows_which_row_was_read():
    table = Table("t", "count", (TableRow(((A, frozenset({True})),), 5, ("1",)), TableRow((), 5, ("2",))))

    assert [read(table, a=truth) for truth in TRUTHS] == [5, 5, 5]
    assert [read(table.row_numbers(), a=truth) for truth in TRUTHS] == [0, 1, 1]


def test_a_table_without_a_last_word_is_unknown_where_no_row_applies():
    table = Table("t", "count", (TableRow(((A, frozenset({True})),), 5),))

    assert [read(table, a=truth) for truth in TRUTHS] == [5, None, None]
    assert read(Table("t", "count", ())) is None


def test_a_table_can_be_changed_and_renamed():
    table = Table("t", "percent", (TableRow((), 80, ("1",)),))

    assert table.map(lambda v: v + 1).rows == (TableRow((), 81, ("1",)),)
    assert table.in_unit("share").unit == "share"


SOURCE = Column("s", "source", "bool")


@pytest.mark.parametrize(
    "node",
    [
        OverSources("every", OverSources("any", SOURCE)),
        And((SOURCE, OverSources("every", SOURCE))),
        SOURCE,
    ],
)
def test_one_source_and_all_sources_are_not_mixed(node):
    with pytest.raises(UnreadableExpression):
        read_as_python([], [node])


def test_a_node_of_no_known_sort_cannot_be_read():
    with pytest.raises(TypeError, match="no Python reading of Node"):
        read_as_python([Node()], [])
    with pytest.raises(TypeError, match="no column reading of Node"):
        ColumnReading([Node()], [], single=True)


@pytest.mark.parametrize(
    ("node", "unit"),
    [
        (TRUE, "bool"),
        (GRADE, "grade"),
        (Choice(A, GRADE, GRADE), "grade"),
        (GRADE * 2, "grade"),
        (YearsBefore(DAY, Constant(5, "count")), "day"),
        (Outcome(TRUE, A), "count"),
        (Lowest((Outcome(TRUE, A),)), "count"),
        (OverSources("most", Column("x", "source", "credits")), "credits"),
    ],
)
def test_a_node_knows_its_unit(node, unit):
    assert node.unit == unit
    assert unit in UNITS
