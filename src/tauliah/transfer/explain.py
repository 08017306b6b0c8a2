"""Why a claim was decided so: for each check what was found, what is required, by which clause."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tauliah.policy.expression import ABSENT, FAIL, PASS, UNCERTAIN, Node, Table
from tauliah.transfer.claim import Row
from tauliah.transfer.decision import Decision
from tauliah.transfer.edition import StatedCondition, StatedLimit, StatedRule
from tauliah.values.credit import to_number
from tauliah.values.text import Text, same
from tauliah.values.unit import UNITS

OUTCOME_NAMES = {FAIL: "fail", UNCERTAIN: "unknown", PASS: "pass"}
NOT_GIVEN = Text("belum diberi", "not given")


@dataclass(frozen=True)
class ExplainedCheck:
    """One check as a result shows it."""

    rule: str
    outcome: str
    clauses: tuple[str, ...]
    found: Any
    required: Any
    message: Text


@dataclass(frozen=True)
class AttachedCondition:
    """A condition that holds for a claim, with its amount (`{"months": 6}`) if it has one."""

    name: str
    clauses: tuple[str, ...]
    amount: dict[str, int | float]
    message: Text


@dataclass(frozen=True)
class Explanation:
    """The reasons behind the decision on one claim."""

    checks: tuple[ExplainedCheck, ...]
    limit_clauses: dict[str, tuple[str, ...]]
    conditions: tuple[AttachedCondition, ...]
    notices: tuple[tuple[str, Text], ...]


def explanations(decision: Decision) -> list[Explanation]:
    """The explanation of each claim, in the order of the case."""
    _, columns = decision.edition.explain(decision.facts, decision.rows)
    return [
        _explanation(decision, claim.outcomes, iter(values))
        for claim, values in zip(decision.claims, columns, strict=True)
    ]


def _explanation(decision: Decision, outcomes: Sequence[int], values: Iterator[Any]) -> Explanation:
    """Reads the values in the order in which `Edition.explain` lists their nodes."""
    edition = decision.edition
    checks = [_check(rule, code, values) for rule, code in zip(edition.rules, outcomes, strict=True)]
    limit_clauses = {limit.name: _limit_clauses(limit, values) for limit in edition.limits}
    conditions = [_condition(condition, values, decision.facts) for condition in edition.conditions]
    notices = tuple((n.where, n.text) for n in edition.notices if next(values))
    return Explanation(
        tuple(check for check in checks if check),
        limit_clauses,
        tuple(c for c in conditions if c),
        notices,
    )


def _check(rule: StatedRule, code: int, values: Iterator[Any]) -> ExplainedCheck | None:
    check = rule.check
    found, required = next(values), next(values)
    facts = {name: (node, next(values)) for name, node in check.facts.items()}
    wording = {outcome: next(values) for outcome in rule.words}
    clauses = _clauses_read(rule.cited, values)
    if code == ABSENT:
        return None
    outcome = OUTCOME_NAMES[code]
    words = rule.words[outcome]
    shown = {"found": _say(check.found, found), "required": _say(check.required, required)}
    shown |= {name: _say(node, value) for name, (node, value) in facts.items()}
    return ExplainedCheck(
        rule.name,
        outcome,
        tuple(dict.fromkeys((*clauses, *rule.binding.clauses))),
        _show(check.found, found),
        _show(check.required, required),
        words.texts[wording[outcome]].fill(**shown),
    )


def _clauses_read(tables: Iterable[Table], values: Iterator[Any]) -> list[str]:
    """The clauses of the rows that were read; a table over sources lists a row for each."""
    clauses: list[str] = []
    for table in tables:
        read = next(values)
        for number in read if isinstance(read, list) else [read]:
            if number is not None:
                clauses += table.rows[number].clauses
    return clauses


def _limit_clauses(limit: StatedLimit, values: Iterator[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*limit.binding.clauses, *_clauses_read(limit.cited, values))))


def _amount(value: Any, facts: Row) -> dict[str, int | float]:
    """A period as it stands, a fraction as that part of the graduating credits."""
    if isinstance(value, str):
        return {"credits": to_number(int(facts["graduating_credits"] * Fraction(value)))}
    return dict(value)


def _condition(condition: StatedCondition, values: Iterator[Any], facts: Row) -> AttachedCondition | None:
    applies, table = next(values), condition.amount
    number = next(values) if table else None
    if not applies:
        return None
    row = table.rows[number] if table and number is not None else None
    amount = _amount(row.value, facts) if row else {}
    clauses = (*(row.clauses if row else ()), *condition.binding.clauses)
    figures = {name: same(str(value)) for name, value in amount.items()}
    words = condition.binding.messages[next(iter(amount), "applies")][0].text
    return AttachedCondition(condition.name, tuple(dict.fromkeys(clauses)), amount, words.fill(**figures))


def _show(node: Node, value: Any) -> Any:
    return None if value is None else UNITS[node.unit].show(value)


def _say(node: Node, value: Any) -> Text:
    return NOT_GIVEN if value is None else UNITS[node.unit].say(value)
