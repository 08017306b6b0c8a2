"""Vetting: the centre appoints experts, and only those look at the course and decide (UNIMAS 2.1)."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.proposals.access import CENTRE, works_for
from portal.proposals.appointable import EXPERTS, must_be_appointable
from portal.proposals.models import Proposal, Vetting
from portal.proposals.process import WALK
from portal.proposals.signals import asked
from portal.records.register import record

APPOINTING = frozenset({"development", "vetting", "presentation"})
"""States in which experts are appointed."""
STATE = "vetting"
PASSED, CHANGES = Vetting.Decision.PASSED, Vetting.Decision.CHANGES


def may_appoint(acting: Appointment | None, proposal: Proposal) -> bool:
    """Whether somebody may name experts: the centre, of a course whose process has vetting."""
    return (
        acting is not None
        and acting.role in CENTRE
        and works_for(acting, proposal)
        and STATE in proposal.declared().states
        and proposal.state in APPOINTING
    )


@transaction.atomic
def appoint_expert(
    acting: Appointment, proposal: Proposal, person: Person, due_on: date | None, *, version: int
) -> Vetting:
    """Appoint somebody to vet the course (UNIMAS 2.1-development-sme)."""
    if acting.role not in CENTRE or not works_for(acting, proposal):
        raise NotAllowed
    proposal = WALK.locked(proposal, version)
    if not may_appoint(acting, proposal):
        raise Refused(_("Experts are appointed while the course is developed and vetted."))
    must_be_appointable(proposal, person, EXPERTS)
    if proposal.vettings.filter(expert=person, decision="").exists():
        raise Refused(_("This expert is appointed already."), "person")
    made = appointed(acting, proposal, person, due_on)
    proposal.touch()
    return made


def appointed(acting: Appointment, proposal: Proposal, person: Person, due_on: date | None) -> Vetting:
    """Keep that somebody vets a course, and tell them."""
    made = Vetting.objects.create(
        proposal=proposal,
        expert=person,
        appointed_by=acting,
        appointed_on=timezone.localdate(),
        due_on=due_on,
    )
    after = {"expert": person.name, "due_on": due_on}
    record(acting, "proposals.appoint_expert", proposal, institution=proposal.institution, after=after)
    asked.send(Vetting, thing=made, acting=acting)
    return made


@transaction.atomic
def release_expert(acting: Appointment, vetting: Vetting, *, version: int) -> None:
    """Take back an appointment that nothing came of yet."""
    if acting.role not in CENTRE or not works_for(acting, vetting.proposal):
        raise NotAllowed
    proposal = WALK.locked(vetting.proposal, version)
    if proposal.vettings.get(pk=vetting.pk).decision:
        raise Refused(_("This expert has vetted the course already."))
    before = {"expert": vetting.expert.name}
    record(acting, "proposals.release_expert", proposal, institution=proposal.institution, before=before)
    vetting.delete()
    proposal.touch()


def may_vet(acting: Appointment | None, vetting: Vetting) -> bool:
    """Whether somebody vets: the appointed person alone, while the course is there and nothing is said."""
    return (
        acting is not None
        and acting.person_id == vetting.expert_id
        and acting.institution_id == vetting.proposal.institution_id
        and vetting.proposal.state == STATE
        and not vetting.decision
    )


@transaction.atomic
def vet(
    acting: Appointment,
    vetting: Vetting,
    ticks: Mapping[str, bool],
    remarks: str,
    decision: str,
) -> Vetting:
    """Keep what an expert says of the course; without a decision it is a draft."""
    if acting.person_id != vetting.expert_id or acting.institution_id != vetting.proposal.institution_id:
        raise NotAllowed
    proposal = WALK.locked(vetting.proposal, None)
    vetting = Vetting.objects.select_for_update(no_key=True).get(pk=vetting.pk)
    vetting.proposal = proposal
    if not may_vet(acting, vetting):
        raise Refused(_("The course is not being vetted now, or you have given your decision."))
    items = proposal.declared().checklists.get("expert", ())
    vetting.ticks = {item.key: bool(ticks.get(item.key)) for item in items}
    vetting.remarks = remarks.strip()
    if decision:
        decide(vetting, decision)
    vetting.save()
    if decision:
        after = {"decision": decision}
        record(acting, "proposals.vet", proposal, institution=proposal.institution, after=after)
        asked.send(Vetting, thing=vetting, acting=acting)
        proposal.touch()
    return vetting


def decide(vetting: Vetting, decision: str) -> None:
    """Keep a decision; one that passes ticks everything, one that asks for changes names them."""
    if decision not in Vetting.Decision.values:
        raise Refused(_("Choose a decision."), "decision")
    if decision == PASSED and not all(vetting.ticks.values()):
        raise Refused(
            _("A course passes once every point is ticked. Tick it, or ask for changes."), "decision"
        )
    if decision == CHANGES and not vetting.remarks:
        raise Refused(_("Say what must be changed; the developer reads it."), "remarks")
    vetting.decision, vetting.decided_at = decision, timezone.now()


def vet_again(proposal: Proposal) -> None:
    """Ask those again who vetted an earlier state of the course, when it is handed in once more."""
    latest = {
        vetting.expert_id: vetting for vetting in proposal.vettings.select_related("expert", "appointed_by")
    }
    for before in latest.values():
        if before.decision:
            appointed(before.appointed_by, proposal, before.expert, proposal.due_on)
