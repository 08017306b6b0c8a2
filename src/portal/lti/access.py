"""Who may see and change what: registrations belong to their institution, the rest to an offering."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed
from portal.accounts.roles import Role
from portal.institutions.models import Institution
from portal.lti.models import Lms, Tool

REGISTRARS = (Role.ELEARNING_CENTRE, Role.CENTRE_DIRECTOR, Role.ADMINISTRATOR)
"""Who registers LMSs and tools for an institution."""


def must_register(acting: Appointment | None) -> Institution:
    """Return the institution for which somebody registers; raises ``NotAllowed``."""
    if acting is None or acting.role not in REGISTRARS or acting.institution is None:
        raise NotAllowed
    return acting.institution


def lms_for(acting: Appointment | None) -> QuerySet[Lms]:
    """Return the institution's LMSs, those that ended too."""
    found: QuerySet[Lms] = Lms.objects.filter(institution=must_register(acting))
    return found


def one_lms_for(acting: Appointment | None, pk: int) -> Lms:
    """Return one LMS; raises ``Http404`` for strangers."""
    return get_object_or_404(lms_for(acting), pk=pk)


def tools_for(acting: Appointment | None) -> QuerySet[Tool]:
    """Return the institution's tools, those that ended too."""
    found: QuerySet[Tool] = Tool.objects.filter(institution=must_register(acting))
    return found


def one_tool_for(acting: Appointment | None, pk: int) -> Tool:
    """Return one tool; raises ``Http404`` for strangers."""
    return get_object_or_404(tools_for(acting), pk=pk)


def institution_named(code: str) -> Institution:
    """Return the institution of an address; raises ``Http404``."""
    found = Institution.objects.filter(active=True, code__iexact=code).first()
    if found is None:
        raise Http404
    return found
