"""Erasing a person: who they were goes, what was decided and the chain of the register stay.

A university keeps its decisions; so the row of the person stays, without name, address or number. Entries
of the register that tell of the person lose their details; digest and hash stay, so the chain still holds.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import Refused
from portal.notices.models import Mail, Notice
from portal.people.models import ErasureRequest
from portal.people.signals import person_erased
from portal.records.models import Entry
from portal.records.register import record

ERASED = "erased.invalid"
"""The domain of addresses that nobody has (RFC 2606)."""


def holds_office(person: Person) -> bool:
    """Whether a person is still appointed somewhere as anything but an external learner of no institution."""
    held = Appointment.objects.filter(person=person, institution__isnull=False)
    return bool(held.in_force(timezone.localdate()).exists())


def belongs_to(person: Person) -> bool:
    """Whether an institution has ever had to do with a person: then its administrator erases them."""
    return bool(Appointment.objects.filter(person=person, institution__isnull=False).exists())


@transaction.atomic
def erase(person: Person, acting: Appointment | None) -> None:
    """Erase a person who asked for it and holds no office any more; raises Refused otherwise."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not ErasureRequest.objects.filter(person=person, done_at__isnull=True).exists():
        raise Refused(_("This person has not asked to be erased."))
    if holds_office(person):
        raise Refused(_("End this person's appointments first; then erase."))
    address = person.email
    forget_login(person)
    person.name = _("Erased person")
    person.email = f"{person.pk}@{ERASED}"
    person.identity_number = person.phone = ""
    person.is_active = person.is_staff = person.is_superuser = False
    person.set_unusable_password()
    person.save()
    Notice.objects.filter(person=person).delete()
    Mail.objects.filter(to__iexact=address).delete()
    person_erased.send(Person, person=person)
    about_person(person).update(details=None)
    ErasureRequest.objects.filter(person=person).update(done_at=timezone.now())
    record(acting, "people.erase", person)


def forget_login(person: Person) -> None:
    """Remove every way in, and end every session."""
    for session in UserSession.objects.filter(user=person):
        session.end()
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=person).delete()


def about_person(person: Person) -> QuerySet[Entry]:
    """Return the entries of the register that tell of the person's own data."""
    return Entry.objects.filter(subject_kind="accounts.person", subject_id=person.pk)
