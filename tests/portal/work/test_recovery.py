"""A worker that dies loses no task: what it left is put back, and given up after a few workers."""

import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from tests.portal.work.conftest import StartWorker
from tests.portal.work.letters import Letter, add, fail, send, stop

from portal.work.models import Worker
from portal.work.recovery import MOST_WORKERS, Recovered, recover, release
from portal.work.worker import PortalWorker, do_what_is_ready

PATIENCE = 60
LETTERS = 12


def running(*workers: str) -> DBTaskResult:
    """A task that the last of these workers is at."""
    row = DBTaskResult.objects.get(pk=add.enqueue(2, 3).id)
    for worker in workers:
        row.claim(worker)
    return row


def status_of(row: DBTaskResult) -> str:
    row.refresh_from_db()
    return str(row.status)


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that another process does."""
    last = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < last, "waited in vain"
        time.sleep(0.02)


def how_it_ended(worker: "subprocess.Popen[str]") -> tuple[int, str]:
    """Return the code with which a worker ends, and the errors that it told."""
    _, told = worker.communicate(timeout=PATIENCE)
    return worker.returncode, told if worker.returncode else ""


def worker_named(name: str) -> PortalWorker:
    return PortalWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )


def _raise(error: Exception) -> None:
    raise error


@pytest.mark.django_db
class TestRecovery:
    def test_it_puts_back_the_task_of_a_worker_never_heard_of(self) -> None:
        row = running("dead")

        assert recover() == Recovered(put_back=1, given_up=0)
        assert status_of(row) == TaskResultStatus.READY

    def test_it_puts_back_the_task_of_a_worker_that_fell_silent(self) -> None:
        row = running("silent")
        Worker.objects.create(id="silent", seen_at=Now() - timedelta(minutes=5))

        assert recover().put_back == 1
        assert status_of(row) == TaskResultStatus.READY

    def test_it_leaves_a_living_workers_task_alone(self) -> None:
        row = running("alive")
        Worker.objects.create(id="alive")

        assert recover() == Recovered(0, 0)
        assert status_of(row) == TaskResultStatus.RUNNING

    def test_it_gives_up_a_task_over_which_several_workers_died(self) -> None:
        row = running(*[f"dead {number}" for number in range(MOST_WORKERS)])

        assert recover() == Recovered(put_back=0, given_up=1)
        assert status_of(row) == TaskResultStatus.FAILED
        assert row.exception_class_path == "portal.work.recovery.WorkerLost"
        assert row.task_result.errors[0].traceback == f"{MOST_WORKERS} workers died while they did this task."

    def test_a_task_that_was_put_back_is_done(self) -> None:
        row = running("dead")
        recover()
        do_what_is_ready()

        assert status_of(row) == TaskResultStatus.SUCCESSFUL
        assert row.return_value == 5

    def test_a_worker_that_ends_leaves_nothing_behind(self) -> None:
        mine, another = running("mine"), running("another")
        Worker.objects.create(id="mine")
        release("mine")

        assert status_of(mine) == TaskResultStatus.READY
        assert status_of(another) == TaskResultStatus.RUNNING
        assert not Worker.objects.filter(pk="mine").exists()


@pytest.mark.django_db
class TestWorker:
    def test_it_keeps_what_went_wrong(self) -> None:
        row = DBTaskResult.objects.get(pk=fail.enqueue().id)
        do_what_is_ready()

        assert status_of(row) == TaskResultStatus.FAILED
        assert row.exception_class_path == "builtins.ValueError"

    def test_a_task_that_was_broken_off_by_a_stop_is_not_a_failed_one(self) -> None:
        row = DBTaskResult.objects.get(pk=stop.enqueue().id)
        row.claim("mine")
        worker_named("mine").run_task(row)

        assert status_of(row) == TaskResultStatus.READY

    def test_it_waits_for_a_file_that_is_locked_and_for_nothing_else(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        went_wrong = [OperationalError("database is locked"), OperationalError("no such host")]
        monkeypatch.setattr(db_worker.Worker, "run", lambda worker: _raise(went_wrong.pop(0)))

        with pytest.raises(OperationalError, match="no such host"):
            worker_named("mine").run()


@pytest.mark.django_db(transaction=True)
class TestKill:
    def test_each_letter_is_sent_once_although_a_worker_is_killed_in_the_middle(
        self, letters_table: None, start_worker: StartWorker, tmp_path: Path
    ) -> None:
        box = tmp_path / "box"
        box.touch()
        letters = [Letter.objects.create(key=f"letter {number}", file=str(box)) for number in range(LETTERS)]
        for letter in letters:
            send.enqueue(letter.pk)

        first = start_worker(SECONDS_PER_LETTER="0.2")
        until(lambda: len(box.read_text().splitlines()) >= 3)
        first.kill()
        start_worker()
        until(lambda: not Letter.objects.open().exists())

        handed_over = box.read_text().splitlines()
        unconfirmed = {letter.key for letter in Letter.objects.unconfirmed()}

        assert len(handed_over) == len(set(handed_over))
        assert set(handed_over) | unconfirmed == {letter.key for letter in letters}
        assert len(unconfirmed) <= 1
        assert not Letter.objects.failed().exists()
        until(lambda: not DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).exists())

    def test_two_workers_share_the_work_and_do_nothing_twice(
        self, letters_table: None, start_worker: StartWorker, tmp_path: Path
    ) -> None:
        box = tmp_path / "box"
        box.touch()
        letters = [Letter.objects.create(key=f"{number}", file=str(box)) for number in range(LETTERS)]
        for letter in [*letters, *letters]:
            send.enqueue(letter.pk)

        first, second = start_worker("--batch"), start_worker("--batch")

        assert (how_it_ended(first), how_it_ended(second)) == ((0, ""), (0, ""))
        assert sorted(box.read_text().split()) == sorted(letter.key for letter in letters)
        assert not Worker.objects.exists()

    def test_a_worker_told_to_stop_ends_what_it_does_and_goes(
        self, letters_table: None, start_worker: StartWorker, tmp_path: Path
    ) -> None:
        box = tmp_path / "box"
        box.touch()
        letter = Letter.objects.create(key="slow", file=str(box))
        send.enqueue(letter.pk)

        worker = start_worker(SECONDS_PER_LETTER="0.5")
        until(lambda: "slow" in box.read_text())
        worker.terminate()

        assert how_it_ended(worker)[0] == 0
        letter.refresh_from_db()
        assert letter.sent_at is not None
        assert letter.sent_at > timezone.now() - timedelta(minutes=1)
        assert not Worker.objects.exists()
