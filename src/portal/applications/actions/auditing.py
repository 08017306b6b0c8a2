"""Auditing decisions: a sample drawn at random, findings, and the conclusion (UTM 3.1.2/3, Jadual 5(6))."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from secrets import token_hex

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.applications.access import decisions_for
from portal.applications.decided import STAGES
from portal.applications.models import Audit, Decision, Finding
from portal.institutions.models import Faculty
from portal.records.register import record

MOST = 200
"""How many decisions one audit draws at most."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is audited: a faculty or all, a period, how many decisions."""

    faculty: Faculty | None
    since: date
    until: date
    size: int


@transaction.atomic
def open_audit(acting: Appointment, asked: Asked) -> Audit:
    """Open an audit with a sample of the decisions of a period."""
    must_audit(acting)
    assert acting.institution is not None
    if asked.until < asked.since:
        raise Refused(_("The last day must not lie before the first."), "until")
    if asked.faculty and asked.faculty.institution_id != acting.institution_id:
        raise Refused(_("Choose a faculty of this institution."), "faculty")
    if not 1 <= asked.size <= MOST:
        raise Refused(_("Draw between 1 and %(most)s decisions.") % {"most": MOST}, "size")
    seed = token_hex(8)
    drawn = drawn_from(eligible(acting, asked), seed, asked.size)
    if not drawn:
        raise Refused(_("Nothing was decided in this period; choose another one."), "since")
    audit = Audit.objects.create(
        institution=acting.institution,
        faculty=asked.faculty,
        since=asked.since,
        until=asked.until,
        size=asked.size,
        seed=seed,
        opened_by=acting,
    )
    audit.decisions.set(drawn)
    after = {"faculty": asked.faculty.code if asked.faculty else "", "seed": seed, "decisions": sorted(drawn)}
    record(acting, "applications.open_audit", audit, after=after)
    return audit


def eligible(acting: Appointment, asked: Asked) -> list[int]:
    """Return the decisions of a period from which an audit draws: those that decided something."""
    found = decisions_for(acting).filter(
        stage__in=STAGES,
        superseded_by=None,
        decided_at__date__gte=asked.since,
        decided_at__date__lte=asked.until,
    )
    if asked.faculty:
        found = found.filter(claim__application__faculty=asked.faculty)
    return list(found.values_list("pk", flat=True))


def drawn_from(numbers: list[int], seed: str, size: int) -> list[int]:
    """Return a sample that the seed draws again: the first by the SHA-256 of seed and number."""
    return sorted(numbers, key=lambda pk: sha256(f"{seed}:{pk}".encode()).digest())[:size]


@transaction.atomic
def record_finding(acting: Appointment, decision: Decision, result: str, text: str) -> Finding:
    """Add what was found of a decision; it belongs to the open audit that drew it, if one did."""
    must_audit(acting)
    if decision.claim.application.institution_id != acting.institution_id:
        raise NotAllowed
    if result not in Finding.Result.values:
        raise Refused(_("Choose what was found."), "result")
    if result != Finding.Result.CONFORMS and not text.strip():
        raise Refused(_("Say what was found; the faculty reads it."), "text")
    audit = decision.audits.filter(closed_at=None).order_by("-pk").first()
    finding = Finding.objects.create(
        decision=decision, audit=audit, result=result, text=text.strip(), found_by=acting
    )
    after = {"decision": decision.pk, "result": result, "audit": audit.pk if audit else None}
    record(
        acting, "applications.record_finding", decision.claim.application, after=after, reason=finding.text
    )
    return finding


@transaction.atomic
def close_audit(acting: Appointment, audit: Audit, conclusion: str) -> Audit:
    """Close an audit with its conclusion, once every decision of the sample has a finding."""
    must_audit(acting)
    audit = Audit.objects.select_for_update(of=("self",), no_key=True).get(pk=audit.pk)
    if audit.institution_id != acting.institution_id:
        raise NotAllowed
    if audit.closed_at:
        raise Refused(_("This audit is closed already."))
    if audit.decisions.exclude(findings__audit=audit).exists():
        raise Refused(_("Record a finding for every decision of the sample first."))
    if not conclusion.strip():
        raise Refused(_("Write the conclusion."), "conclusion")
    audit.conclusion, audit.closed_at = conclusion.strip(), timezone.now()
    audit.save(update_fields=["conclusion", "closed_at"])
    record(acting, "applications.close_audit", audit, reason=audit.conclusion)
    return audit


def must_audit(acting: Appointment) -> None:
    """Raise ``NotAllowed`` for anybody but an auditor."""
    if acting.role != Role.AUDITOR:
        raise NotAllowed
