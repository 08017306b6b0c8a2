"""Whose work an application is: taken up by one person, or handed to another, many at once."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.applications.access import submitted_applications, works_for
from portal.applications.actions.steps import locked, touch
from portal.applications.models import Application
from portal.records.register import record

HANDERS = frozenset({Role.PROGRAMME_COORDINATOR, Role.FACULTY_OFFICE, Role.DEPUTY_DEAN, Role.DEAN})


@transaction.atomic
def hand_over(acting: Appointment, applications: Collection[int], handler: Appointment) -> int:
    """Hand applications to somebody of the faculty, all or none; return how many changed hands."""
    if acting.role not in HANDERS:
        raise NotAllowed
    held = submitted_applications(acting).filter(pk__in=applications).order_by("pk")
    changed = 0
    for listed in held:
        application = locked(listed, None)
        if not works_for(handler, application):
            raise Refused(
                _("%(person)s does not work for the faculty of %(reference)s.")
                % {"person": handler.person.name, "reference": application.reference},
                "handler",
            )
        changed += given(acting, application, handler)
    return changed


def given(acting: Appointment, application: Application, handler: Appointment) -> bool:
    """Hand one application over; say whether that changed anything."""
    if application.handler_id == handler.pk:
        return False
    before = application.handler.person.name if application.handler else ""
    application.handler = handler
    touch(application, "handler")
    record(
        acting,
        "applications.hand_over",
        application,
        institution=application.institution,
        before={"handler": before},
        after={"handler": handler.person.name},
    )
    return True
