"""The facts that a process asks about a proposal, each answered from its records."""

from collections.abc import Callable

from portal.accounts.models import Appointment
from portal.approvals.models import Item
from portal.approvals.questions import answered
from portal.proposals.access import is_of_team
from portal.proposals.checking import found_wrong, is_complete
from portal.proposals.criteria import PANEL
from portal.proposals.models import Attachment, Evaluation, Kind, Proposal, Registration, Vetting
from portal.proposals.progress import done_before_vetting
from tauliah.values.level import POSTGRADUATE

Fact = Callable[[Proposal, Appointment | None], bool]
ITEM = "proposal"
"""The kind of a committee's items about proposals."""


def accredited(proposal: Proposal, acting: Appointment | None) -> bool:
    return proposal.kind == Kind.ACCREDITED


def postgraduate(proposal: Proposal, acting: Appointment | None) -> bool:
    return proposal.content.get("level") in POSTGRADUATE


def form_complete(proposal: Proposal, acting: Appointment | None) -> bool:
    return is_complete(proposal)


def rules_met(proposal: Proposal, acting: Appointment | None) -> bool:
    return not found_wrong(proposal)


def survey_attached(proposal: Proposal, acting: Appointment | None) -> bool:
    """Only a stand-alone course rests on a market survey (UNIMAS 5.2)."""
    if proposal.kind == Kind.ACCREDITED:
        return True
    return proposal.attachments.filter(kind=Attachment.Kind.MARKET_SURVEY).exists()


def policies_confirmed(proposal: Proposal, acting: Appointment | None) -> bool:
    return proposal.policies_confirmed_at is not None


def ownership_confirmed(proposal: Proposal, acting: Appointment | None) -> bool:
    return proposal.ownership_confirmed_at is not None


def demand_endorsed(proposal: Proposal, acting: Appointment | None) -> bool:
    """Only a course that a PTj proposes by demand needs its head first (UNIMAS 1.6(b)-3-v)."""
    return proposal.content.get("source") != "demand" or proposal.demand_endorsed_at is not None


def remarks_resolved(proposal: Proposal, acting: Appointment | None) -> bool:
    return not proposal.remarks.filter(answers=None, resolved_at=None).exists()


def someone_else(proposal: Proposal, acting: Appointment | None) -> bool:
    """Who belongs to the team that develops a course does not approve it."""
    return acting is None or not is_of_team(acting, proposal)


def centre_evaluated(proposal: Proposal, acting: Appointment | None) -> bool:
    return handed_in(proposal, Evaluation.Sort.CENTRE)


def handed_in(proposal: Proposal, *sorts: str) -> bool:
    """Whether there is a handed-in evaluation of each of these sorts."""
    there = proposal.evaluations.filter(submitted_at__isnull=False)
    return set(sorts) <= set(there.values_list("sort", flat=True))


def milestones_before_vetting(proposal: Proposal, acting: Appointment | None) -> bool:
    return done_before_vetting(proposal)


def materials_own(proposal: Proposal, acting: Appointment | None) -> bool:
    return not proposal.attachments.filter(kind=Attachment.Kind.MILESTONE, own_work=False).exists()


def vetted(proposal: Proposal, acting: Appointment | None) -> bool:
    """Every appointed expert passed it, and there is one."""
    latest = {vetting.expert_id: vetting.decision for vetting in proposal.vettings.all()}
    return set(latest.values()) == {Vetting.Decision.PASSED}


def taxonomy_confirmed(proposal: Proposal, acting: Appointment | None) -> bool:
    """Only a course of an accredited programme has an original to compare with (UNIMAS 1.5(f)-taxonomy)."""
    if proposal.kind != Kind.ACCREDITED:
        return True
    there = proposal.evaluations.filter(sort=Evaluation.Sort.CENTRE, submitted_at__isnull=False)
    latest = there.order_by("-round", "-pk").first()
    return latest is not None and bool(latest.ticks.get("taxonomy"))


def committee_decided(proposal: Proposal, decision: str) -> bool:
    """Whether the committee of the state decided so."""
    return answered(ITEM, proposal, proposal.state, decision)


def committee_approved(proposal: Proposal, acting: Appointment | None) -> bool:
    return committee_decided(proposal, Item.Decision.APPROVED)


def committee_returned(proposal: Proposal, acting: Appointment | None) -> bool:
    return committee_decided(proposal, Item.Decision.RETURNED)


def committee_rejected(proposal: Proposal, acting: Appointment | None) -> bool:
    return committee_decided(proposal, Item.Decision.REJECTED)


def registered_in(proposal: Proposal, where: str) -> bool:
    """Whether a registration with its day is on record."""
    return proposal.registrations.filter(where=where, registered_on__isnull=False).exists()


def registered_with_mqa(proposal: Proposal, acting: Appointment | None) -> bool:
    """Only courses of accredited programmes are registered with MQA (UNIMAS 2.1-registration-mqa)."""
    return proposal.kind != Kind.ACCREDITED or registered_in(proposal, Registration.Where.MQA)


def registered_at_university(proposal: Proposal, acting: Appointment | None) -> bool:
    return registered_in(proposal, Registration.Where.UNIVERSITY)


def registered_account(proposal: Proposal, acting: Appointment | None) -> bool:
    return registered_in(proposal, Registration.Where.INSTITUTION_ACCOUNT)


def certificate_described(proposal: Proposal, acting: Appointment | None) -> bool:
    return proposal.achievement_id is not None


def self_evaluated(proposal: Proposal, acting: Appointment | None) -> bool:
    return handed_in(proposal, Evaluation.Sort.SELF)


def licence_named(proposal: Proposal, acting: Appointment | None) -> bool:
    return bool(proposal.content.get("licence"))


def privacy_confirmed(proposal: Proposal, acting: Appointment | None) -> bool:
    return proposal.content.get("no_personal_data") is True


def panel_evaluated(proposal: Proposal, acting: Appointment | None) -> bool:
    """The coordinator and an external evaluator both handed in Lampiran A, and nobody’s is open."""
    open_ = proposal.evaluations.filter(sort__in=PANEL, submitted_at=None).exists()
    return not open_ and handed_in(proposal, Evaluation.Sort.COORDINATOR, Evaluation.Sort.EXTERNAL)


def quality_met(proposal: Proposal, acting: Appointment | None) -> bool:
    """The last evaluation of each evaluator of the panel was found ready."""
    there = proposal.evaluations.filter(sort__in=PANEL, submitted_at__isnull=False).order_by("round", "pk")
    latest = {evaluation.evaluator_id: evaluation.result or {} for evaluation in there}
    return bool(latest) and all(result.get("ready") is True for result in latest.values())


def checklist_complete(proposal: Proposal, acting: Appointment | None) -> bool:
    items = proposal.declared().checklists.get("development", ())
    there = proposal.evaluations.filter(sort=Evaluation.Sort.CHECKLIST).order_by("-round", "-pk").first()
    return there is not None and all(there.ticks.get(item.key) for item in items)


def course_evaluated(proposal: Proposal, acting: Appointment | None) -> bool:
    return handed_in(proposal, Evaluation.Sort.COURSE)


FACTS: dict[str, Fact] = {
    fact.__name__: fact
    for fact in (
        accredited,
        postgraduate,
        form_complete,
        rules_met,
        survey_attached,
        policies_confirmed,
        ownership_confirmed,
        demand_endorsed,
        remarks_resolved,
        someone_else,
        centre_evaluated,
        milestones_before_vetting,
        materials_own,
        vetted,
        taxonomy_confirmed,
        committee_approved,
        committee_returned,
        committee_rejected,
        registered_with_mqa,
        registered_at_university,
        registered_account,
        certificate_described,
        self_evaluated,
        licence_named,
        privacy_confirmed,
        panel_evaluated,
        quality_met,
        checklist_complete,
        course_evaluated,
    )
}
