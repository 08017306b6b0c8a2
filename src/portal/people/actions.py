"""What people do about themselves, each in one transaction with its entry in the register."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.people.models import ErasureRequest
from portal.records.register import record

OWN_DATA = ("name", "language", "phone")


@transaction.atomic
def change_own_data(
    person: Person, acting: Appointment | None, *, identity_number: str | None = None, **changes: str
) -> None:
    """Keep what a person says about themselves; ``identity_number`` None leaves the number as it is.

    The register is told that the number changed, never which it is.
    """
    before = {name: getattr(person, name) for name in OWN_DATA}
    after = before | {name: value for name, value in changes.items() if name in OWN_DATA}
    if identity_number is not None and identity_number != person.identity_number:
        person.identity_number = identity_number
        before["identity_number"], after["identity_number"] = "…", "…*"
    if before == after:
        return
    for name in OWN_DATA:
        setattr(person, name, after[name])
    person.save()
    record(acting, "people.change_own_data", person, before=before, after=after)


@transaction.atomic
def delegate(
    person: Person,
    appointment: Appointment,
    *,
    to: Person,
    starts_on: date,
    ends_on: date,
    reason: str,
) -> Appointment:
    """Lend a role to somebody from one day to another; raises Refused with the field where it cannot be."""
    today = timezone.localdate()
    if appointment.person_id != person.pk:
        raise NotAllowed
    if appointment.delegated_from_id:
        raise Refused(_("You act on somebody's behalf here; only the holder can delegate."), "appointment")
    if to.pk == person.pk:
        raise Refused(_("Choose somebody else: you hold this role yourself."), "to")
    if starts_on < today:
        raise Refused(_("Begin today or later."), "starts_on")
    if ends_on < starts_on:
        raise Refused(_("The last day lies before the first."), "ends_on")
    if appointment.ends_on and ends_on > appointment.ends_on:
        raise Refused(
            _("Your own appointment ends on %(day)s; end on that day at the latest.")
            % {"day": appointment.ends_on.isoformat()},
            "ends_on",
        )
    if appointment.delegations.filter(person=to, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise Refused(_("You have delegated this role to this person for some of these days."), "to")
    made: Appointment = Appointment.objects.create(
        person=to,
        institution=appointment.institution,
        faculty=appointment.faculty,
        role=appointment.role,
        starts_on=starts_on,
        ends_on=ends_on,
        delegated_from=appointment,
    )
    record(appointment, "people.delegate", made, after=as_recorded(made), reason=reason)
    return made


@transaction.atomic
def end_delegation(person: Person, delegation: Appointment) -> None:
    """End a delegation with yesterday, or take back one that has not begun."""
    source = delegation.delegated_from
    if source is None or source.person_id != person.pk:
        raise NotAllowed
    before = as_recorded(delegation)
    yesterday = timezone.localdate() - timedelta(days=1)
    if delegation.ends_on is not None and delegation.ends_on <= yesterday:
        raise Refused(_("This delegation has ended already."))
    delegation.ends_on = yesterday
    delegation.starts_on = min(delegation.starts_on, yesterday)
    delegation.save(update_fields=["starts_on", "ends_on"])
    record(source, "people.end_delegation", delegation, before=before, after=as_recorded(delegation))


def as_recorded(appointment: Appointment) -> dict[str, object]:
    """Return an appointment as the register keeps it."""
    return {
        "person": appointment.person_id,
        "role": appointment.role,
        "institution": appointment.institution.code if appointment.institution else "",
        "faculty": appointment.faculty.code if appointment.faculty else "",
        "starts_on": appointment.starts_on,
        "ends_on": appointment.ends_on,
        "delegated_from": appointment.delegated_from_id,
    }


@transaction.atomic
def ask_for_erasure(person: Person, acting: Appointment | None) -> ErasureRequest:
    """Note that a person wishes to be erased; asking twice changes nothing."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    request, new = ErasureRequest.objects.get_or_create(person=person)
    if new:
        record(acting, "people.ask_for_erasure", person)
    return request


@transaction.atomic
def withdraw_erasure(person: Person, acting: Appointment | None) -> None:
    """Take the wish to be erased back."""
    if ErasureRequest.objects.filter(person=person, done_at__isnull=True).delete()[0]:
        record(acting, "people.withdraw_erasure", person)
