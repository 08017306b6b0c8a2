"""The throwaway server runs with the machine's programs and the package's, and ends with its process."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from tests.postgresql import NoPrograms, programs, serving

ROOT = Path(__file__).parents[2]
STARTED = """
import time
from tests.postgresql import Server
server = Server()
server.start()
print(server.running.pid, server.room, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("wanted", ["machine", "package"])
def test_a_server_runs_for_as_long_as_its_block(wanted: str) -> None:
    try:
        programs(wanted)
    except NoPrograms:
        pytest.skip(f"this machine has no programs of the {wanted}")
    with serving(wanted) as server, psycopg.connect(server.address()) as connection:
        shown = connection.execute("SELECT 'é' = lower('É'), current_setting('listen_addresses')").fetchone()

        assert shown == (True, "")
    assert not server.room.exists()


def test_a_server_ends_with_a_process_that_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTED],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as started:
        assert started.stdout is not None
        number, folder = started.stdout.readline().split()
        started.send_signal(signal.SIGKILL)
    last = time.monotonic() + 30
    while Path(f"/proc/{number}").exists() and time.monotonic() < last:
        time.sleep(0.05)

    assert not Path(f"/proc/{number}").exists()
    assert not (Path(folder) / ".s.PGSQL.5432").exists()
    shutil.rmtree(folder)
