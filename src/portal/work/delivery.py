"""What leaves the portal once: a letter by email, a call to a gateway. Each is a row with a key of its own.

A worker claims the row, makes everything ready, notes that it hands over, hands over, and notes that it is
done; each note is committed by itself. Where a worker dies before handing over, the next one begins again.
Where it dies while handing over nobody can know whether the other side has it: such a delivery is not made
a second time by itself but given up as unconfirmed, for a person to look at.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Self, TypeVar, cast

from django.db import models, transaction
from django.utils import timezone
from django_tasks import TaskContext

from portal.work.models import Worker

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
UNANSWERED = (SMTPServerDisconnected, TimeoutError, ConnectionError)
"""What goes wrong without the other side having said no."""


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries, by how far they have come."""

    def open(self) -> Self:
        """Those that still have to be made."""
        return self.filter(sent_at=None, given_up_at=None)

    def unconfirmed(self) -> Self:
        """Those whose worker died while handing over: made or not, a person has to find out."""
        return self.filter(sent_at=None, given_up_at__isnull=False, handed_over_at__isnull=False)

    def failed(self) -> Self:
        """Those that the other side refused again and again."""
        return self.filter(sent_at=None, given_up_at__isnull=False, handed_over_at=None)


class Delivery(models.Model):
    """Something to be delivered once; ``key`` says what it is, so that asking twice delivers one."""

    key = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_by = models.CharField(max_length=64, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    handed_over_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    given_up_at = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    error = models.TextField(blank=True, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        abstract = True


D = TypeVar("D", bound=Delivery)
Prepare = Callable[[D], Callable[[], object]]
"""Makes everything ready and returns the call that hands over."""


def worker_of(context: TaskContext) -> str:
    """The worker that does the task of this context."""
    return str(context.task_result.worker_ids[-1]) if context.task_result.worker_ids else ""


def deliver(
    model: type[D], pk: int, worker: str, prepare: Prepare[D], *, repeatable: bool = False
) -> datetime | None:
    """Make a delivery unless it is made or another worker is at it; returns when to try again, if at all.

    ``repeatable`` says that what is handed over twice arrives once: then nothing is ever unconfirmed.
    """
    row = claim(model, pk, worker, repeatable=repeatable)
    if row is None:
        return None
    try:
        hand_over = prepare(row)
    except Exception as error:  # noqa: BLE001 - whatever it was, it is tried again
        return try_later(row, error)
    if not note(row, handed_over_at=timezone.now()):
        return None
    try:
        hand_over()
    except UNANSWERED as error:
        if repeatable:
            return try_later(row, error)
        give_up(row, error)
        return None
    except Exception as error:  # noqa: BLE001
        return try_later(row, error)
    note(row, sent_at=timezone.now(), given_up_at=None, error="")
    return None


@transaction.atomic
def claim(model: type[D], pk: int, worker: str, *, repeatable: bool) -> D | None:
    """Take a delivery that is open and that no living worker is at."""
    rows = model._default_manager.select_for_update(no_key=True).filter(pk=pk, sent_at=None, given_up_at=None)
    row = cast("D | None", rows.first())
    if row is None or another_is_at_it(row, worker):
        return None
    if row.handed_over_at and not repeatable:
        give_up(row, RuntimeError("The worker died while it handed this over."))
        return None
    row.claimed_by, row.claimed_at, row.handed_over_at = worker, timezone.now(), None
    row.attempts += 1
    row.save(update_fields=["claimed_by", "claimed_at", "handed_over_at", "attempts"])
    return row


def another_is_at_it(row: Delivery, worker: str) -> bool:
    """Say whether a worker that lives, and is not this one, has claimed the delivery."""
    if not row.claimed_by or row.claimed_by == worker:
        return False
    return Worker.objects.alive().filter(pk=row.claimed_by).exists()


def note(row: Delivery, **changes: object) -> bool:
    """Write down how far a delivery has come, unless another worker has taken it over."""
    rows = type(row)._default_manager.filter(pk=row.pk, claimed_by=row.claimed_by, attempts=row.attempts)
    ours = bool(rows.update(**changes))
    for field, value in changes.items():
        setattr(row, field, value)
    return ours


def try_later(row: Delivery, error: Exception) -> datetime | None:
    """Let go of a delivery that failed; returns when to try again, later each time, or gives it up."""
    log.warning("delivery %s failed, attempt %d: %s", row.key, row.attempts, error)
    if row.attempts >= MOST_ATTEMPTS:
        note(row, handed_over_at=None)
        give_up(row, error)
        return None
    note(row, claimed_by="", handed_over_at=None, error=told(error))
    waits: int = 2 ** (row.attempts - 1)
    return timezone.now() + waits * FIRST_WAIT


def give_up(row: Delivery, error: Exception) -> None:
    """Leave a delivery to a person."""
    log.error("delivery %s is given up: %s", row.key, error)
    note(row, given_up_at=timezone.now(), error=told(error))


def told(error: Exception) -> str:
    """An error as it is kept with the delivery."""
    return f"{type(error).__name__}: {error}"[:2000]


def begin_again(row: Delivery) -> bool:
    """Open a delivery that was given up, because a person wants it made; then ask for its task."""
    given_up = type(row)._default_manager.filter(pk=row.pk, sent_at=None, given_up_at__isnull=False)
    return bool(
        given_up.update(claimed_by="", claimed_at=None, handed_over_at=None, given_up_at=None, attempts=0)
    )
