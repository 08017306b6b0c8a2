"""Start an installation, or add an institution to it: the institution and its first administrator."""

from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.institutions.models import Institution
from portal.packs import packs
from portal.people.invitation import token_for
from portal.records.register import record

QUESTIONS = {
    "code": "Short name of the institution (for example UTHM)",
    "name": "Name in Malay",
    "name_en": "Name in English",
    "email": "Email of the first administrator",
    "person": "Full name of the first administrator",
}


class Command(BaseCommand):
    """Makes an institution with its first administrator, and prints the link that lets them in."""

    help = "Make an institution and its first administrator; asks for what the options do not say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options; each may be left out and is then asked for."""
        parser.add_argument("--code", help="short name of the institution")
        parser.add_argument("--name", help="name in Malay")
        parser.add_argument("--name-en", help="name in English")
        parser.add_argument("--policy", help="policy pack by which the institution decides")
        parser.add_argument("--email", help="email of the first administrator")
        parser.add_argument("--person", help="full name of the first administrator")
        parser.add_argument(
            "--operator", action="store_true", help="the administrator also runs the installation"
        )

    def handle(self, *args: Any, **said: Any) -> None:
        """Ask for what is missing, make both, print the link."""
        for name, question in QUESTIONS.items():
            said[name] = (said[name] or input(f"{question}: ")).strip()
        if said["policy"] is None:
            said["policy"] = input(f"Policy ({', '.join(sorted(packs()))}, or nothing): ").strip()
        person = started(said)
        self.stdout.write(f"{said['code']}: {person.name} <{person.email}>")
        if not person.has_usable_password():
            self.stdout.write(f"Set the password at: /people/invitation/{token_for(person)}/")


@transaction.atomic
def started(said: dict[str, Any]) -> Person:
    """Make the institution, the person and the appointment; raises CommandError with the option to mend."""
    if said["policy"] and said["policy"] not in packs():
        raise CommandError(
            f"--policy: there is no pack {said['policy']}; there are {', '.join(sorted(packs()))}."
        )
    if Institution.objects.filter(code__iexact=said["code"]).exists():
        raise CommandError(f"--code: {said['code']} is there already.")
    institution = Institution(
        code=said["code"], name_ms=said["name"], name_en=said["name_en"], policy=said["policy"]
    )
    person = Person.objects.filter(email__iexact=said["email"]).first() or Person(
        email=said["email"].lower(), name=said["person"]
    )
    checked(institution, {"code": "--code", "name_ms": "--name", "name_en": "--name-en"})
    institution.save()
    if person.pk is None:
        person.set_unusable_password()
        checked(person, {"email": "--email", "name": "--person"})
    person.is_staff = person.is_superuser = person.is_superuser or said["operator"]
    person.save()
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"primary": True})
    appointment: Appointment = Appointment.objects.create(
        person=person, institution=institution, role=Role.ADMINISTRATOR, starts_on=timezone.localdate()
    )
    record(
        None,
        "administration.start_institution",
        institution,
        institution=institution,
        after={"policy": institution.policy, "administrator": appointment.person_id},
    )
    return person


def checked(thing: Institution | Person, options: dict[str, str]) -> None:
    """Raise CommandError naming the option where a value is not right."""
    try:
        thing.full_clean(exclude=["password"])
    except ValidationError as error:
        field, words = next(iter(error.message_dict.items()))
        raise CommandError(f"{options.get(field, field)}: {' '.join(words)}") from error
