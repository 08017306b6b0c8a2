"""Whether a pack's cases stand on both sides of each threshold: just enough, and just not enough."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tauliah.policy.finding import Finding, Trial
from tauliah.policy.pack import Pack
from tauliah.policy.parameter import Parameter, ParameterValue
from tauliah.policy.proof import claims, transfers
from tauliah.values.text import Text
from tauliah.values.vocabulary import WORDS

Json = Mapping[str, Any]
Side = Callable[[Json, Any], bool]
Credits = Callable[[Json, str, str], int | None]

NOT_ENOUGH = Text(
    "Tiada kes tepat pada ambang {value} yang lulus.", "No case passes exactly at the threshold {value}."
)
NOT_OVER = Text(
    "Tiada kes yang gagal kerana tepat di luar ambang {value}.",
    "No case fails because it is just beyond the threshold {value}.",
)
NOT_FILLED = Text(
    "Tiada kes yang mengisi had {value} sepenuhnya.", "No case fills the limit of {value} exactly."
)
NOT_EXCEEDED = Text(
    "Tiada kes yang melebihi had {value}.", "No case asks for more than the limit of {value} allows."
)


def edge_findings(pack: Pack, trials: Sequence[Trial]) -> Iterator[Finding]:
    """Thresholds without a case on one of their sides."""
    trials = transfers(trials)
    for name, (rule, at, beyond) in THRESHOLDS.items():
        if rule in pack.rules and name in pack.parameters:
            yield from _threshold(pack.parameters[name], rule, at, beyond, trials)
    if "credit_value" in pack.rules:
        checks = [c for _, claim in claims(trials) for c in claim["checks"] if c["rule"] == "credit_value"]
        yield from _sides("rules.credit_value", "1", checks, _exactly, _too_few)
    for limit in pack.limits:
        yield from _limit(pack, limit, trials)


def _threshold(
    parameter: Parameter, rule: str, at: Side, beyond: Side, trials: Sequence[Trial]
) -> Iterator[Finding]:
    for value, cited in _values(parameter).items():
        checks = [
            {**check, "applied_on": trial.document["applied_on"], "trial": trial, "claim": claim}
            for trial, claim in claims(trials)
            for check in claim["checks"]
            if check["rule"] == rule and _cites(check, cited)
        ]
        yield from _sides(f"parameters.{parameter.name}", value, checks, at, beyond)


def _values(parameter: Parameter) -> dict[Any, list[frozenset[str]]]:
    """The different values through time, each with the clauses of the rows that state it."""
    found: dict[Any, list[frozenset[str]]] = {}
    for _, rows in parameter.history:
        for row in rows:
            found.setdefault(row.value, []).append(frozenset(row.clauses))
    return found


def _cites(check: Json, cited: Iterable[frozenset[str]]) -> bool:
    stated = [clauses for clauses in cited if clauses]
    return not stated or any(clauses <= set(check["clauses"]) for clauses in stated)


def _sides(where: str, value: Any, checks: Iterable[Json], at: Side, beyond: Side) -> Iterator[Finding]:
    checks = list(checks)
    if not any(check["outcome"] == "pass" and at(check, value) for check in checks):
        yield Finding(where, NOT_ENOUGH.fill(value=str(value)))
    if not any(check["outcome"] == "fail" and beyond(check, value) for check in checks):
        yield Finding(where, NOT_OVER.fill(value=str(value)))


def _exactly(check: Json, _: Any) -> bool:
    return bool(check["found"] is not None and check["found"] == check["required"])


def _too_few(check: Json, _: Any) -> bool:
    return bool(check["found"] is not None and check["required"] - 1 <= check["found"] < check["required"])


def _at_word(check: Json, value: Any) -> bool:
    return bool(check["found"] == check["required"] == value)


def _next_word(check: Json, value: Any) -> bool:
    grades = WORDS["grade"]
    return bool(check["required"] == value and check["found"] == grades[grades.index(value) + 1])


def _at_percent(check: Json, value: Any) -> bool:
    return _exactly(check, value) and _percent(check["required"]) in (value, Fraction(value))


def _below_percent(check: Json, value: Any) -> bool:
    """Less than a whole percent short."""
    if check["found"] is None:
        return False
    required, found = _percent(check["required"]), _percent(check["found"])
    return required == Fraction(value) and required - 1 <= found < required


def _percent(shown: float | str) -> Fraction:
    """A share up to one, or a percentage, as a percentage."""
    number = Fraction(str(shown))
    return number * 100 if number <= 1 else number


def _one_more(check: Json, value: Any) -> bool:
    return bool(check["required"] == value and check["found"] == value + 1)


def _last_day(check: Json, value: Any) -> bool:
    return _exactly(check, value) and _years(check, value)


def _day_late(check: Json, value: Any) -> bool:
    if check["found"] is None or not _years(check, value):
        return False
    return date.fromisoformat(check["found"]) == date.fromisoformat(check["required"]) - timedelta(days=1)


def _years(check: Json, value: Any) -> bool:
    return bool(int(check["applied_on"][:4]) - int(check["required"][:4]) == value)


def _left_on_last_day(check: Json, value: Any) -> bool:
    return any(_anniversary(day, value) == check["applied_on"] for day in _days_left(check))


def _left_too_early(check: Json, value: Any) -> bool:
    applied = date.fromisoformat(check["applied_on"])
    return any(
        _anniversary(day, value) == (applied - timedelta(days=1)).isoformat() for day in _days_left(check)
    )


def _anniversary(day: str, years: int) -> str:
    return f"{int(day[:4]) + years}{day[4:]}"


def _days_left(check: Json) -> list[str]:
    """The days on which the studies behind the check's claim ended."""
    document = check["trial"].document
    studies = {study["id"]: study.get("ended_on") for study in document.get("prior_studies") or ()}
    asked = [c for c in document["claims"] if c["target"]["code"] == check["claim"]["target"]]
    named = [studies.get(source.get("study")) for claim in asked for source in claim["sources"]]
    return [day for day in named if day]


THRESHOLDS: Mapping[str, tuple[str, Side, Side]] = {
    "minimum_grade": ("minimum_grade", _at_word, _next_word),
    "onsite_minimum_grade": ("verified_completion", _at_word, _next_word),
    "content_overlap": ("content_overlap", _at_percent, _below_percent),
    "learning_outcomes": ("learning_outcomes", _at_percent, _below_percent),
    "window_weeks": ("window", _at_word, _one_more),
    "window_semester": ("window", _at_word, _one_more),
    "currency_years": ("currency", _last_day, _day_late),
    "resume_within_years": ("prior_outcome", _left_on_last_day, _left_too_early),
}
"""Parameters that draw a line: the rule that reads each, what stands on the line and what just beyond it."""


def _limit(pack: Pack, limit: str, trials: Sequence[Trial]) -> Iterator[Finding]:
    named = [p for n, p in pack.parameters.items() if n.startswith(limit) and p.unit == "fraction"]
    for parameter in named:
        for value in _values(parameter):
            yield from _filled(parameter.name, limit, value, trials, _share)
    if limit == "vertical_limit" and "advanced_diploma_years" in pack.parameters:
        for value in _values(pack.parameters["advanced_diploma_years"]):
            yield from _filled("advanced_diploma_years", limit, value, trials, _years_of_study)
    if limit == "vertical_limit" and "vertical_grade" in pack.parameters:
        for value in _values(pack.parameters["vertical_grade"]):
            yield from _grade_beyond(value, trials)


def _filled(
    name: str, limit: str, value: ParameterValue, trials: Sequence[Trial], credits: Credits
) -> Iterator[Finding]:
    heights = [
        (entry, height)
        for trial in trials
        for entry in (trial.result or {}).get("limits", ())
        if entry["rule"] == limit
        for height in (entry, *entry.get("bands", ()))
        if height["limit_credits"] == credits(trial.document, limit, str(value))
    ]
    if not any(h["accepted_credits"] + h["granted_credits"] == h["limit_credits"] for _, h in heights):
        yield Finding(f"parameters.{name}", NOT_FILLED.fill(value=str(value)))
    if not any(entry["left_out"] for entry, _ in heights):
        yield Finding(f"parameters.{name}", NOT_EXCEEDED.fill(value=str(value)))


def _share(document: Json, limit: str, value: str) -> int | None:
    """A fraction of the credits that the limit is of, rounded down to whole credits."""
    programme = document["programme"]
    of_coursework = programme.get("coursework_credits") if limit == "mooc_limit" else None
    base = Fraction(str(of_coursework or programme["graduating_credits"]))
    return int(base * Fraction(value))


def _years_of_study(document: Json, _: str, value: str) -> int | None:
    """A number of years of the programme, in whole credits."""
    programme = document["programme"]
    duration = Fraction(str(programme.get("duration_years") or 0))
    return int(Fraction(str(programme["graduating_credits"])) * int(value) / duration) if duration else None


def _grade_beyond(value: Any, trials: Sequence[Trial]) -> Iterator[Finding]:
    """A claim with the grade that goes beyond the lower band, and one with the next that does not."""
    lower = {
        (trial.name, claim["target"])
        for trial in trials
        for entry in (trial.result or {}).get("limits", ())
        if entry["rule"] == "vertical_limit" and entry.get("bands")
        for claim in (*entry["bands"][0]["claims"], *({"target": code} for code in entry["left_out"]))
    }
    banded = {name for name, _ in lower}
    graded = [
        (t.name, c["target"], c["outcome"], _lowest(t, c)) for t, c in claims(trials) if t.name in banded
    ]
    beyond = {g for name, code, outcome, g in graded if outcome == "eligible" and (name, code) not in lower}
    within = {grade for name, code, _, grade in graded if (name, code) in lower}
    grades = WORDS["grade"]
    if value not in beyond:
        yield Finding("parameters.vertical_grade", NOT_ENOUGH.fill(value=str(value)))
    if grades[grades.index(value) + 1] not in within:
        yield Finding("parameters.vertical_grade", NOT_OVER.fill(value=str(value)))


def _lowest(trial: Trial, claim: Json) -> str | None:
    """The worst grade among a claim's sources."""
    asked = [c for c in trial.document["claims"] if c["target"]["code"] == claim["target"]]
    found = [source["grade"] for c in asked for source in c["sources"] if source.get("grade")]
    return max(found, key=WORDS["grade"].index, default=None)
