"""Adding to the register, and checking that nobody changed it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
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
WAITING: ContextVar[list[Entry] | None] = ContextVar(
    "entries that wait for the end of their block", default=None
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be entered: what was done to what, what that was before and is after, and why.

    ``action`` is ``app.verb``, such as ``applications.submit``; it is the name that the portal's words and
    the documentation use.
    """

    action: str
    subject: models.Model
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    reason: str = ""


def record(
    acting: Appointment | None,
    action: str,
    subject: models.Model,
    *,
    institution: Institution | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Add one entry about ``subject``; without somebody acting, the system did it.

    Must be called in the transaction of the change itself.
    """
    record_all(acting, [Deed(action, subject, before, after, reason)], institution=institution)


def record_all(
    acting: Appointment | None, deeds: Iterable[Deed], *, institution: Institution | None = None
) -> None:
    """Add an entry for each deed of one person, in their order, under the same terms."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A change and its entry in the register belong in one transaction.")
    owner = institution or (acting.institution if acting else None)
    entries = [unbound(owner, acting, deed) for deed in deeds]
    waiting = WAITING.get()
    if waiting is None:
        bind(entries)
    else:
        waiting.extend(entries)


@contextmanager
def together() -> Iterator[None]:
    """Add what is recorded within the block at its end and at once, instead of one by one.

    The block belongs into one transaction, none of whose savepoints may be rolled back within it.
    """
    if WAITING.get() is not None:
        yield
        return
    entries: list[Entry] = []
    token = WAITING.set(entries)
    try:
        yield
    finally:
        WAITING.reset(token)
    bind(entries)


def unbound(owner: Institution | None, acting: Appointment | None, deed: Deed) -> Entry:
    """Return the entry of a deed, without its place in the chain."""
    details = plain({"before": deed.before or {}, "after": deed.after or {}, "reason": deed.reason})
    return Entry(
        institution=owner,
        at=timezone.now(),
        person=acting.person if acting else None,
        actor=acting.person_id if acting else 0,
        role=acting.role if acting else "",
        action=deed.action,
        subject_kind=deed.subject._meta.label_lower,
        subject_id=deed.subject.pk,
        details=details,
        digest=digest_of(details),
    )


def bind(entries: Iterable[Entry]) -> None:
    """Give entries their places at the ends of their chains, and keep them."""
    chains: dict[Institution | None, list[Entry]] = {}
    for entry in entries:
        chains.setdefault(entry.institution, []).append(entry)
    for owner, chain in chains.items():
        hold(owner)
        last = Entry.objects.filter(institution=owner).order_by("-number").first()
        for entry in chain:
            entry.number = last.number + 1 if last else 1
            entry.previous = last.hash if last else FIRST
            entry.hash = hash_of(entry)
            last = entry
        Entry.objects.bulk_create(chain)


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
