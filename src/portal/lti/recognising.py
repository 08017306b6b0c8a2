"""Whose an account in an LMS is: by what its owner said here, a verified email or a matric number.

Where these say different things, or nothing, nobody is taken to be meant; names are never compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from portal.catalogue.models import Student
from portal.lti.models import Lms, LmsAccount


@dataclass(frozen=True, slots=True)
class Told:
    """What an LMS says of one account."""

    subject: str
    email: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Whose:
    """Who somebody is here, by which signs; ``conflict`` where the signs lead to different people."""

    person: Person | None = None
    by: tuple[str, ...] = ()
    conflict: bool = False


SIGNS: dict[str, str | Promise] = {
    "account": _("connected by themselves"),
    "email": _("email address"),
    "number": _("matric number"),
}


@dataclass(slots=True)
class Signs:
    """What leads from accounts of an LMS to people, for one list."""

    account: dict[str, Person] = field(default_factory=dict)
    email: dict[str, Person] = field(default_factory=dict)
    number: dict[str, set[Person]] = field(default_factory=dict)

    def whose(self, told: Told) -> Whose:
        """Return who one account belongs to."""
        found: dict[str, set[Person]] = {
            "account": {self.account[told.subject]} if told.subject in self.account else set(),
            "email": {self.email[told.email.lower()]} if told.email.lower() in self.email else set(),
            "number": self.number.get(told.number.upper(), set()),
        }
        people = set[Person]().union(*found.values())
        if len(people) > 1:
            return Whose(conflict=True)
        by = tuple(name for name, who in found.items() if who)
        return Whose(next(iter(people), None), by)


def signs_for(lms: Lms, all_told: Iterable[Told]) -> Signs:
    """Return the signs for the accounts of a list; people whose account is closed are left out."""
    listed = list(all_told)
    signs = Signs()
    accounts = LmsAccount.objects.filter(lms=lms, subject__in={told.subject for told in listed})
    for account in accounts.filter(person__is_active=True).select_related("person"):
        signs.account[account.subject] = account.person
    emails = {told.email.lower() for told in listed if told.email}
    addresses = EmailAddress.objects.filter(verified=True, email__in=emails, user__is_active=True)
    for address in addresses.select_related("user"):
        signs.email[address.email.lower()] = address.user
    numbers = {told.number for told in listed if told.number} | {told.number.upper() for told in listed}
    students = Student.objects.filter(programme__institution=lms.institution, matric__in=numbers - {""})
    for student in students.filter(person__is_active=True).select_related("person"):
        signs.number.setdefault(student.matric.upper(), set()).add(student.person)
    return signs
