"""Node with the other stacks' packages, which ``make interop`` installs; every run of it is offline."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PACKAGES = ROOT / "var" / "interop" / "node_modules"
SECONDS = 90

Node = Callable[..., Any]


@pytest.fixture(scope="session")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts beside the packages; skipped where the machine has no Node."""
    if shutil.which("node") is None:
        pytest.skip("Node is not installed on this machine; .ci/packages installs it.")
    if not PACKAGES.is_dir():
        pytest.fail("The other stacks are not installed: run `make interop` once.")
    folder = tmp_path_factory.mktemp("node")
    shutil.copytree(HERE / "node", folder, dirs_exist_ok=True)
    (folder / "node_modules").symlink_to(PACKAGES)
    return folder


@pytest.fixture(scope="session")
def node(scripts: Path) -> Node:
    """Runs a script with a task, and returns what it told."""

    def run(script: str, task: Any) -> Any:
        done = subprocess.run(
            ["node", script],
            cwd=scripts,
            input=json.dumps(task),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            env={"PATH": os.environ["PATH"], "NODE_NO_WARNINGS": "1"},
        )
        assert done.returncode == 0, done.stderr[-4_000:]
        return json.loads(done.stdout)

    return run
