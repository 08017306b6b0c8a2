"""The secret that a file keeps."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from portal.secret import kept_in

STARTED_TOGETHER = 8


def test_processes_that_start_together_read_one_secret(tmp_path: Path) -> None:
    for start in range(20):
        file, ready = tmp_path / f"{start}", Barrier(STARTED_TOGETHER)

        def read(_: int, file: Path = file, ready: Barrier = ready) -> str:
            ready.wait()
            return kept_in(file)

        with ThreadPoolExecutor(STARTED_TOGETHER) as together:
            read_by_each = set(together.map(read, range(STARTED_TOGETHER)))

        assert len(read_by_each) == 1
        assert len(read_by_each.pop()) >= 50

    assert all(file.stat().st_mode & 0o777 == 0o600 for file in tmp_path.iterdir())
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".")]
