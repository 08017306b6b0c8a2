"""What repeats is asked for once in its time, whichever worker comes first; the housekeeping is such a task."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.portal.work.letters import add, fail

from portal.work.models import Repetition, Worker
from portal.work.repetition import REPEATED, ask_for_what_is_due
from portal.work.tasks import tidy
from portal.work.worker import do_what_is_ready

pytestmark = pytest.mark.django_db
TIDY = "portal.work.tasks.tidy"
LONG = timedelta(days=15)


@pytest.fixture(autouse=True)
def only_tidy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what other parts of the portal repeat."""
    for path in set(REPEATED) - {TIDY}:
        monkeypatch.delitem(REPEATED, path)


def test_the_first_worker_asks_and_the_next_one_does_not() -> None:
    assert ask_for_what_is_due() == [TIDY]
    assert ask_for_what_is_due() == []
    assert DBTaskResult.objects.get().task_path == TIDY


def test_it_is_asked_for_again_when_its_time_has_come() -> None:
    ask_for_what_is_due()
    Repetition.objects.update(asked_at=timezone.now() - REPEATED[TIDY][1])

    assert ask_for_what_is_due() == [TIDY]


def test_what_ended_long_ago_is_forgotten_and_failures_later() -> None:
    done, failed, lately = add.enqueue(1, 1), fail.enqueue(), add.enqueue(2, 2)
    do_what_is_ready()
    DBTaskResult.objects.filter(pk__in=[done.id, failed.id]).update(finished_at=timezone.now() - LONG)
    Worker.objects.create(id="dead", seen_at=Now() - LONG)
    Worker.objects.create(id="alive")
    Session.objects.create(session_key="over", session_data="", expire_date=timezone.now() - LONG)

    assert tidy.call() == 1
    assert {str(row.pk) for row in DBTaskResult.objects.all()} == {failed.id, lately.id}
    assert [worker.pk for worker in Worker.objects.all()] == ["alive"]
    assert not Session.objects.exists()


def test_failures_are_forgotten_in_the_end() -> None:
    fail.enqueue()
    do_what_is_ready()
    DBTaskResult.objects.update(finished_at=timezone.now() - 6 * LONG)

    assert tidy.call() == 1
    assert not DBTaskResult.objects.exists()
