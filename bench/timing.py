"""A small stopwatch: contestants take turns in one process, and ratios are read, not seconds."""

import gc
import os
import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter

THREAD_VARIABLES = (
    "POLARS_MAX_THREADS",
    "NUMBA_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "RAYON_NUM_THREADS",
)


@dataclass(frozen=True)
class Times:
    """Seconds for each round, and by what to multiply them where less was measured than is reported."""

    seconds: list[float]
    scale: float = 1.0

    @property
    def best(self) -> float:
        """The shortest round, scaled."""
        return min(self.seconds) * self.scale

    @property
    def median(self) -> float:
        """The middle round, scaled."""
        return statistics.median(self.seconds) * self.scale


def threads() -> int:
    """How many threads a contestant may use in this process."""
    return int(os.environ.get(THREAD_VARIABLES[0], "1"))


def limit_threads(number: int) -> None:
    """Start this program again with the libraries held to so many threads; they read it when imported."""
    wanted = dict.fromkeys(THREAD_VARIABLES, str(number))
    if any(os.environ.get(name) != value for name, value in wanted.items()):
        sys.stdout.flush()
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | wanted)


def interleave(tasks: Mapping[str, Callable[[], object]], rounds: int, warm_ups: int = 1) -> dict[str, Times]:
    """Run every task once in each round, so that a slow spell of the machine meets all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(-warm_ups, rounds):
        for name, task in tasks.items():
            taken = stopwatch(task)
            if number >= 0:
                seconds[name].append(taken)
    return {name: Times(taken) for name, taken in seconds.items()}


def stopwatch(task: Callable[[], object]) -> float:
    """Seconds that one call takes; its result is let go after the clock has stopped."""
    gc.collect()
    start = perf_counter()
    result = task()
    taken = perf_counter() - start
    del result
    return taken


def table(times: Mapping[str, Times], units: int, unit: str) -> str:
    """Microseconds for each of so many units, and medians as multiples of the first contestant's."""
    first = next(iter(times))
    lines = [f"{'':<12}{'seconds':>10}{'best us/' + unit:>22}{'median us/' + unit:>24}{'times ' + first:>17}"]
    for name, taken in times.items():
        best, median = taken.best / units * 1e6, taken.median / units * 1e6
        ratio = taken.median / times[first].median
        scaled = "" if taken.scale == 1 else f"  measured on 1/{taken.scale:.0f}, scaled"
        lines.append(f"{name:<12}{taken.median:>10.4f}{best:>22.3f}{median:>24.3f}{ratio:>17.2f}{scaled}")
    return "\n".join(lines)
