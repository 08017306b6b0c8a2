"""Adding to the register, and checking that nobody changed it."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from portal.accounts.models import Appointment
from portal.institutions.models import Institution
from portal.records.models import Entry

FIRST = "0" * 64
NOBODYS_CHAIN = 7_261_757_769
"""The number of the lock on the chain that belongs to no institution; any fixed number does."""


def record(
    acting: Appointment | None,
    action: str,
    subject: models.Model,
    *,
    institution: Institution | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Add one entry about ``subject``; without somebody acting, the system did it.

    Must be called in the transaction of the change itself. ``action`` is ``app.verb``, such as
    ``applications.submit``; it is the name that the portal's words and the documentation use.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A change and its entry in the register belong in one transaction.")
    owner = institution or (acting.institution if acting else None)
    hold(owner)
    last = Entry.objects.filter(institution=owner).order_by("-number").first()
    entry = Entry(
        institution=owner,
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        person=acting.person if acting else None,
        actor=acting.person_id if acting else 0,
        role=acting.role if acting else "",
        action=action,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        details=plain({"before": before or {}, "after": after or {}, "reason": reason}),
        previous=last.hash if last else FIRST,
    )
    entry.digest = digest_of(entry.details)
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    return entry


def hold(owner: Institution | None) -> None:
    """Keep a chain in one line: nobody else adds to it until the transaction ends.

    The institution's row is the lock, taken after every other; rows that only refer to it do not wait. The
    chain of the installation itself has no row; PostgreSQL lends a lock by number, and SQLite lets only one
    transaction write in any case.
    """
    if owner is not None:
        Institution.objects.select_for_update(no_key=True).get(pk=owner.pk)
    elif connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NOBODYS_CHAIN])


def plain(details: Mapping[str, Any]) -> Any:
    """Return details as JSON keeps them: days and amounts as text."""
    return json.loads(json.dumps(details, cls=DjangoJSONEncoder))


def digest_of(details: Any) -> str:
    """Return the SHA-256 of details, keys in order."""
    return sha256(json.dumps(details, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def hash_of(entry: Entry) -> str:
    """Return the hash that binds an entry to its content and to the entry before it.

    A person is bound by number, not by name: erasing somebody's data leaves the chain as it is.
    """
    parts = [
        entry.institution.code if entry.institution else "",
        str(entry.number),
        utc(entry.at),
        str(entry.actor),
        entry.role,
        entry.action,
        entry.subject_kind,
        str(entry.subject_id),
        entry.digest,
        entry.previous,
    ]
    return sha256("\n".join(parts).encode()).hexdigest()


def utc(moment: datetime) -> str:
    """Write a moment the same on every machine and database: UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def entries_about(subject: models.Model) -> models.QuerySet[Entry]:
    """Return the history of one thing, oldest first."""
    return Entry.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk).order_by(
        "number"
    )


def broken_entries(institution: Institution | None) -> Iterator[Entry]:
    """Yield each entry whose content, number or link to the one before does not hold."""
    previous, number = FIRST, 0
    for entry in Entry.objects.filter(institution=institution).order_by("number").iterator():
        number += 1
        kept = entry.details is None or digest_of(entry.details) == entry.digest
        if not (
            kept and entry.number == number and entry.previous == previous and entry.hash == hash_of(entry)
        ):
            yield entry
        previous, number = entry.hash, entry.number
