"""What follows when an application is decided: the transfer fee, and what the transcript says."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Appointment
from portal.applications.actions.submission import PAID_FIRST, order_for
from portal.applications.bridge import claims_of
from portal.applications.decided import final_decisions
from portal.applications.evaluation import transfer_lines
from portal.applications.facts import settled
from portal.applications.models import Application, Claim, Decision, TranscriptEntry
from portal.applications.process import process_of
from portal.payments.bridge import has_fee
from portal.payments.models import Order
from portal.records.register import Deed, record_all
from tauliah.values.vocabulary import VOCABULARY

DECIDED = frozenset({"decided", "closed"})
"""The states in which a decision stands."""


@transaction.atomic(savepoint=False)
def conclude(acting: Appointment | None, application: Application) -> None:
    """Carry out a decision that stands: ask for the transfer fee, or else enter the transcript."""
    if application.state not in DECIDED:
        return
    now = timezone.now()
    if application.decided_at is None:
        application.decided_at = now
        application.save(update_fields=["decided_at"])
    if application.state == "closed" and application.appeal.decided_at is None:
        application.appeal.decided_at = now
        application.appeal.save(update_fields=["decided_at"])
    ask_transfer_fee(acting, application)
    if settled(application.transfer_order):
        enter(acting, application)


def ask_transfer_fee(acting: Appointment | None, application: Application) -> None:
    """Place the order of the transfer fee for what was granted (UTM 6.5.1)."""
    if application.transfer_order_id is not None:
        return
    granted = [d.claim for d in final_decisions(application).values() if is_granted(d)]
    lines = [line for claim in granted for line in fee_lines(application, claim)]
    if lines:
        application.transfer_order = order_for(acting, application, lines, Order.Purpose.CREDIT_TRANSFER)
        application.save(update_fields=["transfer_order"])


def fee_lines(application: Application, claim: Claim) -> list[Any]:
    """Return what a granted claim costs beside the processing fee, also one that a person granted."""
    told = (application.result or {})["fees"]["lines"]
    own = [line for line in told if line["item"] != PAID_FIRST and line.get("claim") == claim.target.code]
    if (
        own
        or claim.basis != "mooc"
        or not has_fee(application.policy, "credit_transfer", application.applied_on)
    ):
        return own
    return transfer_lines(application, claim)


def is_granted(decision: Decision) -> bool:
    """Say whether a decision grants something."""
    return decision.outcome == Decision.Outcome.APPROVED


def enter(acting: Appointment | None, application: Application) -> list[TranscriptEntry]:
    """Enter what was granted in the transcript, each claim once, original and converted side by side."""
    there = set(
        TranscriptEntry.objects.filter(claim__application=application).values_list("claim_id", flat=True)
    )
    granted = {pk: each for pk, each in final_decisions(application).items() if is_granted(each)}
    made = TranscriptEntry.objects.bulk_create(
        entry_of(application, claim, granted[claim.pk])
        for claim in claims_of(application)
        if claim.pk in granted.keys() - there
    )
    record_all(acting, map(deed_of, made), institution=application.institution)
    return made


def deed_of(entry: TranscriptEntry) -> Deed:
    """Return what the register keeps of an entry of the transcript."""
    after = {
        "course": entry.course.code,
        "award": entry.award,
        "credits": entry.credits,
        "grade": entry.grade,
    }
    return Deed("applications.transcript", entry, after=after)


def entry_of(application: Application, claim: Claim, decision: Decision) -> TranscriptEntry:
    """Return the entry of the transcript for a claim that was granted, not yet kept."""
    return TranscriptEntry(
        student=application.student,
        claim=claim,
        course=claim.target,
        award=decision.award,
        term=term_of(application, decision.award),
        credits=decision.credits,
        grade=decision.grade,
        original=[original_of(source) for source in claim.sources.all()],
        limits=filled_limits(application, claim),
        semester_id=application.semester_id,
    )


def term_of(application: Application, award: str) -> str:
    """Return the Malay name of an award as the transcript has it (UTM 6.4(c), UTHM 2(b))."""
    term = process_of(application).terms.get(award) or VOCABULARY["award"][award]
    return term.ms


def original_of(source: Any) -> dict[str, Any]:
    """Return a source as it was earned."""
    where = source.study.institution_name if source.study else source.details.get("institution", "")
    return {
        "institution": where,
        "code": source.code,
        "title": source.title,
        "credits": source.original_credits or (str(source.credits) if source.credits is not None else ""),
        "grade": source.original_grade or source.grade,
        "converted": source.grade,
        "completed_on": source.completed_on.isoformat() if source.completed_on else "",
    }


def filled_limits(application: Application, claim: Claim) -> list[str]:
    """Return the names of the limits that a granted claim fills."""
    limits = (application.result or {}).get("limits", ())
    return [
        limit["rule"]
        for limit in limits
        if claim.target.code
        in {*(use["target"] for use in limit.get("claims", ())), *limit.get("left_out", ())}
    ]
