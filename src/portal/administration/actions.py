"""What an administrator does about people, each in one transaction with its entry in the register."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import FACULTY_ROLES, Role
from portal.administration.access import institution_of
from portal.institutions.models import Faculty
from portal.people.actions import as_recorded
from portal.people.erasure import erase
from portal.records.register import record


@transaction.atomic
def invite(
    acting: Appointment | None, *, name: str, email: str, language: str, role: str, faculty: Faculty | None
) -> tuple[Person, bool]:
    """Appoint somebody known by an email address; who is new is kept without a password, to be invited.

    Returns the person and whether they are new to the portal.
    """
    institution_of(acting)
    person = Person.objects.filter(email__iexact=email).first()
    new = person is None
    if person is None:
        person = Person.objects.create_user(email, None, name=name, language=language)
        record(acting, "administration.invite", person, after={"name": name, "email": person.email})
    elif not person.is_active:
        raise Refused(_("The account with this email is closed."), "email")
    appoint(acting, person, role=role, faculty=faculty, starts_on=timezone.localdate(), ends_on=None)
    return person, new


@transaction.atomic
def appoint(
    acting: Appointment | None,
    person: Person,
    *,
    role: str,
    faculty: Faculty | None,
    starts_on: date,
    ends_on: date | None,
) -> Appointment:
    """Appoint somebody in the administrator's institution; raises Refused where it cannot be."""
    institution = institution_of(acting)
    if faculty is not None and faculty.institution_id != institution.pk:
        raise NotAllowed
    if faculty is not None and role not in FACULTY_ROLES:
        raise Refused(_("This role is held for the whole institution; choose no faculty."), "faculty")
    if role == Role.DEAN and faculty is None:
        raise Refused(_("A dean belongs to a faculty; choose it."), "faculty")
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("The last day lies before the first."), "ends_on")
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    same = Appointment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on),
        person=person,
        institution=institution,
        faculty=faculty,
        role=role,
        delegated_from__isnull=True,
    )
    if ends_on is not None:
        same = same.filter(starts_on__lte=ends_on)
    if clash := same.first():
        raise Refused(
            _("%(name)s holds this role already since %(day)s.")
            % {"name": person.name, "day": date_format(clash.starts_on, "j F Y")},
            "role",
        )
    made: Appointment = Appointment.objects.create(
        person=person,
        institution=institution,
        faculty=faculty,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    record(acting, "administration.appoint", made, after=as_recorded(made))
    return made


@transaction.atomic
def end_appointment(
    acting: Appointment | None, appointment: Appointment, ends_on: date, reason: str
) -> Appointment:
    """End an appointment with a day; its delegations end with it. The last administrator stays."""
    institution = institution_of(acting)
    if appointment.institution_id != institution.pk:
        raise NotAllowed
    held = Appointment.objects.select_for_update(no_key=True).get(pk=appointment.pk)
    if held.is_over:
        raise Refused(_("This appointment has ended already."), "ends_on")
    if ends_on < held.starts_on - timedelta(days=1):
        raise Refused(_("The last day lies before the first."), "ends_on")
    if held.role == Role.ADMINISTRATOR and not others_who_administer(held, ends_on):
        raise Refused(
            _("Nobody else administers the institution after this day; appoint somebody first."), "ends_on"
        )
    before = as_recorded(held)
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    record(
        acting, "administration.end_appointment", held, before=before, after=as_recorded(held), reason=reason
    )
    return held


def others_who_administer(appointment: Appointment, after: date) -> bool:
    """Whether another administrator is appointed beyond a day."""
    others = Appointment.objects.filter(
        institution=appointment.institution, role=Role.ADMINISTRATOR, delegated_from__isnull=True
    ).exclude(pk=appointment.pk)
    return bool(others.in_force(max(after, timezone.localdate()) + timedelta(days=1)).exists())


@transaction.atomic
def erase_person(acting: Appointment | None, person: Person) -> None:
    """Erase somebody who asked for it, where no other institution has them in office."""
    institution_of(acting)
    if acting is not None and acting.person_id == person.pk:
        raise Refused(_("You cannot erase yourself; another administrator does it."))
    erase(person, acting)
