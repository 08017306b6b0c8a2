"""How much memory a run needs, each in a process of its own (Linux)."""

import json
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from bench.contestants import Contestant, load
from bench.generate import generate

ROOT = Path(__file__).parents[1]
MIB = 1024


def measure(name: str, applications: int) -> dict[str, float]:
    """MiB held before the run (imports and input) and at its peak, by a fresh process."""
    command = [sys.executable, "-m", "bench.memory", name, str(applications)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _in_memory(contestant: Contestant, applications: int) -> dict[str, float]:
    prepared = contestant.prepare(generate(applications))
    _forget_peak()
    held = _peak()
    outcomes = contestant.run(prepared)
    return {"held": held, "peak": _peak(), "claims": len(outcomes.verdict)}


def _streaming(contestant: Contestant, applications: int) -> dict[str, float]:
    """The files are written by another process, so that nothing of them is held here."""
    assert contestant.stream is not None
    with tempfile.TemporaryDirectory() as folder:
        writes = "import sys, pathlib; from bench.generate import generate; "
        writes += "generate(int(sys.argv[1])).write(pathlib.Path(sys.argv[2]))"
        subprocess.run([sys.executable, "-c", writes, str(applications), folder], check=True, cwd=ROOT)
        _forget_peak()
        held = _peak()
        contestant.stream(Path(folder))
    return {"held": held, "peak": _peak()}


def _forget_peak() -> None:
    """Let the kernel count the peak anew; where it may not, the peak of preparing is counted too."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> float:
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return getrusage(RUSAGE_SELF).ru_maxrss / MIB
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / MIB


def main() -> int:
    """Measure one contestant: `NAME APPLICATIONS`, with `NAME:stream` for the streaming run."""
    name, _, way = sys.argv[1].partition(":")
    contestant = load(name)
    if isinstance(contestant, str):
        print(contestant, file=sys.stderr)
        return 1
    measured = (_streaming if way else _in_memory)(contestant, int(sys.argv[2]))
    print(json.dumps(measured))
    return 0


if __name__ == "__main__":
    sys.exit(main())
