"""``/readyz`` tells an operator what is missing, one line for each part."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.functions import Now
from django.test import Client

from portal.work import readiness
from portal.work.models import Worker


@pytest.mark.django_db
def test_everything_is_ready_with_a_worker() -> None:
    Worker.objects.create(id="alive")
    response = Client().get("/readyz")

    assert response.status_code == 200
    assert response.content == b"database: ok\nmigrations: ok\nworker: ok\n"
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_silent_worker_is_told() -> None:
    Worker.objects.create(id="silent", seen_at=Now() - timedelta(minutes=5))
    response = Client().get("/readyz")

    assert response.status_code == 503
    assert "worker: none is heard of: manage.py db_worker\n" in response.content.decode()


@pytest.mark.django_db
def test_missing_tables_are_told() -> None:
    MigrationRecorder.Migration.objects.filter(app="work").delete()
    response = Client().get("/readyz")

    assert response.status_code == 503
    assert "migrations: 1 to apply: manage.py migrate\n" in response.content.decode()


def test_a_database_that_does_not_answer_is_told_without_its_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails() -> str:
        raise OperationalError("connection to 10.1.2.3 failed: password s3cret")

    monkeypatch.setattr(readiness, "PARTS", (("database", fails), *readiness.PARTS[1:]))
    response = Client().get("/readyz")

    assert response.status_code == 503
    assert response.content == b"database: does not answer (OperationalError)\n"


def test_it_is_only_for_reading() -> None:
    assert Client().post("/readyz").status_code == 405
