"""``start`` brings up the portal and its worker with one command, and ends both together."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.work.management.commands.start import address

ROOT = Path(__file__).parents[3]
PATIENCE = 90


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as tried:
        return int(tried.getsockname()[1])


def started(port: int, folder: Path) -> "subprocess.Popen[str]":
    known = {name: value for name, value in os.environ.items() if not name.startswith("TAULIAH_")}
    known |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "TAULIAH_VAR": str(folder)}
    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "start", f"127.0.0.1:{port}"],
        env=known,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def answer(url: str) -> tuple[int, str]:
    try:
        with urlopen(url, timeout=10) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()
    except (URLError, ConnectionError):
        return 0, ""


def children(of: int) -> list[int]:
    """The processes that a process has started and that still run."""
    told = Path(f"/proc/{of}/task/{of}/children").read_text(encoding="ascii")
    return [int(number) for number in told.split()]


@pytest.mark.skipif(
    not Path("/proc").is_dir(), reason="this system has no /proc, where a process tells its children"
)
def test_one_command_brings_up_the_portal_and_its_worker_and_ends_both(tmp_path: Path) -> None:
    port = free_port()
    with started(port, tmp_path) as process:
        last = time.monotonic() + PATIENCE
        while answer(f"http://127.0.0.1:{port}/readyz")[0] != 200 and time.monotonic() < last:
            assert process.poll() is None, process.stdout and process.stdout.read()
            time.sleep(0.2)

        assert answer(f"http://127.0.0.1:{port}/readyz") == (
            200,
            "database: ok\nmigrations: ok\nworker: ok\n",
        )
        assert answer(f"http://127.0.0.1:{port}/")[0] == 200
        below = children(process.pid)
        process.send_signal(signal.SIGINT)

        assert process.wait(PATIENCE) == 0
        assert process.stdout is not None
        assert re.search(rf"http://127\.0\.0\.1:{port}\b", process.stdout.read())
    assert len(below) == 2
    assert [number for number in below if Path(f"/proc/{number}").exists()] == []


def test_a_port_that_is_taken_is_told_with_a_remedy(taken: int) -> None:
    with pytest.raises(CommandError, match=rf"Port {taken} .*make run PORT={taken + 1}"):
        call_command("start", f"127.0.0.1:{taken}")


@pytest.mark.parametrize("given", ["", "localhost", "127.0.0.1:http", "127.0.0.1:70000", "0"])
def test_what_is_not_an_address_is_told(given: str) -> None:
    with pytest.raises(CommandError):
        address(given)


def test_a_port_alone_is_this_machines() -> None:
    assert address("8001") == ("127.0.0.1", 8001)
    assert address("0.0.0.0:80") == ("0.0.0.0", 80)
