"""Approving, returning and moving on: the steps that need no more than a person who may take them."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.proposals.access import is_of_team, works_for
from portal.proposals.actions.drafting import hand_in
from portal.proposals.models import Proposal
from portal.proposals.process import WALK
from portal.proposals.versions import make_version
from portal.records.register import record
from tauliah.policy.process import Step

HEADS = frozenset({Role.DEAN, Role.DEPUTY_DEAN})
"""Who leads a faculty or centre (PTj)."""
BACKWARD = frozenset({"revision", "rejected"})
"""States that a step leads back to, or ends in: whoever takes it says why."""
WRITTEN = frozenset({"submit", "resubmit", "withdraw"})
"""Steps of who writes the proposal; they keep a version themselves."""
KEPT = frozenset({"revision", "development"})
"""States at whose beginning the content is kept as it was returned or approved."""


@transaction.atomic
def take_step(
    acting: Appointment, proposal: Proposal, name: str, *, version: int, reason: str = ""
) -> Proposal:
    """Take a step of the process; one that returns or rejects a course needs a reason.

    Raises ``NotAllowed``, or ``Refused`` with what is missing.
    """
    reason = reason.strip()
    if name in WRITTEN:
        return hand_in(acting, proposal, name, version=version, reason=reason)
    proposal = WALK.opened(acting, proposal, name, version)
    step = proposal.declared().steps[name]
    if needs_reason(proposal, step) and not reason:
        raise Refused(_("Say why; the developer reads it."), "reason")
    WALK.must_be_ready(acting, proposal, step)
    if {way.to for way in step.ways} & KEPT:
        make_version(proposal, acting, name)
    return WALK.take(acting, proposal, name, reason=reason)


def needs_reason(proposal: Proposal, step: Step) -> bool:
    """Whether a step leads back, so that the developer must learn why."""
    if step.by_itself or "lecturer" in step.by:
        return False
    return any(leads_back(proposal, way.to) for way in step.ways)


def leads_back(proposal: Proposal, state: str) -> bool:
    """Whether a state lies before the one in which the proposal stands, or ends it without a course."""
    order: Sequence[str] = tuple(proposal.declared().states)
    return state in BACKWARD or order.index(state) < order.index(proposal.state)


def may_endorse(acting: Appointment | None, proposal: Proposal) -> bool:
    """Whether somebody may endorse the demand that a PTj sees for a course."""
    return (
        acting is not None
        and acting.role in HEADS
        and works_for(acting, proposal)
        and proposal.state == "head_review"
        and proposal.content.get("source") == "demand"
        and proposal.demand_endorsed_at is None
    )


@transaction.atomic
def endorse_demand(acting: Appointment, proposal: Proposal, *, version: int) -> Proposal:
    """Endorse, as head of PTj, that workforce, industry or community want the course (UNIMAS 1.6(b)-3-v)."""
    if acting.role not in HEADS or not works_for(acting, proposal):
        raise NotAllowed
    proposal = WALK.locked(proposal, version)
    if not may_endorse(acting, proposal):
        raise Refused(_("There is no demand to be endorsed here now."))
    if is_of_team(acting, proposal):
        raise Refused(_("Somebody else endorses one’s own proposal."))
    proposal.demand_endorsed_at = timezone.now()
    proposal.touch("demand_endorsed_at")
    record(acting, "proposals.endorse_demand", proposal, institution=proposal.institution)
    return proposal
