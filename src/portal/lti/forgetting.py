"""Letting go of what LMSs and tools told, and of what opens nothing any more."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from portal.accounts.models import Person
from portal.lti.keys import forget_old_keys
from portal.lti.models import (
    AccessToken,
    Assertion,
    LmsAccount,
    LoginState,
    Message,
    Pull,
    Ticket,
    ToolUser,
)

LISTS_KEPT = timedelta(days=30)
"""How long the names and addresses of a list from an LMS stay; the register keeps that it was taken."""
PASSING: tuple[type[models.Model], ...] = (LoginState, Message, Ticket, AccessToken, Assertion)
A_WHILE = timedelta(minutes=5)


def forget_passing() -> int:
    """Delete what has ended: logins, launches, tickets, tokens, assertions, old keys; return how many."""
    ended = timezone.now() - A_WHILE
    gone = sum(kind._default_manager.filter(expires_at__lt=ended).delete()[0] for kind in PASSING)
    return gone + forget_old_keys()


def forget_lists() -> int:
    """Delete the lists of an LMS that nobody took, and empty those that were taken; return how many."""
    old = Pull.objects.filter(made_at__lt=timezone.now() - LISTS_KEPT)
    gone, _kinds = old.filter(taken_at=None).delete()
    return gone + old.exclude(rows=[]).update(rows=[])


def forget_person(person: Person) -> None:
    """Let go of a person's accounts in LMSs and names in tools, with what was told under them."""
    LmsAccount.objects.filter(person=person).delete()
    ToolUser.objects.filter(person=person).delete()
    Ticket.objects.filter(person=person).delete()
    offerings = person.course_enrolments.values("offering")
    for pull in Pull.objects.select_for_update(of=("self",), no_key=True).filter(
        course__offering__in=offerings
    ):
        kept = [row for row in pull.rows if row["person"] != person.pk]
        if len(kept) != len(pull.rows):
            pull.rows = kept
            pull.save(update_fields=["rows"])
