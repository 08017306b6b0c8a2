"""Reminders of deadlines: each app says whom to remind of what, and each is told once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.accounts.models import Person
from portal.institutions.models import Institution
from portal.notices.models import Notice
from portal.notices.notify import notify


@dataclass(frozen=True, slots=True)
class Reminder:
    """Whom to remind of what; ``key`` names the deadline, so that nobody is reminded of it twice."""

    person: Person
    kind: str
    context: Mapping[str, Any]
    link: str
    institution: Institution | None
    key: str


Reminders = Callable[[date], Iterable[Reminder]]
KNOWN: list[Reminders] = []


def reminders(find: Reminders) -> Reminders:
    """Have a function asked for its reminders on every day; it stands in an app's module ``tasks``."""
    KNOWN.append(find)
    return find


def remind(day: date) -> int:
    """Tell everybody what comes due, as of a day; returns how many were told something new."""
    before = Notice.objects.count()
    for find in KNOWN:
        for each in find(day):
            notify(
                each.person,
                each.kind,
                each.context,
                each.link,
                institution=each.institution,
                mail_key=each.key,
            )
    return Notice.objects.count() - before
