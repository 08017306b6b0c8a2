"""Ending the access that a person gave to software."""

from allauth.idp.oidc.models import Client
from django.db import transaction

from portal.accounts.models import Appointment, Person
from portal.exchange.granted import tokens_of
from portal.records.register import record


@transaction.atomic
def end_access(person: Person, acting: Appointment | None, software: Client) -> None:
    """End what a person let software do, at once; what it brought stays until the person removes it."""
    ended, _each = tokens_of(person).filter(client=software).delete()
    if ended:
        record(acting, "exchange.end_software", person, before={"name": software.name})
