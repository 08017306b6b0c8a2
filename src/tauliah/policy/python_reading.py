"""The first reading of an expression: a straight-line Python function for one case.

What depends on the case alone is worked out once, what depends on a claim once a claim, what
depends on a source once a source; equal subtrees are worked out once.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tauliah.policy.expression import (
    ABSENT,
    FAIL,
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
    asked_inside,
)
from tauliah.values.day import years_before

CASE, CLAIM, SOURCE, AFTER = range(4)
STAGE_OF_SCOPE = {"case": CASE, "claim": CLAIM, "source": SOURCE}

Row = Mapping[str, Any]
Reading = Callable[[Row, Sequence[Row]], tuple[tuple[Any, ...], list[tuple[Any, ...]]]]


class UnreadableExpression(TypeError):
    """An expression mixes a claim's answer over all sources into one about a single source."""


def stage_of(node: Node, known: dict[Node, int]) -> int:
    """When a node can be worked out: for the case, the claim, a source, or after all sources."""
    if node not in known:
        known[node] = _stage(node, known)
    return known[node]


def _stage(node: Node, known: dict[Node, int]) -> int:
    if isinstance(node, Column):
        return STAGE_OF_SCOPE[node.scope]
    stages = {stage_of(part, known) for part in node.parts}
    if isinstance(node, OverSources):
        if AFTER in stages:
            raise UnreadableExpression(f"nested over sources: {node}")
        return AFTER
    if stages >= {SOURCE, AFTER}:
        raise UnreadableExpression(f"mixes one source with all sources: {node}")
    return max(stages, default=CASE)


class _Writer:
    """Writes the lines of the function, one list of lines for each stage."""

    def __init__(self, *, single: bool) -> None:
        self.single = single
        self.lines: dict[int, list[str]] = {stage: [] for stage in (CASE, CLAIM, SOURCE, AFTER)}
        self.names: dict[Node, str] = {}
        self.stages: dict[Node, int] = {}

    def name(self, node: Node) -> str:
        """The variable (or literal) that holds the node's value; writes its lines at first use."""
        if isinstance(node, Constant):
            return repr(node.value)
        if node not in self.names:
            text = self.text(node)
            self.names[node] = f"v{len(self.names)}"
            if self.single or not isinstance(node, OverSources):
                stage = stage_of(node, self.stages)
                self.lines[stage].append(f"{self.names[node]} = {text}")
        return self.names[node]

    def text(self, node: Node) -> str:
        """The Python expression of a node."""
        match node:
            case Column(name=name, scope=scope):
                return f"{scope}[{name!r}]"
            case Compare():
                return self.guarded(node, f"{{}} {node.operator} {{}}")
            case Arithmetic():
                return self.guarded(node, f"{{}} {node.operator} {{}}")
            case OneOf(term=Choice() | Table()):
                return self.text(asked_inside(node))
            case OneOf(values=values):
                return self.guarded(node, f"{{}} {_among(values)}")
            case Not():
                return self.guarded(node, "not {}")
            case YearsBefore():
                return self.guarded(node, "years_before({}, {})")
            case Known(term=term):
                return f"{self.name(term)} is not None" if term.nullable else "True"
            case And(terms=terms):
                return self.junction(terms, "and", "False", "True")
            case Or(terms=terms):
                return self.junction(terms, "or", "True", "False")
            case Settled(term=term):
                return f"{self.name(term)} is True"
            case Outcome(applies=applies, holds=holds):
                open_ = f"{UNCERTAIN} if {self.name(holds)} is None else " if holds.nullable else ""
                asked = f"{open_}{PASS} if {self.name(holds)} else {FAIL}"
                return asked if applies == TRUE else self.where_it_applies(applies, holds, asked)
            case Lowest(terms=terms):
                return f"min({', '.join(self.name(term) for term in terms)})"
            case Choice():
                return self.choice(node)
            case Table():
                return self.table(node)
            case OverSources():
                return self.over_sources(node)
        raise TypeError(f"no Python reading of {type(node).__name__}")

    def where_it_applies(self, applies: Node, holds: Node, asked: str) -> str:
        name = self.name(applies)
        if not applies.nullable:
            return f"({asked}) if {name} else {ABSENT}"
        perhaps = f"{PASS} if {self.name(holds)} is True else {UNCERTAIN}"
        return f"({perhaps}) if {name} is None else ({asked}) if {name} else {ABSENT}"

    def guarded(self, node: Node, pattern: str) -> str:
        names = [self.name(part) for part in node.parts]
        nulls = [f"{n} is None" for n, part in zip(names, node.parts, strict=True) if part.nullable]
        text = pattern.format(*names)
        return f"None if {' or '.join(dict.fromkeys(nulls))} else {text}" if nulls else text

    def junction(self, terms: Sequence[Node], operator: str, decides: str, neutral: str) -> str:
        if not any(term.nullable for term in terms):
            return f" {operator} ".join(self.name(term) for term in terms)
        named = [(self.name(term), term.nullable) for term in terms if term != UNKNOWN]
        decided = " or ".join(f"{name} is {decides}" for name, _ in named)
        if UNKNOWN in terms:
            return f"{decides} if {decided or False} else None"
        unknown = " or ".join(f"{name} is None" for name, nullable in named if nullable)
        return f"{decides} if {decided} else None if {unknown} else {neutral}"

    def choice(self, node: Choice) -> str:
        condition, then, otherwise = (self.name(part) for part in node.parts)
        text = f"{then} if {condition} else {otherwise}"
        if not node.condition.nullable:
            return text
        return f"({then} if {then} == {otherwise} else None) if {condition} is None else {text}"

    def table(self, node: Table) -> str:
        """The rows from the last to the first, each in a variable of its own: rest, then what precedes."""
        rest = "None"
        for i, row in reversed(list(enumerate(node.deciding_rows))):
            value = repr(row.value)
            if not row.when:
                text = value
            else:
                holds, open_ = self.row_condition(row)
                text = f"{value} if {holds} else {rest}"
                if open_:
                    text = f"({value} if {rest} == {value} else None) if {open_} else {text}"
            if i == 0 or not row.when:
                rest = text
                continue
            rest = f"r{len(self.names)}_{i}"
            self.lines[stage_of(node, self.stages)].append(f"{rest} = {text}")
        return rest

    def row_condition(self, row: TableRow) -> tuple[str, str]:
        """The row's condition, and when that is unknown (empty: never)."""
        parts = [(self.name(column), _among(values), column.nullable) for column, values in row.when]
        holds = " and ".join(f"{name} {among}" for name, among, _ in parts)
        nulls = [name for name, _, nullable in parts if nullable]
        if not nulls:
            return holds, ""
        open_ = " and ".join(
            f"({name} is None or {name} {among})" if nullable else f"{name} {among}"
            for name, among, nullable in parts
        )
        return holds, f"({' or '.join(f'{n} is None' for n in nulls)}) and {open_}"

    def over_sources(self, node: OverSources) -> str:
        """Writes the start before the loop over sources and the step inside it."""
        term = self.name(node.term)
        if isinstance(node.term, Constant):
            fixed = f"fixed{len(self.lines[CLAIM])}"
            self.lines[CLAIM].append(f"{fixed} = {term}")
            term = fixed
        if self.single:
            return _OF_ONE.get(node.how, "{term}").format(term=term)
        slot = f"v{len(self.names)}"
        start, step = _ACCUMULATORS[node.how]
        self.lines[CLAIM].append(f"{slot} = {start}")
        self.lines[SOURCE].append(step.format(slot=slot, term=term))
        return slot


_ACCUMULATORS = {
    "every": ("True", "if {slot} is not False and {term} is not True: {slot} = {term}"),
    "any": ("False", "if {slot} is not True and {term} is not False: {slot} = {term}"),
    "total": ("0", "if {term} is not None: {slot} += {term}"),
    "most": ("None", "if {term} is not None and ({slot} is None or {term} > {slot}): {slot} = {term}"),
    "least": ("None", "if {term} is not None and ({slot} is None or {term} < {slot}): {slot} = {term}"),
    "each": ("[]", "{slot}.append({term})"),
}


_OF_ONE = {"total": "{term} or 0", "each": "[{term}]"}


def _among(values: frozenset[int]) -> str:
    """The test for one of some values, to stand behind the value."""
    if len(values) == 1:
        return f"== {next(iter(values))!r}"
    return f"in {_tuple([repr(v) for v in sorted(values)])}"


def read_as_python(of_case: Sequence[Node], of_claim: Sequence[Node], *, single: bool = False) -> Reading:
    """A function from (case row, claim rows) to (values of the case, values of each claim).

    A claim row holds its source rows under `"sources"`; with `single` each has exactly one. Nodes of
    the case may use case columns only.
    """
    _refuse_single_sources(of_claim)
    writer = _Writer(single=single)
    case_names = [writer.name(node) for node in of_case]
    claim_names = [writer.name(node) for node in of_claim]
    lines = writer.lines
    body = [
        "def read(case, claims):",
        *(f" {line}" for line in lines[CASE]),
        " out = []",
        " for claim in claims:",
        *(f"  {line}" for line in lines[CLAIM]),
    ]
    if single:
        body += ["  source = claim['sources'][0]", *(f"  {line}" for line in lines[SOURCE])]
    elif lines[SOURCE]:
        body += ["  for source in claim['sources']:", *(f"   {line}" for line in lines[SOURCE])]
    body += [f"  {line}" for line in lines[AFTER]]
    body += [f"  out.append({_tuple(claim_names)})", f" return {_tuple(case_names)}, out"]
    scope: dict[str, Any] = {"years_before": years_before}
    # The text is made of column names, integers and booleans of our own trees; none of a user's.
    exec(compile("\n".join(body), "<policy>", "exec"), scope)  # noqa: S102
    reading: Reading = scope["read"]
    return reading


def _refuse_single_sources(of_claim: Sequence[Node]) -> None:
    """A claim's value cannot hang on one source: it would be that of whichever came last."""
    stages: dict[Node, int] = {}
    for node in of_claim:
        if stage_of(node, stages) == SOURCE:
            raise UnreadableExpression(f"says something of one source where a claim is asked about: {node}")


def _tuple(names: Sequence[str]) -> str:
    return f"({', '.join(names)},)" if names else "()"
