"""Subject mapping of a claim: by experts, or by a precedent that still holds."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.applications.access import works_for
from portal.applications.actions.judging import judge
from portal.applications.actions.steps import go_on, locked, touch
from portal.applications.models import Application, Claim, Source
from portal.applications.signals import recorded
from portal.matching.access import KEEPERS
from portal.matching.actions import compare
from portal.matching.models import Comparison, Precedent, SourceSyllabus
from portal.records.register import record

OPEN = frozenset({"document_check", "mapping", "recommendation"})
"""The states in which a claim's mapping may be arranged."""


@transaction.atomic
def ask_experts(
    acting: Appointment,
    claim: Claim,
    experts: Collection[Appointment],
    *,
    version: int | None,
    due_on: date | None = None,
) -> Comparison:
    """Ask experts to compare a claim's sources with its target (UTM Jadual 5(2), MQA transfer.mapping)."""
    application = open_to(acting, claim, version)
    source = syllabus_of(claim)
    comparison = compare(acting, source, claim.target, experts, due_on)
    claim.comparison = comparison
    claim.save(update_fields=["comparison"])
    after = {"claim": claim.target.code, "experts": [expert.person.name for expert in experts]}
    _go_on(acting, application, "applications.ask_experts", after)
    return comparison


@transaction.atomic
def ask_experts_for(
    acting: Appointment,
    application: Application,
    claims: Collection[Claim],
    experts: Collection[Appointment],
    *,
    version: int,
    due_on: date | None = None,
) -> list[Comparison]:
    """Ask the same experts to compare several claims of an application."""
    locked(application, version)
    if not claims:
        raise Refused(_("Choose at least one course."), "claims")
    return [ask_experts(acting, claim, experts, version=None, due_on=due_on) for claim in claims]


@transaction.atomic
def use_precedent(acting: Appointment, claim: Claim, precedent: Precedent, *, version: int) -> Claim:
    """Rest a claim on what was settled before for the same courses (UTHM glosari.artikulasi)."""
    application = open_to(acting, claim, version)
    if precedent.comparison.target_id != claim.target_id:
        raise Refused(_("This precedent is about another course."))
    if not in_use(precedent):
        raise Refused(_("This precedent is no longer in use."))
    claim.comparison = precedent.comparison
    claim.save(update_fields=["comparison"])
    after = {"claim": claim.target.code, "precedent": precedent.pk}
    _go_on(acting, application, "applications.use_precedent", after)
    return claim


def in_use(precedent: Precedent) -> bool:
    """Say whether a precedent may be used today."""
    today = timezone.localdate()
    return precedent.active and (precedent.valid_until is None or today <= precedent.valid_until)


def open_to(acting: Appointment, claim: Claim, version: int | None) -> Application:
    """Return the claim's application, held, where the person may arrange its mapping now."""
    application = locked(claim.application, version)
    if acting.role not in KEEPERS or not works_for(acting, application):
        raise NotAllowed
    if application.state not in OPEN:
        raise Refused(_("The mapping is arranged while the application is being checked."))
    return application


def syllabus_of(claim: Claim) -> SourceSyllabus:
    """Return the claim's sources as one syllabus, not yet kept."""
    sources = list(claim.sources.select_related("study"))
    credits = [source.credits for source in sources if source.credits is not None]
    return SourceSyllabus(
        institution_name=institution_of(sources[0]) if sources else "",
        codes=", ".join(source.code for source in sources if source.code)[:200],
        title="; ".join(source.title for source in sources if source.title)[:300],
        level=sources[0].study.level if sources and sources[0].study else "",
        credits=sum(credits) if len(credits) == len(sources) and credits else None,
    )


def institution_of(source: Source) -> str:
    """Return where a source was taken."""
    return source.study.institution_name if source.study else str(source.details.get("institution") or "")


def on_comparison_settled(comparison: Comparison, acting: Appointment | None) -> None:
    """Evaluate every open application anew whose claim waited for a comparison."""
    waiting = Claim.objects.filter(comparison=comparison, application__state__in=OPEN, withdrawn_at=None)
    for claim in waiting.select_related("application").order_by("application"):
        application = locked(claim.application, None)
        after = {"claim": claim.target.code, "overlap": comparison.overlap}
        _go_on(acting, application, "applications.mapped", after)


def _go_on(acting: Appointment | None, application: Application, action: str, after: dict[str, Any]) -> None:
    judge(application)
    touch(application)
    record(acting, action, application, institution=application.institution, after=after)
    recorded.send(Application, application=application, what=action, acting=acting)
    go_on(application)
