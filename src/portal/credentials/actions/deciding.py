"""A decision of credit transfer as a credential of its student, superseded where an appeal changes it."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.applications.actions.concluding import DECIDED
from portal.applications.decided import final_decisions
from portal.applications.models import Application, Decision
from portal.credentials.actions.changing import REPLACED, mark, note
from portal.credentials.addresses import page_of, policy_page
from portal.credentials.bridge import issue_of
from portal.credentials.codes import new_code, serials
from portal.credentials.editions import core_issuer_of, edition_of, issuer_on
from portal.credentials.models import Credential
from portal.credentials.signing import signed
from portal.credentials.status import places
from portal.credentials.telling import tell_issued, told
from portal.records.register import record
from tauliah.credentials.decision import Decision as CoreDecision
from tauliah.credentials.decision import decision_of
from tauliah.credentials.decision_document import NAME, decision_credential
from tauliah.values.case import InvalidCase


@transaction.atomic
def issue_decision(application: Application) -> Credential | None:
    """Issue what was finally decided; the same decision is issued once. Raises ``Refused``."""
    held = Application.objects.select_for_update(of=("self",), no_key=True).select_related(
        "institution", "faculty", "programme", "student__person"
    )
    application = held.get(pk=application.pk)
    decisions = final_decisions(application)
    if application.state not in DECIDED or application.case is None or not decisions:
        return None
    basis = _digest(decisions.values())
    now_holds = Credential.objects.filter(application=application)
    same = now_holds.filter(basis=basis).first()
    if same is not None:
        return same
    old = now_holds.filter(state__in=REPLACED.before).select_for_update(of=("self",), no_key=True).first()
    return _issued(application, decisions, basis, old)


def _digest(decisions: Iterable[Decision]) -> str:
    said = [
        [d.claim_id, d.stage, d.outcome, d.award, str(d.credits), d.grade, d.pk]
        for d in sorted(decisions, key=lambda decision: decision.claim_id)
    ]
    return sha256(json.dumps(said).encode()).hexdigest()


def _issued(
    application: Application, decisions: dict[int, Decision], basis: str, old: Credential | None
) -> Credential:
    now, institution = timezone.now(), application.institution
    decided_on = timezone.localdate(max(decision.decided_at for decision in decisions.values()))
    issuer = issuer_on(institution, timezone.localdate())
    listed, (index,) = places(institution, 1)
    person = application.student.person
    made = Credential(
        public_id=uuid4(),
        short_code=new_code(),
        kind=Credential.Kind.DECISION,
        institution=institution,
        application=application,
        edition=edition_of(institution, {}, issuer),
        person=person,
        name=person.name,
        email=person.email,
        title_ms=NAME.ms,
        title_en=NAME.en,
        serial=serials(institution, "decision", decided_on.year, 1)[0],
        values={"reference": application.reference, "name": person.name},
        basis=basis,
        status_list=listed,
        status_index=index,
        supersedes=old,
        shown=old.shown if old else True,
        issued_at=now,
    )
    made.document = _document(application, decisions, made, issuer, now)
    if old is not None:
        mark([old], bit=True)
    made.save(force_insert=True)
    if old is not None:
        note(None, old, REPLACED, application.reference)
    record(
        None,
        "credentials.issue_decision",
        made,
        institution=institution,
        before={"serial": old.serial} if old else None,
        after={"serial": made.serial, "reference": application.reference},
    )
    tell_issued([made])
    return made


def _document(
    application: Application,
    decisions: dict[int, Decision],
    made: Credential,
    issuer: dict[str, Any],
    now: datetime,
) -> Any:
    decision = core_decision(application, decisions)
    issue = issue_of(made, now, made.supersedes.public_id if made.supersedes else None)
    try:
        unsigned = decision_credential(
            decision,
            core_issuer_of(issuer),
            issue,
            url=page_of(made),
            policy_url=policy_page(application.policy),
        )
    except InvalidCase as wrong:
        raise Refused(told(wrong)) from wrong
    return signed(application.institution, unsigned)


def core_decision(application: Application, decisions: dict[int, Decision]) -> CoreDecision:
    """Return what was decided as the core knows it: what people decided stands over what was computed."""
    claims = list(
        application.claims.filter(pk__in=decisions).select_related("target").order_by("position", "pk")
    )
    by_target = {claim.target.code: decisions[claim.pk] for claim in claims}
    case, result = application.case or {}, application.result or {}
    pairs = [
        (asked, _as_decided(computed, by_target[asked["target"]["code"]]))
        for asked, computed in zip(case["claims"], result["claims"], strict=True)
        if asked["target"]["code"] in by_target
    ]
    return decision_of(
        case | {"claims": [asked for asked, _ in pairs]},
        result | {"claims": [decided for _, decided in pairs]},
        reference=application.reference,
        student=application.student.person.name,
        decided_on=_last_day(decisions.values()),
        programme=f"{application.programme.code} {application.programme.name_ms}",
    )


def _as_decided(computed: dict[str, Any], decision: Decision) -> dict[str, Any]:
    granted = decision.outcome == Decision.Outcome.APPROVED
    refused = "ineligible" if computed["outcome"] == "eligible" else computed["outcome"]
    return computed | {
        "outcome": "eligible" if granted else refused,
        "award": decision.award if granted else "none",
        "credits": str(decision.credits if granted else Decimal(0)),
        "checks": decision.checks or computed["checks"],
    }


def _last_day(decisions: Iterable[Decision]) -> date:
    return timezone.localdate(max(decision.decided_at for decision in decisions))


def waiting_decisions(since: datetime) -> list[Application]:
    """Return the applications decided since a day that have no credential yet."""
    decided = Application.objects.filter(state__in=DECIDED, decided_at__gte=since, credentials=None)
    return list(decided.order_by("decided_at")[:1000])
