"""Do all contestants give the same answers? Asked before anything is timed.

    python -m bench.agree [--applications 4000]

Exit code 0: every outcome, verdict, sum and flag agrees; 1: the first difference is printed.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.columns import Data
from bench.contestants import Contestant, available
from bench.documents import documents
from bench.edges import at_the_limits
from bench.generate import SEED, generate
from bench.outcome import ABSENT, FAIL, PASS, RULES, SUMS, UNKNOWN, Outcomes, gathered
from bench.peers import objects_peer
from bench.vocabulary import CREDIT, OVERALL_PERCENT, VERTICAL_PERCENT

SOMETIMES_ABSENT = ("direction", "prior_outcome", "accreditation", "approved_beforehand")
SINGLES = 200


def samples(applications: int) -> list[tuple[Data, Outcomes]]:
    """The usual spread, and applications moved to the edge of a limit, as plain objects judge them."""
    usual, crowded = generate(applications), generate(max(applications // 4, 400), SEED + 1, crowded=0.9)
    edges = at_the_limits(crowded, _judged(crowded))
    return [(data, _judged(data)) for data in (usual, edges)]


def difference(expected: Outcomes, found: Outcomes) -> str | None:
    """The first difference in words, or None."""
    for name, left, right in _columns(expected, found):
        if len(left) != len(right):
            return f"{name}: {len(right)} values instead of {len(left)}"
        rows = np.flatnonzero(np.asarray(left) != np.asarray(right))
        if len(rows):
            row = rows[0]
            return f"{name}, row {row}: {right[row]} instead of {left[row]} ({len(rows)} rows differ)"
    return None


def gaps(parts: Sequence[tuple[Data, Outcomes]]) -> list[str]:
    """What the samples fail to show: an outcome that a rule never had, a limit never met or exceeded."""
    checks = {rule: np.concatenate([o.checks[n] for _, o in parts]) for n, rule in enumerate(RULES)}
    found = {rule: set(np.unique(column).tolist()) for rule, column in checks.items()}
    missing = [f"{rule}: only outcomes {seen}" for rule, seen in found.items() if seen != _possible(rule)]
    return missing + [name for name, seen in _limits_seen(parts).items() if not seen]


def disagreement(contestant: Contestant, data: Data, expected: Outcomes) -> str | None:
    """The contestant's first difference in this data, in a batch or case by case."""
    batch = difference(expected, contestant.run(contestant.prepare(data)))
    if batch is not None or contestant.run_one is None:
        return batch
    some = data.part(0, min(SINGLES, data.size))
    singles = gathered(contestant.run_one(document) for document in islice(documents(data), some.size))
    one = difference(_judged(some), singles)
    return None if one is None else f"case by case: {one}"


def check(contestants: Sequence[Contestant], applications: int) -> str | None:
    """The first difference of any contestant from plain Python objects, or None."""
    parts = samples(applications)
    missing = gaps(parts)
    if missing:
        return f"the samples do not show: {'; '.join(missing)}"
    for contestant in contestants:
        for data, expected in parts:
            found = disagreement(contestant, data, expected)
            if found is not None:
                return f"{contestant.name}: {found}"
    return None


def main() -> int:
    """Compare everyone who is there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--applications", type=int, default=4000)
    arguments = parser.parse_args()
    contestants = available()
    found = check(contestants, arguments.applications)
    print(found or f"{', '.join(c.name for c in contestants)}: agree")
    return 0 if found is None else 1


def _possible(rule: str) -> set[int]:
    return {FAIL, UNKNOWN, PASS, *([ABSENT] if rule in SOMETIMES_ABSENT else [])}


def _judged(data: Data) -> Outcomes:
    return objects_peer.run(objects_peer.prepare(data))


def _columns(expected: Outcomes, found: Outcomes) -> Iterator[tuple[str, NDArray[Any], NDArray[Any]]]:
    yield from zip(RULES, expected.checks, found.checks, strict=True)
    yield "verdict", expected.verdict, found.verdict
    yield from zip(SUMS, expected.sums, found.sums, strict=True)
    yield "binds", expected.binds, found.binds


def _limits_seen(parts: Sequence[tuple[Data, Outcomes]]) -> dict[str, bool]:
    """For each sum, whether 30 % (overall 60 %) of the credits were met exactly, and exceeded."""
    seen = {}
    for row, name in enumerate(SUMS):
        percent = OVERALL_PERCENT if name == "overall_limit" else VERTICAL_PERCENT
        sums = np.concatenate([outcomes.sums[row] for _, outcomes in parts])
        credits = np.concatenate([data.applications["graduating_credits"].values for data, _ in parts])
        limit = credits.astype(np.int64) * percent // (100 * CREDIT) * CREDIT
        seen[f"{name} met"] = bool((sums == limit).any())
        seen[f"{name} exceeded"] = bool((sums > limit).any())
    return seen


if __name__ == "__main__":
    sys.exit(main())
