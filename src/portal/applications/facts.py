"""The facts that a process asks about an application, each answered from its records."""

from collections.abc import Callable, Iterable
from typing import Any

from portal.accounts.models import Appointment
from portal.applications.bridge import claims_of, evaluated
from portal.applications.decided import current_decisions, final_decisions
from portal.applications.models import Application, Claim, CourseReview, Decision
from portal.applications.process import process_of
from portal.applications.reading import read_once
from portal.payments.bridge import has_fee
from portal.payments.models import Order
from portal.records.register import entries_about
from tauliah.values.case import InvalidCase

Fact = Callable[[Application, Appointment | None], bool]


def facts_for(application: Application, acting: Appointment | None, names: Iterable[str]) -> dict[str, bool]:
    """Return whether each named fact holds now; raises ``KeyError`` for one that nobody answers."""
    with read_once(application):
        return {name: FACTS[name](application, acting) for name in names}


def has_claims(application: Application, acting: Appointment | None) -> bool:
    return bool(claims_of(application))


def case_complete(application: Application, acting: Appointment | None) -> bool:
    try:
        evaluated(application)
    except InvalidCase:
        return False
    return True


def provider_stated(application: Application, acting: Appointment | None) -> bool:
    """Whether it is stated who offers each MOOC, where the fee depends on it (UTM 6.5.1)."""
    moocs = [claim for claim in claims_of(application) if claim.basis == "mooc"]
    if not moocs or not has_fee(application.policy, "provider", application.applied_on):
        return True
    return all(
        source.details.get("malaysian") is not None for claim in moocs for source in claim.sources.all()
    )


def in_window(application: Application, acting: Appointment | None) -> bool:
    try:
        result = evaluated(application)
    except InvalidCase:
        return True  # what is wrong with the case is told first
    return not any(
        check["rule"] == "window" and check["outcome"] == "fail"
        for claim in result["claims"]
        for check in claim["checks"]
    )


def evidence_attached(application: Application, acting: Appointment | None) -> bool:
    """Each claim has a file of its own, or the application has one for all."""
    uses = list(application.evidence.values_list("claim_id", flat=True))
    return None in uses or {claim.pk for claim in claims_of(application)} <= set(uses)


def declared(application: Application, acting: Appointment | None) -> bool:
    return application.declared_true and application.declared_first_use


def ticked(application: Application, name: str, ticks: dict[str, Any]) -> bool:
    items = process_of(application).checklists.get(name, ())
    return all(ticks.get(item.key) for item in items)


def applicant_checklist_complete(application: Application, acting: Appointment | None) -> bool:
    return ticked(application, "applicant", application.checklist)


def faculty_checklist_complete(application: Application, acting: Appointment | None) -> bool:
    return ticked(application, "faculty", application.faculty_checklist)


def settled(order: Order | None) -> bool:
    """Whether nothing is to be paid, or it has been."""
    return order is None or order.state == Order.State.PAID


def fee_paid(application: Application, acting: Appointment | None) -> bool:
    return settled(application.order)


def requests_answered(application: Application, acting: Appointment | None) -> bool:
    return not application.requests.filter(answered_at=None).exists()


def mapping_settled(application: Application, acting: Appointment | None) -> bool:
    """Every claim whose policy asks how much of the syllabus is covered has been compared."""
    asked = {
        claim["target"]
        for claim in (application.result or {}).get("claims", ())
        if any(check["rule"] == "content_overlap" for check in claim["checks"])
    }
    compared = [
        c.comparison is not None and c.comparison.settled_at is not None for c in to_map(application, asked)
    ]
    return all(compared)


def to_map(application: Application, asked: set[str]) -> list[Claim]:
    return [claim for claim in claims_of(application) if claim.target.code in asked]


def assessments_recorded(application: Application, acting: Appointment | None) -> bool:
    return all(assessed(claim, application) for claim in claims_of(application))


def assessed(claim: Claim, application: Application) -> bool:
    """Whether everything that is to be assessed for a claim has been: face to face, or by outcome."""
    held = [a for a in claim.assessments.all() if not a.cancelled_at]
    if any(a.recorded_at is None for a in held):
        return False
    if claim.target.code in onsite_asked(application) and not held:
        return False
    if claim.basis != "apel_c":
        return True
    recorded = {a.outcome_id for a in claim.outcome_assessments.all()}
    return bool(recorded) and set(claim.target.outcomes.values_list("pk", flat=True)) <= recorded


def onsite_asked(application: Application) -> set[str]:
    """The targets for which the evaluation asks for an on-site assessment."""
    conditions = (application.result or {}).get("conditions", ())
    asked = [c.get("claims", ()) for c in conditions if c["rule"] == "onsite_assessment"]
    return {target for targets in asked for target in targets}


def identity_verified(application: Application, acting: Appointment | None) -> bool:
    held = [a for c in claims_of(application) for a in c.assessments.all() if not a.cancelled_at]
    return all(a.identity_checked_at for a in held if a.attended)


def decided_at_stage(application: Application, stage: str) -> bool:
    made = current_decisions(application, stage)
    return all(claim.pk in made for claim in claims_of(application))


def all_recommended(application: Application, acting: Appointment | None) -> bool:
    return decided_at_stage(application, "recommendation")


def all_decided(application: Application, acting: Appointment | None) -> bool:
    return decided_at_stage(application, "decision")


def quality_assured(application: Application, acting: Appointment | None) -> bool:
    """Whether the MOOC behind each claim that is to be granted was judged, and not as poor (UTM 6.3.3)."""
    made = current_decisions(application, application.state).values()
    granted = {d.claim_id for d in made if d.outcome == Decision.Outcome.APPROVED and d.claim.basis == "mooc"}
    judged: dict[int, str] = {}
    for review in CourseReview.objects.filter(claim__in=granted).order_by("given_at", "pk"):
        judged[review.claim_id] = review.quality
    return judged.keys() == granted and CourseReview.Quality.POOR not in judged.values()


def mooc_completion_recorded(application: Application, acting: Appointment | None) -> bool:
    """Whether it is on record how each MOOC that is to be granted was completed (UMPSA 14-mooc)."""
    made = current_decisions(application, application.state).values()
    granted = {
        d.claim.target.code
        for d in made
        if d.outcome == Decision.Outcome.APPROVED and d.claim.basis == "mooc"
    }
    open_still = {
        claim["target"]
        for claim in (application.result or {}).get("claims", ())
        for check in claim["checks"]
        if check["rule"] == "verified_completion" and check["outcome"] == "unknown"
    }
    return not granted & open_still


def some_refused(application: Application, acting: Appointment | None) -> bool:
    made = current_decisions(application, "decision")
    return any(decision.outcome == Decision.Outcome.REFUSED for decision in made.values())


def someone_else(application: Application, acting: Appointment | None) -> bool:
    """Whether the person has not decided on this application, neither first nor as a second pair of eyes."""
    if acting is None:
        return False
    decided = Decision.objects.filter(claim__application=application, stage__in=("decision", "returned"))
    upheld = entries_about(application).filter(action="applications.uphold")
    return not (
        decided.filter(decided_by__person=acting.person_id).exists()
        or upheld.filter(person=acting.person_id).exists()
    )


def for_senate(application: Application) -> set[str]:
    """The targets whose amount is the Senate's to approve: graded credits from outside (UTHM 18(a).4)."""
    limits = (application.result or {}).get("limits", ())
    filled = [limit.get("claims", ()) for limit in limits if limit["rule"] == "external_graded_limit"]
    return {use["target"] for uses in filled for use in uses}


def approved_for_senate(application: Application) -> list[Claim]:
    asked, made = for_senate(application), current_decisions(application, "decision")
    return [
        claim
        for claim in claims_of(application)
        if claim.target.code in asked
        and claim.pk in made
        and made[claim.pk].outcome == Decision.Outcome.APPROVED
    ]


def senate_asked(application: Application, acting: Appointment | None) -> bool:
    return bool(approved_for_senate(application))


def senate_recorded(application: Application, acting: Appointment | None) -> bool:
    made = current_decisions(application, "senate")
    return all(claim.pk in made for claim in approved_for_senate(application))


def may_appeal(application: Application, acting: Appointment | None) -> bool:
    refused = [d for d in final_decisions(application).values() if d.outcome == Decision.Outcome.REFUSED]
    return bool(refused) and not (appealed(application) and application.appeal.decided_at)


def appealed(application: Application) -> bool:
    return getattr(application, "appeal", None) is not None and application.appeal.pk is not None


def appeal_paid(application: Application, acting: Appointment | None) -> bool:
    return appealed(application) and settled(application.appeal.order)


def appeal_decided(application: Application, acting: Appointment | None) -> bool:
    made = current_decisions(application, "appeal")
    return appealed(application) and all(claim.pk in made for claim in application.appeal.claims.all())


FACTS: dict[str, Fact] = {
    fact.__name__: fact
    for fact in (
        has_claims,
        case_complete,
        provider_stated,
        in_window,
        evidence_attached,
        declared,
        applicant_checklist_complete,
        faculty_checklist_complete,
        fee_paid,
        requests_answered,
        mapping_settled,
        assessments_recorded,
        identity_verified,
        all_recommended,
        all_decided,
        quality_assured,
        mooc_completion_recorded,
        some_refused,
        someone_else,
        senate_asked,
        senate_recorded,
        may_appeal,
        appeal_paid,
        appeal_decided,
    )
}
"""Every fact that a process may name."""
