"""The process of an application: its state in words, and who may take which of its steps."""

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.applications.access import is_own, works_for
from portal.applications.models import Application
from tauliah.policy.process import Step

process_of = Application.declared
state_of = Application.state_now


def steps_for(acting: Appointment | None, application: Application) -> list[Step]:
    """Return the steps that somebody's role may take now, whether or not their needs are met."""
    steps = process_of(application).steps_from(application.state)
    return [step for step in steps if may_take(acting, application, step)]


def may_take(acting: Appointment | None, application: Application, step: Step) -> bool:
    """Say whether a step is for somebody, in whatever state the application stands."""
    return acting is not None and not step.by_itself and permits(acting, application, step)


def permits(acting: Appointment, application: Application, step: Step) -> bool:
    """Say whether somebody's role permits a step: the applicant, or staff of the faculty in a role of it."""
    if acting.is_learner:
        return Role.STUDENT in step.by and is_own(acting, application)
    return acting.role in step.by and works_for(acting, application)
