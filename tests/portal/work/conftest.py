"""What the tests of background work share: the letters' table, and workers in processes of their own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker
from tests.portal.work.letters import Letter

ROOT = Path(__file__).parents[3]
StartWorker = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="session")
def letters_in_the_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The table of letters, made once beside the portal's."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Letter)


@pytest.fixture
def letters_table(letters_in_the_database: None) -> Iterator[None]:
    """The table of letters, empty; what a test without a transaction leaves in it is removed."""
    yield
    Letter.objects.all().delete()


def address_of_the_database() -> str:
    """The address under which another process finds the tests' database."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(known["NAME"])
    return f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}"


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[StartWorker]:
    """Start a worker in a process of its own; those that still run at the end are ended."""
    started: list[subprocess.Popen[str]] = []

    def start(*words: str, **environment: str) -> subprocess.Popen[str]:
        known = {name: value for name, value in os.environ.items() if not name.startswith("TAULIAH_")}
        known |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "TAULIAH_DATABASE": environment.get("TAULIAH_DATABASE") or address_of_the_database(),
            "TAULIAH_VAR": str(tmp_path / "var"),
            "TAULIAH_WORKER_LOST_AFTER": "1",
        }
        command = [sys.executable, str(ROOT / "manage.py"), "db_worker", "--interval", "0.05", *words]
        process = subprocess.Popen(
            command, env=known | environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
