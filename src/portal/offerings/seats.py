"""Whether an offering can be enrolled in, by whom, and how many seats are left."""

from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.institutions.models import Institution
from portal.offerings.models import Enrolment, Offering

State = Enrolment.State
OPEN = ("announced", "running")
SEATED = (State.UNPAID, State.ACTIVE)
"""States that hold a seat."""
LISTED = (*SEATED, State.COMPLETED, State.FAILED)
"""States that hold a seat, or held it to the end."""
ASKED_AGAIN = (State.WITHDRAWN,)
"""States from which somebody may ask to enrol once more."""


def seats_left(offering: Offering) -> int | None:
    """Return how many seats are free; None where there is no limit."""
    if offering.most_learners is None:
        return None
    return max(offering.most_learners - offering.enrolments.filter(state__in=SEATED).count(), 0)


def learners_lacking(offering: Offering) -> int:
    """Return how many learners an offering still lacks of its least number."""
    seated = offering.enrolments.filter(state__in=SEATED).count()
    return max((offering.least_learners or 0) - seated, 0)


def closed_because(offering: Offering) -> str | Promise:
    """Say why nobody can enrol now; empty where they can."""
    today = timezone.localdate()
    if offering.state not in OPEN:
        return _("This course is not open for enrolment.")
    if offering.enrols_from and today < offering.enrols_from:
        return _("Enrolment has not opened yet.")
    last = last_day(offering)
    if last and today > last:
        return _("Enrolment has closed.")
    return ""


def last_day(offering: Offering) -> Any:
    """Return the last day on which somebody can enrol, if there is one."""
    return offering.enrols_until or offering.ends_on


def belongs_to(person: Person, institution: Institution) -> bool:
    """Say whether somebody is a student of an institution today."""
    held = Appointment.objects.in_force(timezone.localdate())
    found: bool = held.filter(person=person, institution=institution, role=Role.STUDENT).exists()
    return found


def not_for(person: Person, offering: Offering) -> str | Promise:
    """Say why an offering is not for somebody; empty where it is. Nationality is never asked (1.5(c))."""
    if not offering.open_to_all and not belongs_to(person, offering.institution):
        return _("This course is for students of the university only.")
    if offering.teachers.filter(person=person).exists():
        return _("You teach this course; learners are other people.")
    return ""


def requirements_of(offering: Offering) -> list[dict[str, str]]:
    """Return the offering’s own requirements; never the entry requirements of a programme (1.5(l))."""
    return [row for row in offering.requirements if row.get("ms") or row.get("en")]
