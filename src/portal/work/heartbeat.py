"""The sign of life of a worker, and what a living worker looks after for those that died."""

import logging
from threading import Event, Thread
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models.functions import Now

from portal.work.models import Worker
from portal.work.recovery import recover, release
from portal.work.repetition import ask_for_what_is_due

log = logging.getLogger(__name__)
BEATS_BEFORE_LOST = 6


def beat(worker: str) -> None:
    """Note that this worker lives."""
    Worker.objects.update_or_create(id=worker, defaults={"seen_at": Now()})


def look_after() -> None:
    """Put back what dead workers left, and ask for what is due."""
    recover()
    ask_for_what_is_due()


class Heartbeat:
    """Beats in a thread of its own for as long as the block runs; at its end the worker is gone."""

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self.ended = Event()
        self.thread = Thread(target=self.go_on, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        beat(self.worker)
        look_after()
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()
        self.thread.join()
        release(self.worker)

    def go_on(self) -> None:
        """Beat until the end; a database that is away for a while is waited for."""
        while not self.ended.wait(settings.TAULIAH_WORKER_LOST_AFTER / BEATS_BEFORE_LOST):
            try:
                beat(self.worker)
                look_after()
            except DatabaseError as error:
                log.warning("the worker could not say that it lives: %s", error)
                connection.close()
        connection.close()
