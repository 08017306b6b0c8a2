"""Partners that give a course too: added once it was delivered, active once every paper is there."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.catalogue.models import Programme
from portal.packs import packs
from portal.proposals.access import CENTRE, works_for
from portal.proposals.delivered import was_delivered
from portal.proposals.models import Attachment, Partner, Proposal
from portal.proposals.process import WALK
from portal.records.register import record
from tauliah.pathways.credits import limit_of
from tauliah.policy.answer import values_on

KEEPERS = CENTRE | {Role.DEAN, Role.DEPUTY_DEAN}
"""Who arranges partners: the faculty, and the centre (UNIMAS 1.5(k))."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What is known of a partner."""

    name: str
    form: str = ""
    country: str = "MY"
    accredited_by: str = ""
    accreditation: str = ""
    accredited_on: date | None = None
    memorandum_on: date | None = None
    memorandum_until: date | None = None
    mqa_told_on: date | None = None


def may_keep(acting: Appointment | None, proposal: Proposal) -> bool:
    """Whether somebody arranges partners of a course."""
    return (
        acting is not None
        and acting.role in KEEPERS
        and works_for(acting, proposal)
        and proposal.state == "registered"
    )


@transaction.atomic
def keep_partner(
    acting: Appointment, proposal: Proposal, papers: Papers, partner: Partner | None = None
) -> Partner:
    """Add a partner, or keep what is known of one; only a course that was delivered has any."""
    if acting.role not in KEEPERS or not works_for(acting, proposal):
        raise NotAllowed
    proposal = WALK.locked(proposal, None)
    if proposal.state != "registered" or not was_delivered(proposal):
        raise Refused(_("A partner is added once the course was delivered here to its end at least once."))
    if not papers.name.strip():
        raise Refused(_("Name the partner."), "name")
    must_fit(papers)
    same = proposal.partners.filter(name__iexact=papers.name.strip())
    if same.exclude(pk=partner.pk if partner else 0).exists():
        raise Refused(_("This partner is on the list already."), "name")
    kept = partner or Partner(proposal=proposal)
    for name in Papers.__dataclass_fields__:
        setattr(kept, name, getattr(papers, name))
    kept.name = papers.name.strip()
    if kept.active_since and lacking(kept):
        kept.active_since = None
    kept.save()
    said(acting, kept, "proposals.keep_partner")
    return kept


def must_fit(papers: Papers) -> None:
    """Raise ``Refused`` for days that cannot be."""
    today = timezone.localdate()
    for name in ("accredited_on", "memorandum_on", "mqa_told_on"):
        day = getattr(papers, name)
        if day is not None and day > today:
            raise Refused(_("This day lies in the future."), name)
    if papers.memorandum_until and not papers.memorandum_on:
        raise Refused(_("Enter the day on which the memorandum was signed."), "memorandum_on")
    if papers.memorandum_on and papers.memorandum_until and papers.memorandum_until <= papers.memorandum_on:
        raise Refused(_("The memorandum ends after it was signed."), "memorandum_until")


@transaction.atomic
def activate_partner(acting: Appointment, partner: Partner) -> Partner:
    """Let a partner begin; raises ``Refused`` with every paper that is missing."""
    proposal = partner.proposal
    if acting.role not in KEEPERS or not works_for(acting, proposal):
        raise NotAllowed
    WALK.locked(proposal, None)
    partner = (
        Partner.objects.select_for_update(of=("self",), no_key=True)
        .select_related("proposal__institution")
        .get(pk=partner.pk)
    )
    if partner.active_since:
        raise Refused(_("This partner is active already."))
    missing = lacking(partner)
    if missing:
        raise Refused(" ".join(missing))
    must_be_within_limit(partner)
    partner.active_since = timezone.localdate()
    partner.save(update_fields=["active_since"])
    said(acting, partner, "proposals.activate_partner")
    return partner


@transaction.atomic
def end_partner(acting: Appointment, partner: Partner) -> Partner:
    """End a partner’s part in the course; what is on file stays."""
    if acting.role not in KEEPERS or not works_for(acting, partner.proposal):
        raise NotAllowed
    WALK.locked(partner.proposal, None)
    partner.active_since = None
    partner.save(update_fields=["active_since"])
    said(acting, partner, "proposals.end_partner")
    return partner


def lacking(partner: Partner) -> list[str]:
    """Return what a partner still lacks before it may begin, in words."""
    today = timezone.localdate()
    on_file = partner.proposal.attachments.filter(
        kind=Attachment.Kind.MEMORANDUM, about=memorandum_of(partner)
    ).exists()
    full = partner.accredited_by and partner.accreditation and partner.accredited_on
    needs = (
        (partner.mqa_told_on is not None, _("MQA has not been told of this partner yet.")),
        (partner.memorandum_on is not None, _("The day of the memorandum of agreement is missing.")),
        (on_file, _("The memorandum of agreement is not on file.")),
        (
            partner.memorandum_until is None or partner.memorandum_until >= today,
            _("The memorandum of agreement has ended."),
        ),
        (bool(full), _("The programme’s full accreditation is not on record: body, reference and day.")),
    )
    return [words for met, words in needs if not met]


def memorandum_of(partner: Partner) -> str:
    """Return how an attachment names the partner whose memorandum it is."""
    return f"partner-{partner.pk}"


def must_be_within_limit(partner: Partner) -> None:
    """Raise ``Refused`` where a partner would give more of a programme than the policy lets be franchised."""
    proposal = partner.proposal
    share = share_of(proposal.policy)
    if proposal.original is None or share is None:
        return
    for programme in Programme.objects.filter(plan__course=proposal.original).distinct():
        given = credits_with(partner, programme)
        most = limit_of(programme.graduating_credits, share)
        if given > most:
            told = _(
                "With this course the partner would give %(given)s credits of %(programme)s; "
                "at most %(most)s credits may be franchised."
            )
            raise Refused(
                told
                % {
                    "given": f"{given.normalize():f}",
                    "programme": programme.code,
                    "most": f"{most.normalize():f}",
                }
            )


def share_of(policy: str) -> Fraction | None:
    """Return the share of a programme that may be franchised (UNIMAS 1.5(k)-limit), if a policy states it."""
    pack = packs().get(policy)
    values = values_on(pack, timezone.localdate()) if pack else None
    return (
        values.fraction("franchise_share") if values is not None and values.has("franchise_share") else None
    )


def credits_with(partner: Partner, programme: Programme) -> Decimal:
    """Return the credits of a programme that a partner gives, with those of this course."""
    others = Partner.objects.filter(
        proposal__institution=partner.proposal.institution,
        proposal__original__in_plans__programme=programme,
        name__iexact=partner.name,
        active_since__isnull=False,
    ).exclude(pk=partner.pk)
    there: Decimal | None = others.aggregate(sum=Sum("proposal__original__credits"))["sum"]
    own = partner.proposal.original.credits if partner.proposal.original else Decimal(0)
    return (there or Decimal(0)) + own


def said(acting: Appointment, partner: Partner, action: str) -> None:
    """Enter what was done about a partner."""
    proposal = partner.proposal
    after = {name: getattr(partner, name) for name in (*Papers.__dataclass_fields__, "active_since")}
    record(acting, action, proposal, institution=proposal.institution, after=after)
