"""What a proposal does when a committee decided, and what a committee is asked when it arrives there."""

from typing import Any

from django.dispatch import receiver

from portal.accounts.models import Appointment
from portal.approvals.actions.asking import ask, committee_called, take_back
from portal.approvals.models import Item
from portal.approvals.signals import decided
from portal.proposals.facts import ITEM
from portal.proposals.models import Proposal
from portal.proposals.process import WALK
from portal.proposals.signals import moved


@receiver(moved, dispatch_uid="proposals.asks")
def on_moved(
    sender: type[Proposal], thing: Proposal, before: str, acting: Appointment | None, **kwargs: Any
) -> None:
    """Put the proposal to the committee of its new state; take back what it left undecided."""
    process = thing.declared()
    if process.states[before].committee:
        take_back(acting, ITEM, thing)
    code = process.states[thing.state].committee
    if code is None:
        return
    ask(
        acting,
        committee_called(thing.institution, process, code),
        thing,
        kind=ITEM,
        purpose=thing.state,
        titles=titles_of(thing),
        link=thing.get_absolute_url(),
    )


@receiver(decided, dispatch_uid="proposals.decided")
def on_decided(sender: type[Item], item: Item, **kwargs: Any) -> None:
    """Let a proposal go on that waited for a committee."""
    if item.kind == ITEM:
        WALK.go_on(WALK.locked(Proposal.objects.get(pk=item.subject), None))


def titles_of(proposal: Proposal) -> tuple[str, str]:
    """Return what a committee reads of a proposal, in Malay and in English."""
    number = proposal.code or proposal.reference
    return f"{number} {proposal.name_ms}", f"{number} {proposal.name_en or proposal.name_ms}"
