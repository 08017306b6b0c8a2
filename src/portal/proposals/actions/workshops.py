"""Workshops on developing courses, and who came (UTM 4.2.4, 4.3.3)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.proposals.access import CENTRE, PROPOSERS
from portal.proposals.models import Attendance, Workshop
from portal.records.register import record


def workshops_for(acting: Appointment | None) -> QuerySet[Workshop]:
    """Return the workshops of the institution, for those who develop courses and for the centre."""
    if acting is None or acting.role not in PROPOSERS | CENTRE:
        return Workshop.objects.none()
    return Workshop.objects.filter(institution=acting.institution)


def invitable(acting: Appointment) -> QuerySet[Person]:
    """Return who may have come: staff of the institution who develop courses."""
    held = Appointment.objects.filter(institution=acting.institution, role__in=PROPOSERS)
    there = held.in_force(timezone.localdate())
    return Person.objects.filter(pk__in=there.values("person"), is_active=True).order_by("name")


@transaction.atomic
def keep_workshop(acting: Appointment, workshop: Workshop) -> Workshop:
    """Keep a workshop: when, where, about what."""
    must_run(acting, workshop)
    workshop.save()
    after = {"name": workshop.name_ms, "held_on": workshop.held_on, "place": workshop.place}
    record(acting, "proposals.keep_workshop", workshop, institution=workshop.institution, after=after)
    return workshop


@transaction.atomic
def keep_attendance(acting: Appointment, workshop: Workshop, people: Iterable[Person]) -> None:
    """Keep who came to a workshop; those no longer named are taken off the list."""
    must_run(acting, workshop)
    held = Workshop.objects.select_for_update(of=("self",), no_key=True).get(pk=workshop.pk)
    if held.held_on > timezone.localdate():
        raise Refused(_("Who came is recorded on the day of the workshop or after it."))
    named = {person.pk for person in people}
    before = set(held.attendances.values_list("person", flat=True))
    held.attendances.exclude(person__in=named).delete()
    Attendance.objects.bulk_create(Attendance(workshop=held, person_id=pk) for pk in sorted(named - before))
    record(
        acting,
        "proposals.keep_attendance",
        held,
        institution=held.institution,
        before={"people": len(before)},
        after={"people": len(named)},
    )


def must_run(acting: Appointment, workshop: Workshop) -> None:
    """Raise ``NotAllowed`` for all but the centre of the workshop’s institution."""
    if acting.role not in CENTRE or acting.institution_id != workshop.institution_id:
        raise NotAllowed
