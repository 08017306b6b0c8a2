"""Who may take which step of a proposal's process, and how it is walked."""

from portal.accounts.models import Appointment
from portal.processes.walk import Walk
from portal.proposals.access import develops, works_for
from portal.proposals.facts import FACTS
from portal.proposals.models import Proposal
from portal.proposals.signals import moved
from tauliah.policy.process import Step


def permits(acting: Appointment, proposal: Proposal, step: Step) -> bool:
    """Say whether somebody's role permits a step: the developer's own ones, or those of staff.

    A step is the developer's where a lecturer may take it: a dean takes it for the own proposal only.
    """
    if acting.role not in step.by:
        return False
    if "lecturer" in step.by:
        return develops(acting, proposal)
    return works_for(acting, proposal)


WALK = Walk(
    Proposal,
    "proposals",
    FACTS,
    permits,
    moved,
    related=("institution", "faculty", "developer"),
)
"""``WALK.locked``, ``opened``, ``take``, ``go_on``, ``steps_for``, ``missing``."""
