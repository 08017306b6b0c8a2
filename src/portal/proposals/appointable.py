"""Whom the centre may appoint to vet or to evaluate a course: staff who did not develop it."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import Refused
from portal.accounts.roles import Role
from portal.proposals.access import CENTRE, PROPOSERS
from portal.proposals.models import Proposal

EXPERTS = frozenset({Role.SUBJECT_EXPERT, Role.LECTURER, Role.PROGRAMME_COORDINATOR})
"""Who may be appointed as subject matter expert."""
EVALUATORS = PROPOSERS | CENTRE | {Role.QUALITY_UNIT}
"""Who may be appointed to evaluate a course; an evaluator from outside is invited as subject expert first."""


def appointable(proposal: Proposal, roles: Iterable[str]) -> QuerySet[Person]:
    """Return who holds one of the roles at the institution today and did not develop the course."""
    held = Appointment.objects.filter(institution=proposal.institution_id, role__in=list(roles))
    own = proposal.members.values("person")
    there = Person.objects.filter(pk__in=held.in_force(timezone.localdate()).values("person"), is_active=True)
    return there.exclude(pk=proposal.developer_id).exclude(pk__in=own).order_by("name")


def must_be_appointable(proposal: Proposal, person: Person, roles: Iterable[str]) -> None:
    """Raise ``Refused`` for somebody who developed the course or has none of the roles."""
    if not appointable(proposal, roles).filter(pk=person.pk).exists():
        raise Refused(
            _("Choose somebody of the institution with that role who did not develop the course."), "person"
        )
