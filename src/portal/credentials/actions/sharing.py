"""What a learner does with a credential: show or hide it, share it for a time, find those sent by email."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.credentials.models import Credential, ShareLink
from portal.records.register import record

DAYS = (1, 7, 30, 90, 365)
MOST_LINKS = 20


def _must_be_own(person: Person, credential: Credential) -> None:
    if credential.person_id != person.pk:
        raise NotAllowed


@transaction.atomic
def show(person: Person, acting: Appointment | None, credential: Credential, *, shown: bool) -> None:
    """Show the credential to whoever has its address, or to nobody but those with a share link."""
    _must_be_own(person, credential)
    held = Credential.objects.select_for_update(no_key=True).get(pk=credential.pk)
    if held.shown == shown:
        return
    held.shown = shown
    held.save(update_fields=["shown", "changed_at"])
    record(
        acting,
        "credentials.show" if shown else "credentials.hide",
        held,
        institution=held.institution,
        after={"serial": held.serial},
    )


@transaction.atomic
def share(
    person: Person, acting: Appointment | None, credential: Credential, days: int, note: str
) -> ShareLink:
    """Make an address that shows the credential for some days."""
    _must_be_own(person, credential)
    if days not in DAYS:
        raise Refused(_("Choose how long the link is to lead here."), "days")
    Credential.objects.select_for_update(no_key=True).get(pk=credential.pk)
    if ShareLink.objects.filter(credential=credential).open().count() >= MOST_LINKS:
        raise Refused(_("There are %(most)s open links. End one first.") % {"most": MOST_LINKS})
    link = ShareLink(credential=credential, note=note, expires_at=timezone.now() + timedelta(days=days))
    link.save()
    record(
        acting,
        "credentials.share",
        credential,
        institution=credential.institution,
        after={"serial": credential.serial, "days": days},
    )
    return link


@transaction.atomic
def end_link(person: Person, acting: Appointment | None, link: ShareLink) -> None:
    """End a share link before its time."""
    _must_be_own(person, link.credential)
    if link.ended_at is None:
        link.ended_at = timezone.now()
        link.save(update_fields=["ended_at"])
        record(
            acting,
            "credentials.end_link",
            link.credential,
            institution=link.credential.institution,
            after={"serial": link.credential.serial},
        )


def claim(person: Person) -> int:
    """Give a person the credentials that were issued to a verified email address of theirs."""
    verified = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    addresses = {address.lower() for address in verified}
    if not addresses:
        return 0
    return Credential.objects.filter(person=None, email__in=addresses).update(person=person)
