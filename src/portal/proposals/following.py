"""What a step of a proposal brings: its day, milestones planned or reached, experts and panel asked again."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from portal.accounts.models import Appointment
from portal.proposals.actions.developing import open_milestones, reach
from portal.proposals.actions.evaluating import evaluate_again
from portal.proposals.actions.vetting import vet_again
from portal.proposals.models import Proposal
from portal.proposals.signals import moved

DAYS = {
    "submitted_at": frozenset({"submit"}),
    "approved_at": frozenset({"approve_centre", "accept"}),
    "registered_at": frozenset({"register", "senate_approves"}),
}
"""The columns that keep the day of a step, where it led to the state named in ``ARRIVED``."""
ARRIVED = {"approved_at": "development", "registered_at": "registered"}
REACHED = {"accept_vetting": "vetted", "senate_approves": "senate_approved"}
"""Milestones that a step reaches."""


@receiver(moved, dispatch_uid="proposals.following")
def on_moved(
    sender: type[Proposal], thing: Proposal, step: str, before: str, acting: Appointment | None, **kwargs: Any
) -> None:
    """Keep what follows from a step, in its transaction."""
    keep_days(thing, step)
    today = timezone.localdate()
    if thing.state == "development" and step in DAYS["approved_at"]:
        open_milestones(thing, today)
    if step in REACHED:
        reach(thing, REACHED[step], today, acting)
    if thing.state == "vetting" and before != "vetting":
        vet_again(thing)
    if thing.state == "evaluation" and before == "development":
        evaluate_again(thing)


def keep_days(proposal: Proposal, step: str) -> None:
    """Keep the moment of a step that is remembered, the first time it is taken."""
    for column, steps in DAYS.items():
        arrived = ARRIVED.get(column, proposal.state)
        if step in steps and proposal.state == arrived and getattr(proposal, column) is None:
            setattr(proposal, column, timezone.now())
            proposal.save(update_fields=[column])
