"""Appointing experts, giving and reconciling judgements, keeping precedents."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.catalogue.models import Course, LearningOutcome
from portal.matching.access import EXPERTS, describes, keeps
from portal.matching.models import Comparison, Judgement, OutcomeJudgement, Precedent, SourceSyllabus
from portal.matching.signals import comparison_changing, comparison_settled
from portal.notices.notify import notify
from portal.packs import packs
from portal.records.register import record
from tauliah.matching.articulation import OutcomeJudged, agreed, overlap
from tauliah.policy.answer import values_on

NATIONAL = "mqa"
"""The policy that speaks where an institution's own says nothing (MQA, criteria.curriculum)."""


@dataclass(frozen=True, slots=True)
class Part:
    """What an expert says of one outcome of the target: percent covered, its weight, by what, and why."""

    covered: Decimal
    weight: Decimal = Decimal(1)
    matched: tuple[str, ...] = ()
    comment: str = ""


@transaction.atomic
def compare(
    acting: Appointment,
    source: SourceSyllabus,
    target: Course,
    experts: Collection[Appointment],
    due_on: date | None = None,
) -> Comparison:
    """Put a source beside a target and ask experts to judge; at least one must be asked."""
    comparison = Comparison(institution=target.institution, source=source, target=target)
    if not keeps(acting, comparison):
        raise NotAllowed
    if not experts:
        raise Refused(_("Choose at least one subject expert."), "experts")
    source.save()
    comparison.save()
    record(acting, "matching.compare", comparison, after={"source": str(source), "target": target.code})
    for expert in experts:
        ask(acting, comparison, expert, due_on)
    return comparison


def ask(acting: Appointment, comparison: Comparison, expert: Appointment, due_on: date | None) -> Judgement:
    """Ask one more expert, within a transaction; nobody is asked twice."""
    if expert.role not in EXPERTS or expert.institution_id != comparison.institution_id:
        raise Refused(
            _("%(person)s is not a subject expert here.") % {"person": expert.person.name}, "experts"
        )
    if comparison.settled_at:
        raise Refused(_("This comparison is settled already."))
    judgement, new = Judgement.objects.get_or_create(
        comparison=comparison, expert=expert, defaults={"due_on": due_on}
    )
    if new:
        record(acting, "matching.ask", comparison, after={"expert": expert.person.name, "due_on": due_on})
        tell_expert(judgement)
    return judgement


def tell_expert(judgement: Judgement) -> None:
    """Tell an expert of the comparison to make."""
    comparison = judgement.comparison
    notify(
        judgement.expert.person,
        "mapping_asked",
        {"source": comparison.source, "target": comparison.target.code, "due_on": judgement.due_on},
        reverse("matching:judge", args=[judgement.pk]),
        institution=comparison.institution,
        mail_key=f"mapping-{judgement.pk}",
    )


@transaction.atomic
def ask_more(
    acting: Appointment, comparison: Comparison, experts: Collection[Appointment], due_on: date | None
) -> None:
    """Ask further experts to judge an open comparison."""
    comparison = locked(comparison.pk)
    if not keeps(acting, comparison):
        raise NotAllowed
    if not experts:
        raise Refused(_("Choose at least one subject expert."), "experts")
    for expert in experts:
        ask(acting, comparison, expert, due_on)


@dataclass(frozen=True, slots=True)
class Described:
    """What the syllabus of a source says: its title, amount, outcomes and topics."""

    title: str
    level: str
    credits: Decimal | None
    learning_hours: Decimal | None
    outcomes: Sequence[Mapping[str, str]]
    topics: Sequence[Mapping[str, str]]


@transaction.atomic
def describe_source(acting: Appointment, comparison: Comparison, described: Described) -> SourceSyllabus:
    """Enter the source's syllabus from the evidence, while the comparison is open.

    Raises ``NotAllowed`` for anybody but its experts and those who keep it.
    """
    comparison = locked(comparison.pk)
    if not describes(acting, comparison):
        raise NotAllowed
    source = comparison.source
    before = {"outcomes": source.outcomes, "topics": source.topics, "credits": source.credits}
    for name in ("title", "level", "credits", "learning_hours"):
        setattr(source, name, getattr(described, name))
    source.outcomes, source.topics = list(described.outcomes), list(described.topics)
    source.save()
    after = {"outcomes": source.outcomes, "topics": source.topics, "credits": source.credits}
    record(acting, "matching.describe_source", comparison, before=before, after=after)
    return source


@transaction.atomic
def judge(
    acting: Appointment, judgement: Judgement, parts: Mapping[int, Part], comment: str = ""
) -> Judgement:
    """Keep an expert's judgement, by outcome of the target; settle the comparison if all agree now.

    Raises ``NotAllowed`` for anybody but the expert, ``Refused`` with field ``outcome-<number>``.
    """
    if judgement.expert.person_id != acting.person_id:
        raise NotAllowed
    comparison = locked(judgement.comparison_id)
    outcomes = {outcome.pk: outcome for outcome in comparison.target.outcomes.all()}
    if not outcomes:
        raise Refused(_("The target has no learning outcomes yet; have its faculty enter them."), "outcomes")
    if set(parts) != set(outcomes):
        raise Refused(_("Judge every learning outcome of the target."), "outcomes")
    for pk, part in parts.items():
        keep_part(judgement, outcomes[pk], part)
    judgement.overlap = overlap([OutcomeJudged(part.weight, part.covered) for part in parts.values()])
    judgement.comment, judgement.given_at = comment.strip(), timezone.now()
    judgement.save()
    record(
        acting,
        "matching.judge",
        comparison,
        after={
            "overlap": judgement.overlap,
            "parts": {outcomes[pk].code: p.covered for pk, p in parts.items()},
        },
        reason=judgement.comment,
    )
    settle_if_agreed(acting, comparison)
    return judgement


def locked(pk: int) -> Comparison:
    """Return a comparison, held until the transaction ends; refuse one that is settled."""
    comparison_changing.send(Comparison, pk=pk)
    rows = Comparison.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("institution", "target").get(pk=pk)
    if held.settled_at:
        raise Refused(_("This comparison is settled already; ask the coordinator to open a new one."))
    return held


def keep_part(judgement: Judgement, outcome: LearningOutcome, part: Part) -> None:
    """Keep what was judged of one outcome; raises ``Refused`` for what is no percentage or weight."""
    field = f"outcome-{outcome.pk}"
    if not 0 <= part.covered <= 100:
        raise Refused(_("%(code)s: a share lies between 0 and 100 %%.") % {"code": outcome.code}, field)
    if part.weight <= 0:
        raise Refused(_("%(code)s: a weight is greater than 0.") % {"code": outcome.code}, field)
    OutcomeJudgement.objects.update_or_create(
        judgement=judgement,
        outcome=outcome,
        defaults={
            "covered": part.covered,
            "weight": part.weight,
            "matched": list(part.matched),
            "comment": part.comment.strip(),
        },
    )


def settle_if_agreed(acting: Appointment, comparison: Comparison) -> None:
    """Settle a comparison once every expert has judged and all say the same of the policy's minimum."""
    given: list[Any] = list(comparison.judgements.values_list("overlap", "given_at"))
    if not all(given_at for _share, given_at in given):
        return
    share = agreed([share for share, _at in given], minimum_of(comparison))
    if share is not None:
        settle(acting, comparison, share)


def minimum_of(comparison: Comparison) -> Decimal:
    """Return the share that the institution's policy asks for, in percent."""
    known, today = packs(), timezone.localdate()
    own = known.get(comparison.institution.policy)
    values = values_on(own or known[NATIONAL], today)
    if not values.has("content_overlap"):
        values = values_on(known[NATIONAL], today)
    return values.number("content_overlap")


@transaction.atomic
def reconcile(acting: Appointment, comparison: Comparison, share: Decimal, reason: str) -> Comparison:
    """Settle a comparison on which experts differ, with a reason; both opinions stay on record."""
    comparison = locked(comparison.pk)
    if not keeps(acting, comparison):
        raise NotAllowed
    if comparison.judgements.filter(given_at=None).exists():
        raise Refused(_("Wait until every expert has judged."))
    if not 0 <= share <= 100:
        raise Refused(_("A share lies between 0 and 100 %."), "share")
    if not reason.strip():
        raise Refused(_("Say why you settle on this share."), "reason")
    comparison.reconciled_by, comparison.reconciled_reason = acting, reason.strip()
    settle(acting, comparison, share)
    return comparison


def settle(acting: Appointment, comparison: Comparison, share: Decimal) -> None:
    """Keep the share that was settled and tell those who wait for it."""
    comparison.overlap, comparison.settled_at = share, timezone.now()
    comparison.save()
    record(
        acting,
        "matching.settle",
        comparison,
        after={"overlap": share},
        reason=comparison.reconciled_reason,
    )
    comparison_settled.send(Comparison, comparison=comparison, acting=acting)


@transaction.atomic
def keep_precedent(
    acting: Appointment, comparison: Comparison, valid_until: date | None, note: str = ""
) -> Precedent:
    """Let later applications rest on a settled comparison, until a day or until further notice."""
    if not keeps(acting, comparison):
        raise NotAllowed
    if comparison.overlap is None or comparison.settled_at is None:
        raise Refused(_("Only a settled comparison can become a precedent."))
    today = timezone.localdate()
    if valid_until and valid_until <= today:
        raise Refused(_("The last day must lie in the future."), "valid_until")
    precedent, _new = Precedent.objects.update_or_create(
        comparison=comparison,
        defaults={
            "accepted": comparison.overlap >= minimum_of(comparison),
            "valid_from": today,
            "valid_until": valid_until,
            "active": True,
            "note": note.strip(),
        },
    )
    record(acting, "matching.keep_precedent", comparison, after={"valid_until": valid_until})
    return precedent


@transaction.atomic
def retire_precedent(acting: Appointment, precedent: Precedent, reason: str) -> Precedent:
    """Take a precedent out of use; what rested on it stays."""
    if not keeps(acting, precedent.comparison):
        raise NotAllowed
    if not reason.strip():
        raise Refused(_("Say why it is no longer to be used."), "reason")
    precedent.active = False
    precedent.save(update_fields=["active"])
    record(acting, "matching.retire_precedent", precedent.comparison, reason=reason.strip())
    return precedent
