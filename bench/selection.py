"""Choosing under limits: how long `select` takes, and that it always equals the oracle.

    python -m bench.selection [--instances 2000] [--claims 20] [--limits 4]

Instances have nested limits, one inside the other, of which at least one binds. The oracle is HiGHS,
through scipy.optimize.milp; without scipy the answers of up to 12 claims are compared with every subset.
"""

import argparse
import random
import statistics
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import product
from time import perf_counter

from bench.timing import limit_threads
from tauliah.transfer.select import Ceiling, select

CREDITS = (20_000, 30_000, 30_000, 30_000, 40_000, 60_000, 25_000)


def instance(rng: random.Random, claims: int, limits: int) -> tuple[list[int], list[Ceiling]]:
    """Credits, and nested limits of which at least one binds."""
    credits = [rng.choice(CREDITS) for _ in range(claims)]
    while True:
        members, ceilings, binds = list(range(claims)), [], False
        for _ in range(limits):
            held, share = sum(credits[i] for i in members), rng.uniform(0.5, 1.2)
            binds = binds or share < 1
            ceilings.append(Ceiling(int(held * share) // 10_000 * 10_000, sum(1 << i for i in members)))
            members = [i for i in members if rng.random() < 0.75] or members[:1]
        if binds:
            return credits, ceilings


def by_highs(credits: Sequence[int], ceilings: Sequence[Ceiling]) -> int:
    """The most credits, by mixed-integer programming."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    held = [[c if ceiling.claims >> i & 1 else 0 for i, c in enumerate(credits)] for ceiling in ceilings]
    found = milp(
        -np.array(credits),
        constraints=LinearConstraint(np.array(held), ub=np.array([c.credits for c in ceilings])),
        integrality=np.ones(len(credits)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    return round(-found.fun)


def by_every_subset(credits: Sequence[int], ceilings: Sequence[Ceiling]) -> int:
    """The most credits, by looking at every subset."""
    best = 0
    for taken in product((0, 1), repeat=len(credits)):
        fits = all(
            sum(c for i, c in enumerate(credits) if taken[i] and ceiling.claims >> i & 1) <= ceiling.credits
            for ceiling in ceilings
        )
        best = max(best, sum(c for c, t in zip(credits, taken, strict=True) if t)) if fits else best
    return best


def main() -> int:
    """Compare with the oracle, then time; exit code 1 where an answer differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, default=2_000)
    parser.add_argument("--claims", type=int, default=20)
    parser.add_argument("--limits", type=int, default=4)
    arguments = parser.parse_args()
    limit_threads(1)
    rng = random.Random(20250915)
    drawn = [instance(rng, arguments.claims, arguments.limits) for _ in range(arguments.instances)]
    has_highs = find_spec("scipy") is not None
    oracle, claims = (by_highs, arguments.claims) if has_highs else (by_every_subset, 12)
    checked = drawn[:500] if has_highs else [instance(rng, claims, arguments.limits) for _ in range(50)]
    for credits, ceilings in checked:
        chosen = select(credits, ceilings)
        found = sum(c for c, taken in zip(credits, chosen, strict=True) if taken)
        if found != oracle(credits, ceilings):
            print(f"differs from the oracle: {credits} {ceilings}")
            return 1
    print(f"equal to {'HiGHS' if has_highs else 'every subset'} on {len(checked)} of {claims} claims")
    ours = sorted(_seconds(select, credits, ceilings) for credits, ceilings in drawn)
    print(
        f"select, {arguments.claims} claims, {arguments.limits} nested limits: "
        f"p50 {_us(statistics.median(ours))}, p90 {_us(ours[int(len(ours) * 0.9)])}, most {_us(ours[-1])}"
    )
    if has_highs:
        theirs = statistics.median(_seconds(by_highs, *drawn[i]) for i in range(100))
        print(f"HiGHS: p50 {_us(theirs)}, {theirs / statistics.median(ours):.0f} times as long")
    return 0


def _seconds(choose: object, credits: Sequence[int], ceilings: Sequence[Ceiling]) -> float:
    best = float("inf")
    for _ in range(3):
        start = perf_counter()
        choose(credits, ceilings)  # type: ignore[operator]
        best = min(best, perf_counter() - start)
    return best


def _us(seconds: float) -> str:
    return f"{seconds * 1e6:.1f} µs"


if __name__ == "__main__":
    sys.exit(main())
