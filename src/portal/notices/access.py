"""Whose notices and emails somebody sees: one's own, and as administrator the emails of the institution."""

from typing import cast

from django.db.models import Q, QuerySet
from django.http import Http404

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed
from portal.accounts.roles import Role
from portal.notices.models import Mail, Notice

STATES = {
    "waiting": Q(sent_at=None, given_up_at=None),
    "sent": Q(sent_at__isnull=False),
    "failed": Q(sent_at=None, given_up_at__isnull=False, handed_over_at=None),
    "unconfirmed": Q(sent_at=None, given_up_at__isnull=False, handed_over_at__isnull=False),
}
"""How far emails have come; the words are in ``words.py``."""


def notices_of(person: Person) -> QuerySet[Notice]:
    """Return a person's notices, newest first."""
    return Notice.objects.filter(person=person)


def notice_of(person: Person, pk: int) -> Notice:
    """Return one notice of a person's own; anybody else's is not found."""
    found = notices_of(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def unread_of(person: Person) -> int:
    """Return how many notices a person has not read."""
    return notices_of(person).filter(read_at=None).count()


def mails_for(acting: Appointment | None) -> QuerySet[Mail]:
    """Return the emails of the institution; raises ``NotAllowed`` for everybody but its administrator."""
    if acting is None or acting.role != Role.ADMINISTRATOR:
        raise NotAllowed
    return cast("QuerySet[Mail]", Mail.objects.filter(institution=acting.institution))


def mail_for(acting: Appointment | None, pk: int) -> Mail:
    """Return one email of the institution; another institution's is not found."""
    found = mails_for(acting).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
