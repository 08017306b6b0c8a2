"""The tests' database is PostgreSQL, and what a setting says of a database is read as it is meant."""

import os
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from portal.addresses import database

PASSWORD = "s3cret"


def read(address: str, **settings: int) -> dict[str, Any]:
    return database("TAULIAH_DATABASE", address, **settings)


@pytest.mark.django_db
def test_the_tests_run_on_postgresql_unless_asked_otherwise() -> None:
    wanted = "sqlite" if os.environ.get("TAULIAH_TEST_DATABASE") == "sqlite" else "postgresql"

    assert connection.vendor == wanted
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")

        assert cursor.fetchone() == (1,)


def test_a_path_is_a_sqlite_file_that_a_writer_does_not_close_to_readers() -> None:
    found = read("data/tauliah.sqlite3")

    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", "data/tauliah.sqlite3")
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_url_is_a_postgresql_database() -> None:
    found = read("postgresql://taul%40iah:p%2Fq@db.example.my:6432/credit?sslmode=require")

    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"]) == ("taul@iah", "p/q")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.my", "6432", "credit")
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["CONN_HEALTH_CHECKS"] is True
    assert "pool" not in found["OPTIONS"]


def test_a_socket_is_named_by_its_folder() -> None:
    assert read("postgresql:///credit?host=/run/postgresql")["HOST"] == "/run/postgresql"


def test_a_pool_keeps_connections_instead_of_threads() -> None:
    found = read("postgresql://localhost/credit", pool=8)

    assert found["OPTIONS"]["pool"]["max_size"] == 8
    assert found["CONN_MAX_AGE"] == 0


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("mysql://localhost/credit", "mysql:// is not known"),
        ("postgresql://localhost", "names no database"),
        (f"postgresql://tauliah:{PASSWORD}@[db/credit", "cannot be read"),
        (f"postgresql://tauliah:{PASSWORD}@db:54x32x/credit?nonsense=1", "cannot be read"),
    ],
)
def test_what_cannot_be_read_names_the_setting_and_never_the_password(address: str, told: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="TAULIAH_DATABASE") as error:
        read(address)

    assert told in str(error.value)
    assert PASSWORD not in repr(error.getrepr(style="long"))


def test_no_constraint_rests_on_what_sqlite_lacks() -> None:
    constraints = [each for model in apps.get_models() for each in model._meta.constraints]

    assert constraints
    assert [each.name for each in constraints if getattr(each, "nulls_distinct", None) is not None] == []
