"""A worker that cannot work says why and what to do, without a traceback."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.migrations.recorder import MigrationRecorder
from django_tasks_db.models import DBTaskResult
from tests.portal.work.conftest import StartWorker
from tests.portal.work.letters import add

from portal.work.models import Worker


@pytest.mark.django_db
def test_tables_of_another_version_are_told_with_the_remedy() -> None:
    MigrationRecorder.Migration.objects.filter(app="work").delete()

    with pytest.raises(CommandError, match=r"manage\.py migrate$"):
        call_command("db_worker", "--batch")


@pytest.mark.django_db
def test_what_the_portals_worker_cannot_do_is_told() -> None:
    with pytest.raises(CommandError, match="--reload"):
        call_command("db_worker", "--reload")


def test_a_database_that_does_not_answer_is_told_without_a_traceback(
    start_worker: StartWorker, tmp_path: Path
) -> None:
    worker = start_worker("--batch", TAULIAH_DATABASE=f"postgresql:///tauliah?host={tmp_path}")
    _, told = worker.communicate(timeout=60)

    assert worker.returncode == 1
    assert "CommandError: Pangkalan data tidak menjawab" in told
    assert "Traceback" not in told


@pytest.mark.django_db(transaction=True)
def test_with_batch_it_does_what_there_is_and_ends(start_worker: StartWorker) -> None:
    asked = add.enqueue(2, 3)
    worker = start_worker("--batch")

    assert worker.wait(60) == 0
    assert DBTaskResult.objects.get(pk=asked.id).return_value == 5
    assert not Worker.objects.exists()
