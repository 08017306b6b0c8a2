"""The decision on a transfer case: every claim judged, and the best set under the limits chosen."""

from collections.abc import Sequence
from typing import Any

from tauliah.policy.expression import ABSENT, FAIL, PASS, UNCERTAIN
from tauliah.policy.pack import Pack
from tauliah.transfer.case import TransferCase, check_consistency
from tauliah.transfer.claim import Row, case_row, claim_rows
from tauliah.transfer.decision import ClaimDecision, Decision, LimitUse
from tauliah.transfer.edition import Edition, edition_of
from tauliah.transfer.hopeful import hopeful_case, hopeful_claim
from tauliah.transfer.select import Ceiling, select_one_each
from tauliah.values.credit import to_units


def decide(case: TransferCase, pack: Pack) -> Decision:
    """Judges every claim and selects what fits; raises `InvalidCase` where the case contradicts itself."""
    check_consistency(case, pack)
    edition = edition_of(pack, pack.version_on(case.applied_on))
    facts, rows = case_row(case, pack.names_of_institution), claim_rows(case, pack.names_of_institution)
    claims, limits = _judge(case, edition, facts, rows)
    accepted = _select(case, claims, limits, (PASS, ABSENT))
    possible = accepted
    left_out = (c for c, taken in zip(claims, accepted, strict=True) if not taken)
    if any(claim.verdict != FAIL for claim in left_out):
        hopeful = [hopeful_claim(row, facts) for row in rows]
        _, wide = _judge(case, edition, hopeful_case(facts), hopeful)
        possible = _select(case, claims, wide, (UNCERTAIN, PASS, ABSENT))
    return Decision(case, edition, facts, rows, claims, limits, accepted, possible)


def _judge(
    case: TransferCase, edition: Edition, facts: Row, rows: Sequence[Row]
) -> tuple[list[ClaimDecision], list[LimitUse]]:
    shown, judged = edition.judge(facts, rows)
    count = len(edition.rules)
    claims = [
        ClaimDecision(
            outcomes=values[:count],
            verdict=values[count],
            direction=values[count + 1],
            exempting=values[count + 2],
            credits=0 if values[count + 2] else row["target_credits"],
        )
        for values, row in zip(judged, rows, strict=True)
    ]
    return claims, _limit_uses(case, edition, shown, [values[count + 3 :] for values in judged])


def _limit_uses(
    case: TransferCase, edition: Edition, shown: Sequence[int], columns: Sequence[tuple[Any, ...]]
) -> list[LimitUse]:
    granted = case.granted or ()
    stated = iter(shown)
    uses, place = [], 0
    for limit in edition.limits:
        unlimited = limit.limit.ceiling is None
        ceilings = {
            i: None if unlimited else values[place + 1] for i, values in enumerate(columns) if values[place]
        }
        top = next(stated) if limit.limit.shown is not None else None
        before = sum(to_units(g.credits) for g in granted if limit.name in g.limits)
        uses.append(LimitUse(limit.name, ceilings, top, before))
        place += 1 if unlimited else 2
    return uses


def _select(
    case: TransferCase, claims: Sequence[ClaimDecision], limits: Sequence[LimitUse], verdicts: tuple[int, ...]
) -> list[bool]:
    """Accepted or not, by claim number, among the claims whose verdict is one of `verdicts`."""
    candidates = [i for i, claim in enumerate(claims) if claim.verdict in verdicts]
    place = {claim: i for i, claim in enumerate(candidates)}
    ceilings = []
    for limit in limits:
        heights = {place[i]: top for i, top in limit.ceilings.items() if i in place and top is not None}
        for top in sorted(set(heights.values())):
            members = sum(1 << i for i, height in heights.items() if height <= top)
            ceilings.append(Ceiling(max(top - limit.granted, 0), members))
    credits = [claims[i].credits for i in candidates]
    chosen = select_one_each(credits, ceilings, [case.claims[i].target.code for i in candidates])
    taken = {i for i, yes in zip(candidates, chosen, strict=True) if yes}
    return [i in taken for i in range(len(claims))]
