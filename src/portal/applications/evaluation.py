"""What the engine says of an application as it stands, arranged for its pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.applications.bridge import case_of, claims_of, number
from portal.applications.models import Application, Claim
from portal.packs import packs
from portal.payments.bridge import fees_of, has_fee
from portal.transfer.report import Card, Report, Step, report
from portal.wording import in_language
from tauliah.evaluate import evaluate
from tauliah.values.case import InvalidCase, Problem

PROVIDERS = {True: "malaysia_mooc", False: "external_mooc"}
"""The contract's word for who offers a MOOC, by whether it is Malaysian."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with what the engine says of it."""

    claim: Claim
    card: Card
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One thing to be paid; ``amount`` is None while it cannot be told."""

    label: str
    about: str
    amount: Decimal | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole answer: the report of the eligibility check, claim by claim, and what it costs."""

    report: Report | None
    claims: tuple[Judged, ...]
    fees: tuple[FeeLine, ...]
    total: Decimal | None
    fees_if_granted: tuple[FeeLine, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, claim: Claim) -> Judged | None:
        """Return what is said of one claim."""
        return next((judged for judged in self.claims if judged.claim.pk == claim.pk), None)

    @property
    def has_fees(self) -> bool:
        """Whether anything is to be paid."""
        return bool(self.fees)


def evaluation_of(application: Application) -> Evaluation | None:
    """Evaluate an application as of the day of applying, or today; None while it has no claim."""
    claims = claims_of(application)
    if not claims:
        return None
    case = case_of(application)
    try:
        result = evaluate(case, packs())
    except InvalidCase as invalid:
        return Evaluation(None, (), (), None, problems=invalid.problems)
    return arranged(application, claims, case, result)


def kept_evaluation(application: Application) -> Evaluation | None:
    """Arrange the evaluation as it was kept when the application was last judged."""
    if not application.case or not application.result:
        return None
    return arranged(application, claims_of(application), application.case, application.result)


def arranged(
    application: Application, claims: Sequence[Claim], case: dict[str, Any], result: dict[str, Any]
) -> Evaluation:
    """Arrange a result for pages; claims and cards belong together by their order."""
    shown = report(case, result, packs()[application.policy])
    by_code = {claim.target.code: claim for claim in claims}
    pairs = [(by_code[card.code], card) for card in shown.cards if card.code in by_code]
    judged = tuple(
        Judged(
            claim,
            card,
            tuple(s for s in shown.steps if s.course in {"", card.code} and not _is_said(s, card)),
        )
        for claim, card in pairs
    )
    fees = result.get("fees") or {}
    return Evaluation(
        report=shown,
        claims=judged,
        fees=tuple(_line(line) for line in fees.get("lines", ())),
        total=_amount(fees.get("total")),
        fees_if_granted=tuple(fees_if_granted(application, judged)),
    )


def fees_if_granted(application: Application, judged: Iterable[Judged]) -> Iterator[FeeLine]:
    """Yield what the transfer of each claim costs once its missing evidence turns out well (UTM 6.5.1)."""
    if not has_fee(application.policy, "credit_transfer", application.applied_on):
        return
    for each in judged:
        if each.claim.basis == "mooc" and each.card.mark.outcome == "needs_evidence":
            yield from map(_line, transfer_lines(application, each.claim))


def transfer_lines(application: Application, claim: Claim) -> list[dict[str, Any]]:
    """Return what the transfer of a MOOC costs; no amount while it is not stated who offers the MOOC."""
    malaysian = [source.details.get("malaysian") for source in claim.sources.all()]
    known = {} if None in malaysian else {"provider": PROVIDERS[all(malaysian)]}
    facts = {"level": application.programme.level, "credits": number(claim.target.credits)}
    lines = fees_of(application.policy, "credit_transfer", **facts, **known)["lines"]
    return [{**line, "claim": claim.target.code} for line in lines if line["item"] == "credit_transfer"]


def _is_said(step: Step, card: Card) -> bool:
    """Whether a check of the claim says the same already."""
    return any(check.message == step.message for check in card.deciding)


def _line(line: dict[str, Any]) -> FeeLine:
    return FeeLine(
        label=in_language(line.get("label")) or line["item"],
        about=line.get("claim") or "",
        amount=_amount(line.get("amount")),
        clauses=tuple(line.get("clauses", ())),
    )


def _amount(amount: str | None) -> Decimal | None:
    return Decimal(amount) if amount else None


def claim_of_problem(problem: Problem, claims: Sequence[Claim]) -> Claim | None:
    """Return the claim that a problem of the case lies in (``claims[2].sources[0].grade``)."""
    number = problem.where.removeprefix("claims[").partition("]")[0]
    fits = problem.where.startswith("claims[") and number.isdecimal() and int(number) < len(claims)
    return claims[int(number)] if fits else None
