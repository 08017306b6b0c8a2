"""The engine against its peers: the same rules, the same answers, and then the clock.

    python -m bench.engine [--applications 100000] [--exponent] [--memory] [--no-single]

Exit code 0: measured; 1: the contestants disagree and nothing was timed.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

if not __package__:  # run as a file: the package is found from the root of the checkout
    sys.path[0] = str(Path(__file__).parents[1])

from bench.agree import check, difference
from bench.columns import Data
from bench.contestants import MODULES, ROW_BY_ROW, Contestant, available
from bench.documents import documents
from bench.generate import generate
from bench.memory import measure
from bench.timing import Times, interleave, limit_threads, table

SIZES = (62_500, 125_000, 250_000, 500_000, 1_000_000)
ROW_BY_ROW_SIZE = 10_000
SINGLE_CASES = 200
SLOW_SINGLES = {"openfisca": 50}


def main() -> int:
    """Agree, then measure what was asked for."""
    arguments = _arguments()
    limit_threads(arguments.threads)
    contestants = available(arguments.contestants or MODULES)
    found = check(contestants, arguments.agree_on)
    if found is not None:
        print(f"the contestants disagree, nothing is timed: {found}")
        return 1
    print(f"{', '.join(c.name for c in contestants)} agree on {arguments.agree_on} applications and more")
    data = generate(arguments.applications)
    print(
        f"\nA batch of {data.size} applications, {data.starts[-1]} claim lines, {arguments.threads} thread(s)"
    )
    print(table(batch(contestants, data, arguments.rounds), data.size, "application"))
    if arguments.single:
        print("\nOne case from its document, each contestant on its own")
        print(table(single(contestants, data, arguments.rounds), 1, "case"))
    if arguments.exponent:
        _print_exponents(contestants, arguments.rounds)
    if arguments.memory:
        _print_memory(contestants, arguments.applications)
    return 0


def batch(contestants: Sequence[Contestant], data: Data, rounds: int) -> dict[str, Times]:
    """Times for the whole batch; those who go row by row are measured on a part, and scaled."""
    few = data.part(0, min(ROW_BY_ROW_SIZE, data.size))
    chosen = {c.name: (c, few if c.name in ROW_BY_ROW else data) for c in contestants}
    prepared = {name: c.prepare(part) for name, (c, part) in chosen.items()}
    _same_at_full_size([(c, prepared[c.name]) for c in contestants if c.name not in ROW_BY_ROW])
    times = interleave({name: partial(c.run, prepared[name]) for name, (c, _) in chosen.items()}, rounds)
    return {name: Times(t.seconds, data.size / chosen[name][1].size) for name, t in times.items()}


def single(contestants: Sequence[Contestant], data: Data, rounds: int) -> dict[str, Times]:
    """Seconds for one case: the mean over some cases, for each round."""
    cases = list(islice(documents(data.part(0, min(SINGLE_CASES, data.size))), SINGLE_CASES))
    tasks, sizes = {}, {}
    for contestant in contestants:
        if contestant.run_one is not None:
            some = cases[: SLOW_SINGLES.get(contestant.name, SINGLE_CASES)]
            tasks[contestant.name] = partial(_one_by_one, contestant.run_one, some)
            sizes[contestant.name] = len(some)
            if contestant.facts_of is not None and contestant.run_facts is not None:
                name = f"{contestant.name}, checked"
                tasks[name] = partial(
                    _one_by_one, contestant.run_facts, [contestant.facts_of(c) for c in some]
                )
                sizes[name] = len(some)
    times = interleave(tasks, rounds)
    return {name: Times([s / sizes[name] for s in t.seconds]) for name, t in times.items()}


def exponent(contestant: Contestant, sizes: Sequence[int], rounds: int) -> float:
    """The power of N with which the time grows, fitted to the best round at each size."""
    data = generate(max(sizes))
    prepared = {str(size): contestant.prepare(data.part(0, size)) for size in sizes}
    times = interleave({size: partial(contestant.run, input_) for size, input_ in prepared.items()}, rounds)
    logs = [math.log(times[str(size)].best) for size in sizes]
    return float(np.polyfit(np.log(sizes), logs, 1)[0])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.engine", description=__doc__.splitlines()[0])
    parser.add_argument("--applications", type=int, default=100_000)
    parser.add_argument("--agree-on", type=int, default=4000, help="applications compared before timing")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--contestants", nargs="+", choices=MODULES, help="only these, in this order")
    parser.add_argument("--exponent", action="store_true", help=f"fit the growth over N in {SIZES}")
    parser.add_argument("--memory", action="store_true", help="peak memory of the batch, in fresh processes")
    parser.add_argument("--single", action=argparse.BooleanOptionalAction, default=True)
    return parser.parse_args()


def _same_at_full_size(prepared: Sequence[tuple[Contestant, Any]]) -> None:
    """The timed data gives the same answers too."""
    reference = None
    for contestant, input_ in prepared:
        outcomes = contestant.run(input_)
        found = None if reference is None else difference(reference, outcomes)
        if found is not None:
            sys.exit(f"{contestant.name} differs on the timed data: {found}")
        reference = reference or outcomes


def _one_by_one(run_one: Any, cases: Sequence[Any]) -> None:
    for case in cases:
        run_one(case)


def _print_exponents(contestants: Sequence[Contestant], rounds: int) -> None:
    print(f"\nTime grows as N to the power of (fitted over {SIZES[0]} to {SIZES[-1]} applications)")
    for contestant in contestants:
        if contestant.name not in ROW_BY_ROW:
            print(f"{contestant.name:<12}{exponent(contestant, SIZES, rounds):>10.3f}")


def _print_memory(contestants: Sequence[Contestant], applications: int) -> None:
    print(f"\nMemory, MiB{'held before':>23}{'peak':>10}{'added':>10}   ({applications} applications)")
    names = [c.name for c in contestants if c.name not in ROW_BY_ROW]
    for name in [*names, *(f"{c.name}:stream" for c in contestants if c.stream is not None)]:
        found = measure(name, applications)
        print(f"{name:<18}{found['held']:>16.0f}{found['peak']:>10.0f}{found['peak'] - found['held']:>10.0f}")


if __name__ == "__main__":
    sys.exit(main())
