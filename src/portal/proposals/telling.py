"""Who is told what as a proposal goes on: those whose turn it is, the developer, experts and evaluators."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from portal.accounts.models import Appointment, Person
from portal.notices.notify import notify
from portal.proposals.access import CENTRE
from portal.proposals.actions.reviewing import may_endorse, needs_reason
from portal.proposals.models import Enquiry, Evaluation, Proposal, Vetting
from portal.proposals.process import WALK
from portal.proposals.signals import asked, moved
from portal.records.register import entries_about
from tauliah.values.text import Text

BACK = frozenset({"revision", "rejected"})
TOLD_ELSEWHERE = frozenset({"vetting"})
"""States whose people are told by name: the experts, as they are appointed."""


@receiver(moved, dispatch_uid="proposals.telling.moved")
def on_moved(
    sender: type[Proposal], thing: Proposal, step: str, before: str, acting: Appointment | None, **kwargs: Any
) -> None:
    """Tell the developer where the course stands now, and those whose turn it is."""
    if thing.state == "withdrawn":
        for person in people_of(thing, roles_of(thing, before)):
            tell(person, "proposal_withdrawn", thing, acting)
        return
    if acting is None or acting.person_id != thing.developer_id:
        tell(thing.developer, kind_for_developer(thing, before), thing, acting, reason=reason_of(thing))
    if thing.state not in TOLD_ELSEWHERE:
        for person in turn_of(thing):
            tell(person, "proposal_waiting", thing, acting)
    if thing.state in TOLD_ELSEWHERE:
        for vetting in thing.vettings.filter(decision="").select_related("expert"):
            tell(vetting.expert, "proposal_to_vet", thing, acting, due_on=vetting.due_on or thing.due_on)


def kind_for_developer(proposal: Proposal, before: str) -> str:
    """Name what the developer is told: returned, rejected, registered, or gone on."""
    if proposal.state == "registered":
        return "course_registered"
    if proposal.state == "rejected":
        return "proposal_rejected"
    order = tuple(proposal.declared().states)
    back = proposal.state in BACK or order.index(proposal.state) < order.index(before)
    return "proposal_returned" if back else "proposal_moved"


def reason_of(proposal: Proposal) -> str:
    """Return the reason that the step just taken has in the register."""
    last = entries_about(proposal).last()
    return str((last.details or {}).get("reason", "")) if last else ""


@receiver(asked, dispatch_uid="proposals.telling.asked")
def on_asked(sender: type[Any], thing: Any, acting: Appointment | None, **kwargs: Any) -> None:
    """Tell whom the centre appointed, and the centre what came of it; tell of questions and answers."""
    if isinstance(thing, Vetting):
        tell_of_vetting(thing, acting)
    elif isinstance(thing, Evaluation):
        tell_of_evaluation(thing, acting)
    elif isinstance(thing, Enquiry):
        tell_of_enquiry(thing, acting)


def tell_of_vetting(vetting: Vetting, acting: Appointment | None) -> None:
    """Tell the expert of the appointment, the centre and the developer of the decision."""
    proposal = vetting.proposal
    if not vetting.decision:
        if proposal.state == "vetting":
            tell(vetting.expert, "proposal_to_vet", proposal, acting, due_on=vetting.due_on)
        return
    outcome = words_of(Vetting.Decision(vetting.decision))
    for person in [*people_of(proposal, CENTRE), proposal.developer]:
        tell(person, "proposal_vetted", proposal, acting, key=f"vetting-{vetting.pk}", outcome=outcome)


def tell_of_evaluation(evaluation: Evaluation, acting: Appointment | None) -> None:
    """Tell the evaluator of the appointment, the centre of what was handed in."""
    proposal = evaluation.proposal
    key = f"evaluation-{evaluation.pk}"
    if evaluation.submitted_at is None:
        tell(evaluation.evaluator, "course_to_evaluate", proposal, acting, key=key, due_on=evaluation.due_on)
        return
    for person in people_of(proposal, CENTRE):
        tell(person, "course_evaluated", proposal, acting, key=f"{key}-done", who=evaluation.evaluator.name)


def tell_of_enquiry(enquiry: Enquiry, acting: Appointment | None) -> None:
    """Tell the centre of a question to it, and who asked of the answer."""
    proposal, key = enquiry.proposal, f"enquiry-{enquiry.pk}"
    if enquiry.state == Enquiry.State.ANSWERED:
        tell(
            enquiry.asked_by, "enquiry_answered", proposal, acting, key=f"{key}-answered", text=enquiry.answer
        )
    elif enquiry.to == Enquiry.To.CENTRE:
        for person in people_of(proposal, CENTRE):
            tell(person, "enquiry_asked", proposal, acting, key=key, text=enquiry.text)


def roles_of(proposal: Proposal, state: str) -> frozenset[str]:
    """Return the roles that may take a step in a state and are not the developer’s own."""
    steps = proposal.declared().steps_from(state)
    return frozenset(role for step in steps if "lecturer" not in step.by for role in step.by) | holder_of(
        proposal, state
    )


def holder_of(proposal: Proposal, state: str) -> frozenset[str]:
    """Return the role whose turn a state is, unless it is the developer."""
    holder = proposal.declared().states[state].holder
    return frozenset() if holder in (None, "lecturer", "subject_expert") else frozenset({holder})


def people_of(proposal: Proposal, roles: Iterable[str]) -> list[Person]:
    """Return who holds one of these roles for the proposal today, each once."""
    held = (
        Appointment.objects.filter(institution=proposal.institution, role__in=list(roles))
        .in_force(timezone.localdate())
        .select_related("person")
    )
    mine = [each for each in held if each.faculty_id in (None, proposal.faculty_id) and each.person.is_active]
    return list({each.person_id: each.person for each in mine}.values())


def turn_of(proposal: Proposal) -> list[Person]:
    """Return whose turn it is where a proposal stands, other than its developer."""
    roles = roles_of(proposal, proposal.state)
    held = Appointment.objects.filter(institution=proposal.institution, role__in=roles)
    there = held.in_force(timezone.localdate()).select_related("person", "institution")
    mine = [
        each for each in there if each.faculty_id in (None, proposal.faculty_id) and each.person.is_active
    ]
    return list({each.person_id: each.person for each in mine if can_act(each, proposal)}.values())


def can_act(appointment: Appointment, proposal: Proposal) -> bool:
    """Whether somebody takes the course on from where it stands, or is the one whose turn that is.

    Who can do no more than return it is not told: another signs for a course of this kind.
    """
    if may_endorse(appointment, proposal):
        return True
    steps = proposal.declared().steps_from(proposal.state)
    onward = [step for step in steps if appointment.role in step.by and not needs_reason(proposal, step)]
    if not onward:
        return appointment.role == proposal.state_now().holder or proposal.is_final
    return any(WALK.may_take(appointment, proposal, step) for step in onward)


def words_of(choice: Any) -> Text:
    """Return a choice’s words in both languages."""
    with override("ms"):
        ms = str(choice.label)
    with override("en"):
        en = str(choice.label)
    return Text(ms, en)


def tell(
    person: Person,
    kind: str,
    proposal: Proposal,
    acting: Appointment | None,
    *,
    key: str = "",
    **told: Any,
) -> None:
    """Tell one person of a proposal, unless it was their own doing; again after another change."""
    if acting is not None and acting.person_id == person.pk:
        return
    context: Mapping[str, Any] = {
        "reference": proposal.code or proposal.reference,
        "course": Text(
            proposal.name_ms or proposal.reference, proposal.name_en or proposal.name_ms or proposal.reference
        ),
        "state": proposal.state_now().label,
        **told,
    }
    notify(
        person,
        kind,
        context,
        reverse("proposals:proposal", args=[proposal.pk]),
        institution=proposal.institution,
        mail_key=key or f"proposal-{proposal.pk}-{kind}-{proposal.version}",
    )
