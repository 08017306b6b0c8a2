"""The same claim put to several policies: where their answers differ, and what decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from tauliah.policy.compare import Rank, Side, below, marks
from tauliah.policy.expression import FAIL, UNCERTAIN
from tauliah.transfer.award import award_of
from tauliah.transfer.case import TransferCase
from tauliah.transfer.decide import decide
from tauliah.transfer.report import transfer
from tauliah.transfer.situation import Situation, case_of
from tauliah.transfer.variation import CLAIMS_IN_ORDER, USUAL, situations
from tauliah.values.case import parse
from tauliah.values.text import Text
from tauliah.values.vocabulary import VOCABULARY

SEVERITY = ("credit", "exemption", "needs_evidence", "over_limit", "ineligible")
"""Answers from the laxest to the strictest; the two ways of giving credit are equally lax."""

MPU = "mpu"


def severity(outcome: str, award: str) -> str:
    """How strict an answer is, as one of `SEVERITY`."""
    if outcome != "eligible":
        return outcome
    return "exemption" if award == "exemption" else "credit"


@dataclass(frozen=True)
class Outcome:
    """What a policy answers, and the checks, limits or conditions that decide, with their clauses."""

    outcome: str
    award: str
    credits: Any
    conditions: tuple[tuple[str, str], ...]
    decided_by: tuple[str, ...]
    clauses: tuple[str, ...]
    message: Text
    cited: tuple[tuple[str, tuple[str, ...]], ...] = ()
    mark: str | None = None
    below_baseline: bool = False

    @property
    def severity(self) -> str:
        """How strict the answer is, as one of `SEVERITY`."""
        return severity(self.outcome, self.award)

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two answers the same."""
        return self.severity, self.decided_by, self.mark, self.below_baseline


@dataclass(frozen=True)
class Probe:
    """Claims that the sides answer differently: what is particular, on which bases.

    A side that does not cover the basis or level has no outcome.
    """

    question: str
    labels: tuple[Text, ...]
    bases: tuple[Text, ...]
    outcomes: tuple[Outcome | None, ...]

    @property
    def key(self) -> tuple[Any, ...]:
        """What two probes told together share."""
        conditions = [o.conditions if o else () for o in self.outcomes] if self.question == USUAL else []
        return self.question, *(o.key if o else None for o in self.outcomes), *conditions


def differing_outcomes(sides: Sequence[Side], baselines: Sequence[Side | None]) -> list[Probe]:
    """Every probe that two sides answer differently, like ones told together.

    A change that leaves every answer as it was is not told; neither are conditions, except of
    claims in order.
    """
    everyone = [*sides, *(side for side in baselines if side is not None)]
    found = [
        Probe(question, (label,), (basis,), _outcomes(sides, baselines, situation))
        for question, label, basis, situation, usual in situations(everyone)
        if _worth_telling(sides, situation, usual)
    ]
    return _one_for_labels(_one_for_bases(probe for probe in found if _differ(probe)))


def _worth_telling(sides: Sequence[Side], situation: Situation, usual: Situation | None) -> bool:
    """Whether answers may differ, judged without their words; and differ by what was changed."""
    verdicts = [verdict(side, situation) for side in sides]
    if usual is None:
        return len([v for v in verdicts if v]) > 1
    told, before = _answers(verdicts), _answers([verdict(side, usual) for side in sides])
    return len(set(told) - {None}) > 1 and told != before


def _answers(verdicts: Sequence["Verdict | None"]) -> list[tuple[str, str] | None]:
    return [v and (v[0], v[1]) for v in verdicts]


def _differ(probe: Probe) -> bool:
    told = [outcome for outcome in probe.outcomes if outcome]
    plain = {outcome.severity for outcome in told}
    return len(plain) > 1 or (probe.question == USUAL and len({o.conditions for o in told}) > 1)


Verdict = tuple[str, str, tuple[str, ...]]


def verdict(side: Side, situation: Situation) -> Verdict | None:
    """Outcome, award and the rules that fail or lack evidence; nothing where it is not covered."""
    covered = situation.basis in side.pack.bases and situation.level in side.pack.levels
    return _verdict(side, situation) if covered else None


@lru_cache(maxsize=20_000)
def _verdict(side: Side, situation: Situation) -> Verdict:
    decision = decide(_case(side, situation), side.pack)
    (claim,), (accepted,) = decision.claims, decision.accepted
    names = [rule.name for rule in decision.edition.rules]
    deciding = tuple(
        n for n, o in zip(names, claim.outcomes, strict=True) if o == claim.verdict in (FAIL, UNCERTAIN)
    )
    outcome = {FAIL: "ineligible", UNCERTAIN: "needs_evidence"}.get(claim.verdict)
    outcome = outcome or ("eligible" if accepted else "over_limit")
    return outcome, award_of(outcome, situation.graded, claim.exempting), deciding


def _case(side: Side, situation: Situation) -> TransferCase:
    own = next(iter(side.pack.names_of_institution), None)
    return parse(TransferCase, case_of(situation, side.pack.name, own, side.day))


def ask(side: Side, situation: Situation) -> Outcome | None:
    """What a policy answers to a situation on its day; nothing for a basis or level it does not cover."""
    return _outcome(side, situation) if verdict(side, situation) else None


@lru_cache(maxsize=5_000)
def _outcome(side: Side, situation: Situation) -> Outcome:
    result = transfer(_case(side, situation), side.pack)
    (claim,) = result["claims"]
    deciding = list(_deciding(result, claim, situation.credits))
    return Outcome(
        outcome=claim["outcome"],
        award=claim["award"],
        credits=claim["credits"],
        conditions=tuple((c["rule"], _amount(c)) for c in result["conditions"]),
        decided_by=tuple(each["rule"] for each in deciding),
        clauses=tuple(dict.fromkeys(clause for each in deciding for clause in each["clauses"])),
        message=Text(**claim["message"]),
        cited=tuple(
            (each["rule"], tuple(each["clauses"]))
            for each in (*claim["checks"], *result["limits"], *result["conditions"])
        ),
    )


def _deciding(result: dict[str, Any], claim: dict[str, Any], credits: int) -> Iterator[dict[str, Any]]:
    """The checks or limits that stand against a claim; an exemption's condition."""
    wanted = {"ineligible": "fail", "needs_evidence": "unknown"}.get(claim["outcome"])
    yield from (check for check in claim["checks"] if check["outcome"] == wanted)
    if claim["outcome"] == "over_limit":
        yield from (limit for limit in result["limits"] if _lowest(limit) < credits)
    if claim["award"] == "exemption":
        yield from result["conditions"]


def _lowest(limit: dict[str, Any]) -> float:
    """How far the only claim of a case may fill a limit."""
    tops = [each["limit_credits"] for each in (limit, *limit.get("bands", ()))]
    return min((top for top in tops if top is not None), default=float("inf"))


def _amount(condition: dict[str, Any]) -> str:
    kinds = ("months", "semesters", "credits")
    return ", ".join(f"{kind} {condition[kind]}" for kind in kinds if kind in condition)


def _outcomes(
    sides: Sequence[Side], baselines: Sequence[Side | None], situation: Situation
) -> tuple[Outcome | None, ...]:
    outcomes = _with_clauses([ask(side, situation) for side in sides])
    ranks = [_rank(verdict(side, situation)) for side in sides]
    national = [None if side is None else _rank(verdict(side, situation)) for side in baselines]
    return tuple(
        outcome and replace(outcome, mark=mark, below_baseline=below(own, baseline))
        for outcome, own, mark, baseline in zip(outcomes, ranks, marks(ranks), national, strict=True)
    )


def _with_clauses(outcomes: Sequence[Outcome | None]) -> list[Outcome | None]:
    """An answer that nothing stands against cites what the others were decided by, or its conditions."""
    told = [outcome for outcome in outcomes if outcome]
    names = {name for outcome in told for name in outcome.decided_by}
    names = names or {name for outcome in told for name, _ in outcome.conditions}
    return [outcome and (outcome if outcome.clauses else _citing(outcome, names)) for outcome in outcomes]


def _citing(outcome: Outcome, names: set[str]) -> Outcome:
    """The clauses by those names; where others were decided by a limit, those of the limits it has."""
    cited = [clause for name, clauses in outcome.cited if name in names for clause in clauses]
    if not cited and names & set(VOCABULARY["limit"]):
        cited = [
            clause for name, clauses in outcome.cited if name in VOCABULARY["limit"] for clause in clauses
        ]
    return replace(outcome, clauses=tuple(dict.fromkeys(cited)))


def _rank(judged: Verdict | None) -> Rank | None:
    return ("severity", Fraction(SEVERITY.index(severity(*judged[:2])))) if judged else None


def _one_for_bases(probes: Iterator[Probe]) -> list[Probe]:
    found: dict[Any, Probe] = {}
    for probe in probes:
        key = probe.labels, probe.key
        known = found.get(key)
        bases = (*known.bases, *probe.bases) if known else probe.bases
        found[key] = replace(known or probe, bases=tuple(dict.fromkeys(bases)))
    return list(found.values())


def _one_for_labels(probes: list[Probe]) -> list[Probe]:
    found: dict[Any, Probe] = {}
    for probe in probes:
        key = probe.bases, probe.key
        known = found.get(key)
        found[key] = replace(known, labels=(*known.labels, *probe.labels)) if known else probe
    return list(found.values())


def uncovered(sides: Sequence[Side]) -> list[tuple[str, tuple[bool, ...]]]:
    """The bases that some sides cover and others do not."""
    listed = [(basis, tuple(basis in side.pack.bases for side in sides)) for basis in VOCABULARY["basis"]]
    return [(basis, covered) for basis, covered in listed if len(set(covered)) > 1]


def awards_given(side: Side) -> dict[str, Outcome]:
    """An outcome for each award that claims in order, or for a general studies subject, bring."""
    found: dict[str, Outcome] = {}
    for _, _, _, situation, _ in situations([side]):
        if situation.subject == MPU or situation in CLAIMS_IN_ORDER:
            judged = verdict(side, situation)
            if judged and judged[0] == "eligible" and judged[1] not in found:
                found[judged[1]] = _outcome(side, situation)
    return found
