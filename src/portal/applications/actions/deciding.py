"""Recommending and deciding claims: confirmed or, with a reason, against what the system recommends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.applications.actions.concluding import conclude
from portal.applications.actions.steps import opened, take, touch
from portal.applications.bridge import claims_of
from portal.applications.decided import current_decisions, decisions_of
from portal.applications.facts import approved_for_senate, someone_else
from portal.applications.models import Application, Claim, Decision
from portal.applications.reading import keep_read, read_once
from portal.records.register import Deed, record_all, together

APPROVED, REFUSED = Decision.Outcome.APPROVED, Decision.Outcome.REFUSED
AWARDS = ("credit_with_grade", "credit_without_grade", "exemption")
STEP_OF = {
    "recommendation": "recommend",
    "decision": "decide",
    "senate": "record_senate",
    "appeal": "decide_appeal",
}
"""The step that a stage ends with once each of its claims is decided."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody decides of a claim; a refusal has no ``award``, only graded credit has a ``grade``."""

    outcome: str
    award: str = ""
    grade: str = ""
    reason: str = ""


def confirmed(claim: Claim) -> Verdict | None:
    """Return the verdict that follows the recommendation; None where evidence is missing."""
    match claim.recommended_outcome:
        case "eligible":
            return Verdict(APPROVED, claim.recommended_award, carried_grade(claim))
        case "ineligible" | "over_limit":
            return Verdict(REFUSED)
    return None


def carried_grade(claim: Claim) -> str:
    """Return the grade that is carried over with graded credit: that of the only source."""
    if claim.recommended_award != "credit_with_grade":
        return ""
    grades = {source.grade for source in claim.sources.all()}
    return grades.pop() if len(grades) == 1 else ""


@transaction.atomic
def decide(
    acting: Appointment,
    application: Application,
    stage: str,
    verdicts: Mapping[int, Verdict],
    *,
    version: int | None,
) -> Application:
    """Keep verdicts on some claims or all, by claim; where none is left open, the stage's step is taken.

    Raises ``NotAllowed``, or ``Refused`` whose field is ``claim-<number>`` for what is wrong with one.
    """
    application = opened(acting, application, STEP_OF[stage], version)
    with read_once(application), together():
        claims = {claim.pk: claim for claim in open_claims(application, stage)}
        if stage == "appeal" and not someone_else(application, acting):
            raise Refused(_("Somebody else must decide the appeal: you took part in the first decision."))
        if not verdicts.keys() <= claims.keys():
            raise NotAllowed
        keep(acting, application, stage, [(claims[pk], verdict) for pk, verdict in verdicts.items()])
        if claims.keys() <= current_decisions(application, stage).keys():
            take(acting, application, STEP_OF[stage])
            conclude(acting, application)
        else:
            touch(application)
    return application


def open_claims(application: Application, stage: str) -> Iterable[Claim]:
    """Return the claims that a stage decides."""
    match stage:
        case "senate":
            return approved_for_senate(application)
        case "appeal":
            return list(application.appeal.claims.filter(withdrawn_at=None).select_related("target"))
    return claims_of(application)


def keep(
    acting: Appointment, application: Application, stage: str, given: Sequence[tuple[Claim, Verdict]]
) -> None:
    """Keep verdicts beside the recommendation; an earlier one of the stage is superseded, not lost."""
    before, checks = current_decisions(application, stage), checks_of(application)
    made = [decided(acting, claim, stage, verdict, checks.get(claim.pk, [])) for claim, verdict in given]
    Decision.objects.bulk_create(made)
    for decision in made:
        if earlier := before.get(decision.claim_id):
            earlier.superseded_by = decision
            earlier.save(update_fields=["superseded_by"])
    deeds = [deed_of(application, decision, before.get(decision.claim_id)) for decision in made]
    record_all(acting, deeds, institution=application.institution)
    keep_read(application, "decisions", after(decisions_of(application), made))


def after(earlier: list[Decision], made: list[Decision]) -> list[Decision]:
    """Return the decisions that stand once these were made."""
    replaced = {(decision.claim_id, decision.stage) for decision in made}
    return [each for each in earlier if (each.claim_id, each.stage) not in replaced] + made


def decided(acting: Appointment, claim: Claim, stage: str, verdict: Verdict, checks: list[Any]) -> Decision:
    """Return a decision, not kept yet; raises ``Refused`` for a verdict that is not sound."""
    departs = departing(claim, verdict)
    sound(claim, verdict, departs=departs)
    approved = verdict.outcome == APPROVED
    return Decision(
        claim=claim,
        stage=stage,
        outcome=verdict.outcome,
        award=verdict.award if approved else "none",
        credits=claim.target.credits if approved and verdict.award != "exemption" else Decimal(0),
        grade=verdict.grade if verdict.award == "credit_with_grade" else "",
        recommended=claim.recommended_outcome,
        overrides=departs,
        reason=verdict.reason.strip(),
        checks=checks,
        policy_version=claim.application.policy_version,
        decided_by=acting,
        decided_at=timezone.now(),
    )


def departing(claim: Claim, verdict: Verdict) -> bool:
    """Say whether a verdict departs from what the system recommends; where evidence is missing, any does."""
    recommended = confirmed(claim)
    if recommended is None:
        return verdict.outcome == APPROVED
    return (verdict.outcome, verdict.award) != (recommended.outcome, recommended.award)


def sound(claim: Claim, verdict: Verdict, *, departs: bool) -> None:
    """Raise ``Refused`` unless a verdict is one, with a reason where it must have one."""
    field = f"claim-{claim.pk}"
    about = {"course": claim.target.code}
    if verdict.outcome not in Decision.Outcome.values:
        raise Refused(_("%(course)s: choose whether it is approved or refused.") % about, field)
    if verdict.outcome == APPROVED and verdict.award not in AWARDS:
        raise Refused(_("%(course)s: choose what is granted.") % about, field)
    if verdict.outcome == REFUSED and not verdict.reason.strip() and departs:
        raise Refused(_("%(course)s: give the reason of the refusal; the student reads it.") % about, field)
    if departs and not verdict.reason.strip():
        raise Refused(_("%(course)s: this departs from the recommendation; give your reason.") % about, field)
    if verdict.award == "credit_with_grade" and verdict.outcome == APPROVED and not verdict.grade:
        raise Refused(_("%(course)s: say which grade is carried over.") % about, field)


def checks_of(application: Application) -> dict[int, list[Any]]:
    """Return the checks of each claim as the engine gave them, to be kept with the decisions."""
    answers = (application.result or {}).get("claims", ())
    return {
        asked.pk: answer["checks"] for asked, answer in zip(claims_of(application), answers, strict=False)
    }


def deed_of(application: Application, decision: Decision, earlier: Decision | None) -> Deed:
    """Return what the register keeps of a decision, with the one before."""
    return Deed(
        f"applications.{decision.stage}",
        application,
        before={"outcome": earlier.outcome, "award": earlier.award} if earlier else None,
        after={
            "decision": decision.pk,
            "claim": decision.claim.target.code,
            "outcome": decision.outcome,
            "award": decision.award,
            "recommended": decision.recommended,
            "overrides": decision.overrides,
        },
        reason=decision.reason,
    )


@transaction.atomic
def look_again(
    acting: Appointment, application: Application, *, upheld: bool, version: int, reason: str = ""
) -> Application:
    """Uphold refusals as the second pair of eyes, or return the application with a reason."""
    step = "uphold" if upheld else "return_decision"
    application = opened(acting, application, step, version)
    if not upheld and not reason.strip():
        raise Refused(_("Say what should be looked at again."), "reason")
    take(acting, application, step, reason=reason)
    if not upheld:
        reopen(application)
    conclude(acting, application)
    return application


def reopen(application: Application) -> None:
    """Let the decision be taken anew: what was decided stays on record as the stage ``returned``."""
    for decision in current_decisions(application, "decision").values():
        decision.stage = "returned"
        decision.save(update_fields=["stage"])
