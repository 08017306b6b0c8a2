"""Whether a pack's cases show what it decides: every outcome, every condition, every change of date."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tauliah.policy.finding import Engine, Finding, Trial
from tauliah.policy.pack import Pack
from tauliah.policy.parameter import Parameter, Row
from tauliah.values.text import Text
from tauliah.values.vocabulary import VOCABULARY

NO_CASE = Text(
    "Tiada kes yang menunjukkan peraturan ini {words} ({outcome}).",
    "No case shows this rule {words} ({outcome}).",
)
NO_LIMIT_CASE = Text("Tiada kes yang memakai had ini.", "No case uses this limit.")
NO_CONDITION_CASE = Text("Tiada kes yang dikenakan syarat ini.", "No case has this condition attached.")
NO_OTHER_CASE = Text(
    "Setiap kes dikenakan syarat ini; tambah satu yang tidak.",
    "Every case has this condition attached; add one that has not.",
)
NO_CASE_BEFORE = Text(
    "Nilai berubah pada {day}: tambah kes dengan `applied_on: {before}`, sehari sebelumnya.",
    "The value changes on {day}: add a case with `applied_on: {before}`, the day before.",
)
NO_CASE_AFTER = Text(
    "Nilai berubah pada {day}: tambah kes dengan `applied_on: {day}`.",
    "The value changes on {day}: add a case with `applied_on: {day}`.",
)
NO_CASES = Text("Pek ini belum mempunyai kes yang sah.", "This pack has no valid case yet.")


def transfers(trials: Iterable[Trial]) -> list[Trial]:
    """The trials of valid transfer cases: rules, limits and conditions are theirs."""
    return [trial for trial in trials if trial.result and trial.result.get("kind") == "transfer"]


def claims(trials: Iterable[Trial]) -> Iterator[tuple[Trial, Mapping[str, Any]]]:
    """Every claim of every transfer case that is valid."""
    for trial in transfers(trials):
        yield from ((trial, claim) for claim in (trial.result or {}).get("claims", ()))


def proof_findings(pack: Pack, engine: Engine, trials: Sequence[Trial]) -> Iterator[Finding]:
    """What no case of the pack shows."""
    if not any(trial.result for trial in trials):
        yield Finding("cases", NO_CASES)
    trials = transfers(trials)
    yield from _outcomes(pack, engine, trials)
    yield from _limits(pack, trials)
    yield from _conditions(pack, trials)
    for parameter in pack.parameters.values():
        yield from _changes(parameter, trials)


def _outcomes(pack: Pack, engine: Engine, trials: Sequence[Trial]) -> Iterator[Finding]:
    shown = {(check["rule"], check["outcome"]) for _, claim in claims(trials) for check in claim["checks"]}
    for name in pack.rules:
        for outcome in ("pass", "fail", "unknown"):
            if outcome in engine.outcomes.get(name, ()) and (name, outcome) not in shown:
                yield Finding(
                    f"rules.{name}", NO_CASE.fill(words=VOCABULARY["check_outcome"][outcome], outcome=outcome)
                )


def _limits(pack: Pack, trials: Sequence[Trial]) -> Iterator[Finding]:
    used = {limit["rule"] for trial in trials for limit in (trial.result or {}).get("limits", ())}
    yield from (Finding(f"limits.{name}", NO_LIMIT_CASE) for name in pack.limits if name not in used)


def _conditions(pack: Pack, trials: Sequence[Trial]) -> Iterator[Finding]:
    results = [trial.result for trial in trials if trial.result and "conditions" in trial.result]
    for name in pack.conditions:
        attached = [any(c["rule"] == name for c in result["conditions"]) for result in results]
        if not any(attached):
            yield Finding(f"conditions.{name}", NO_CONDITION_CASE)
        elif all(attached):
            yield Finding(f"conditions.{name}", NO_OTHER_CASE)


def _changes(parameter: Parameter, trials: Sequence[Trial]) -> Iterator[Finding]:
    """A case on each side of every day on which the value changed, citing what changed there."""
    for (_, old), (day, new) in zip(parameter.history, parameter.history[1:], strict=False):
        before = day - timedelta(days=1)
        figures = {"day": day.isoformat(), "before": before.isoformat()}
        where = f"parameters.{parameter.name}"
        if not _shown(trials, before, _clauses_of(old) - _clauses_of(new)):
            yield Finding(where, NO_CASE_BEFORE.fill(**figures))
        if not _shown(trials, day, _clauses_of(new) - _clauses_of(old)):
            yield Finding(where, NO_CASE_AFTER.fill(**figures))


def _clauses_of(rows: Iterable[Row]) -> set[str]:
    return {clause for row in rows for clause in row.clauses}


def _shown(trials: Iterable[Trial], day: date, clauses: set[str]) -> bool:
    on_day = [
        trial for trial in trials if trial.result and trial.document.get("applied_on") == day.isoformat()
    ]
    return any(not clauses or clauses & _cited(trial) for trial in on_day)


def _cited(trial: Trial) -> set[str]:
    """Every clause that a case's answer cites."""
    result = trial.result or {}
    checks = [check for claim in result.get("claims", ()) for check in claim["checks"]]
    citing = [*checks, *result.get("limits", ()), *result.get("conditions", ())]
    return {clause for each in citing for clause in each["clauses"]}
