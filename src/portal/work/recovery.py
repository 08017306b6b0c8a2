"""What becomes of a task whose worker died: it is put back, and given up after a few workers."""

import logging
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal.work.models import Worker

log = logging.getLogger(__name__)
MOST_WORKERS = 3
"""How many workers may die over one task before it is taken to be what kills them."""


class WorkerLost(RuntimeError):
    """The worker died while it did this task."""


class Recovered(NamedTuple):
    """How many tasks were put back, and how many were given up."""

    put_back: int
    given_up: int


def put_back(row: "DBTaskResult[Any, Any]") -> None:
    """Let another worker do a task that one had begun."""
    row.status = TaskResultStatus.READY
    row.started_at = row.finished_at = None
    row.exception_class_path = row.traceback = ""
    row.save(update_fields=["status", "started_at", "finished_at", "exception_class_path", "traceback"])


def give_up(row: "DBTaskResult[Any, Any]") -> None:
    """Mark as failed a task over which several workers died."""
    row.status = TaskResultStatus.FAILED
    row.finished_at = timezone.now()
    row.exception_class_path = f"{WorkerLost.__module__}.{WorkerLost.__qualname__}"
    row.traceback = f"{len(row.worker_ids)} workers died while they did this task."
    row.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])
    log.error("task %s (%s) is given up: %s", row.pk, row.task_path, row.traceback)


@transaction.atomic
def recover() -> Recovered:
    """Put back the tasks of workers that are no longer heard of; those that keep killing are given up."""
    running = list(DBTaskResult.objects.running().select_for_update(skip_locked=True))
    alive = set(Worker.objects.alive().values_list("pk", flat=True))
    lost = [row for row in running if not row.worker_ids or row.worker_ids[-1] not in alive]
    deadly = [row for row in lost if len(row.worker_ids) >= MOST_WORKERS]
    for row in lost:
        (give_up if row in deadly else put_back)(row)
    found = Recovered(len(lost) - len(deadly), len(deadly))
    if lost:
        log.warning("of workers that died: %d tasks put back, %d given up", *found)
    return found


@transaction.atomic
def release(worker: str) -> None:
    """Put back what this worker leaves undone at its end, and forget it."""
    for row in DBTaskResult.objects.running().select_for_update(skip_locked=True):
        if row.worker_ids and row.worker_ids[-1] == worker:
            put_back(row)
    Worker.objects.filter(pk=worker).delete()
