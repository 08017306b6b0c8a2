"""The process of an application: its state in words, and which steps somebody may take now."""

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.applications.access import is_own, works_for
from portal.applications.models import Application
from portal.packs import packs
from tauliah.policy.process import Process, State, Step

NATIONAL = "mqa"
"""The policy whose process an institution follows whose own policy declares none."""


def process_called(policy: str, name: str) -> Process:
    """Return the process of a policy."""
    known = packs()
    pack = known.get(policy) or known[NATIONAL]
    return pack.processes.get(name) or known[NATIONAL].processes[name]


def process_of(application: Application) -> Process:
    """Return the process that an application goes through."""
    return process_called(application.policy, application.process)


def state_of(application: Application) -> State:
    """Return the state of an application, with its words."""
    return process_of(application).states[application.state]


def steps_for(acting: Appointment | None, application: Application) -> list[Step]:
    """Return the steps that somebody's role may take now, whether or not their needs are met."""
    steps = process_of(application).steps_from(application.state)
    return [step for step in steps if may_take(acting, application, step)]


def may_take(acting: Appointment | None, application: Application, step: Step) -> bool:
    """Say whether somebody's role permits a step: the applicant, or staff of the faculty in a role of it."""
    if acting is None or step.by_itself:
        return False
    if acting.is_learner:
        return Role.STUDENT in step.by and is_own(acting, application)
    return acting.role in step.by and works_for(acting, application)


def may_be_taken(acting: Appointment | None, application: Application, name: str) -> bool:
    """Say whether a step is open to somebody in the state the application is in."""
    return any(step.name == name for step in steps_for(acting, application))
