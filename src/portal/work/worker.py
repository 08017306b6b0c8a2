"""The worker: django-tasks-db's, which puts back what it is made to leave in the middle."""

import logging
from typing import Any

from django.db import OperationalError
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

from portal.work.recovery import put_back

log = logging.getLogger(__name__)
TOLD_TO_STOP = ("builtins.SystemExit", "builtins.KeyboardInterrupt")


class PortalWorker(Worker):
    """Does the tasks in the database, one at a time."""

    def run(self) -> None:
        """Work until told to stop; a SQLite file that others keep locked for long is waited for."""
        while True:
            try:
                super().run()
            except OperationalError as error:
                if not (self.running and is_locked_database_exception(error)):
                    raise
                log.warning("the database is locked; the worker goes on")
            else:
                return

    def run_task(self, db_task_result: "DBTaskResult[Any, Any]") -> None:
        """Do a task; one that was broken off because the worker had to stop is not a failed one."""
        super().run_task(db_task_result)
        told = db_task_result.exception_class_path in TOLD_TO_STOP
        if told and db_task_result.status == TaskResultStatus.FAILED:
            put_back(db_task_result)


def claim(worker: str) -> "DBTaskResult[Any, Any] | None":
    """Take the next task that is ready, or none."""
    ready = DBTaskResult.objects.ready()
    with exclusive_transaction(ready.db):
        row = ready.get_locked()
        if row is not None:
            row.claim(worker)
    return row


def do_what_is_ready() -> None:
    """Do every task that is ready, here and now, and return: for commands and tests.

    Unlike a worker of its own this keeps the connection to the database, and with it an open transaction.
    """
    worker = PortalWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    while row := claim(worker.worker_id):
        worker.run_task(row)
