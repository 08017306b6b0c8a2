"""Which claims to accept so that the most credits count under all limits at once.

An exact choice. Of two best sets, the one that holds the first claim in which they differ wins
(contract, kind transfer). Credits are integers, so the totals a set of claims can reach are the
bits of one integer: taking a claim of c credits is a shift by c, a limit is a mask. Limits that
lie inside one another or apart (a tree) are worked out from the leaves up; limits that overlap
without nesting share one integer with a digit for each. docs/algorithms/selection.md tells more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from math import gcd

Optimum = Callable[[list[bool | None]], int]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The claims (as bits: claim i is `1 << i`) that together stay within `credits`."""

    credits: int
    claims: int


@dataclass(slots=True)
class _Branch:
    """A limit of a tree, the claims it holds itself, and the limits inside it."""

    credits: int
    claims: int
    own: list[int]
    inner: list["_Branch"]


def select(credits: Sequence[int], ceilings: Sequence[Ceiling]) -> list[bool]:
    """For each claim whether it is in the best set; credits and ceilings in one unit, not negative."""
    binding = [c for c in ceilings if _total(credits, c.claims) > c.credits]
    accepted = [True] * len(credits)
    for group in _apart(binding):
        members = _members(reduce(int.__or__, (c.claims for c in group)))
        chosen = _select_group([credits[i] for i in members], _renumber(group, members))
        for i, taken in zip(members, chosen, strict=True):
            accepted[i] = taken
    return accepted


def _select_group(credits: list[int], ceilings: list[Ceiling]) -> list[bool]:
    unit = gcd(*credits) or 1
    credits = [c // unit for c in credits]
    ceilings = [Ceiling(max(c.credits, 0) // unit, c.claims) for c in ceilings]
    greedy = _in_order(credits, ceilings)
    tree = _tree(ceilings)
    optimum = _tree_optimum(credits, tree) if tree else _grid_optimum(credits, ceilings)
    undecided: list[bool | None] = [None] * len(credits)
    best = optimum(undecided)
    if sum(c for c, taken in zip(credits, greedy, strict=True) if taken) == best:
        return greedy
    return _first_of_best(credits, ceilings, optimum, best)


def _in_order(credits: list[int], ceilings: list[Ceiling]) -> list[bool]:
    """Claims taken in order wherever they fit: if that reaches the optimum, no set comes before it."""
    room = [c.credits for c in ceilings]
    of_claim = [[k for k, c in enumerate(ceilings) if c.claims >> i & 1] for i in range(len(credits))]
    taken = []
    for wanted, limits in zip(credits, of_claim, strict=True):
        fits = all(room[k] >= wanted for k in limits)
        taken.append(fits)
        if fits:
            for k in limits:
                room[k] -= wanted
    return taken


def _first_of_best(credits: list[int], ceilings: list[Ceiling], optimum: Optimum, best: int) -> list[bool]:
    """Decides claim by claim: in wherever the optimum can still be reached with it."""
    decided: list[bool | None] = [None] * len(credits)
    refused: set[tuple[int, tuple[bool, ...]]] = set()
    for i, wanted in enumerate(credits):
        # A claim like one already refused (same credits, same limits) could be swapped for it.
        kind = (wanted, tuple(bool(c.claims >> i & 1) for c in ceilings))
        if kind in refused:
            decided[i] = False
            continue
        decided[i] = True
        if optimum(decided) < best:
            decided[i] = False
            refused.add(kind)
    return [taken is True for taken in decided]


def _tree_optimum(credits: list[int], roots: list[_Branch]) -> Optimum:
    def reach(branch: _Branch, decided: list[bool | None]) -> int:
        sums = 1
        for i in branch.own:
            taken = decided[i]
            if taken is None:
                sums |= sums << credits[i]
            elif taken:
                sums <<= credits[i]
        for inner in branch.inner:
            sums = _pairwise(sums, reach(inner, decided))
        return sums & ((1 << (branch.credits + 1)) - 1)

    return lambda decided: sum(reach(root, decided).bit_length() - 1 for root in roots)


def _grid_optimum(credits: list[int], ceilings: list[Ceiling]) -> Optimum:
    """Overlapping limits: one digit for each limit, wide enough that a step cannot run over."""
    widest = max(credits)
    places, width = [], 1
    for c in ceilings:
        places.append(width)
        width *= c.credits + widest + 1
    steps = [
        sum(place * wanted for place, c in zip(places, ceilings, strict=True) if c.claims >> i & 1)
        for i, wanted in enumerate(credits)
    ]
    allowed = _grid_mask([(c.credits, c.credits + widest + 1) for c in ceilings])

    def optimum(decided: list[bool | None]) -> int:
        by_total = {0: 1}
        for i, taken in enumerate(decided):
            grown = {total + credits[i]: (s << steps[i]) & allowed for total, s in by_total.items()}
            if taken is None:
                for total, states in by_total.items():
                    grown[total] = grown.get(total, 0) | states
            by_total = {t: s for t, s in (by_total if taken is False else grown).items() if s}
        return max(by_total, default=-1)

    return optimum


def _grid_mask(digits: list[tuple[int, int]]) -> int:
    """A bit for each combination of digits that is within every limit; `(limit, base)` each."""
    mask, width = 1, 1
    for most, base in digits:
        repeated = 0
        for digit in range(most + 1):
            repeated |= mask << (digit * width)
        mask, width = repeated, width * base
    return mask


def _tree(ceilings: list[Ceiling]) -> list[_Branch]:
    """The limits as a tree, or nothing where two overlap without one lying inside the other."""
    roots: list[_Branch] = []
    for ceiling in sorted(ceilings, key=lambda c: (-c.claims.bit_count(), -c.credits)):
        level, parent = roots, None
        while True:
            around = [b for b in level if b.claims & ceiling.claims]
            if not around:
                break
            if len(around) > 1 or ceiling.claims & ~around[0].claims:
                return []
            parent = around[0]
            level = parent.inner
        level.append(_Branch(ceiling.credits, ceiling.claims, _members(ceiling.claims), []))
        if parent:
            parent.own = [i for i in parent.own if not ceiling.claims >> i & 1]
    return roots


def _apart(ceilings: list[Ceiling]) -> list[list[Ceiling]]:
    """The limits in groups that share no claim: each group is a choice of its own."""
    groups: list[tuple[int, list[Ceiling]]] = []
    for ceiling in ceilings:
        touching = [g for g in groups if g[0] & ceiling.claims]
        claims = reduce(int.__or__, (g[0] for g in touching), ceiling.claims)
        joined = [c for g in touching for c in g[1]] + [ceiling]
        groups = [g for g in groups if not g[0] & ceiling.claims] + [(claims, joined)]
    return [group for _, group in groups]


def _pairwise(left: int, right: int) -> int:
    """Every sum of a total of the one and a total of the other."""
    if left.bit_count() < right.bit_count():
        left, right = right, left
    sums = 0
    while right:
        low = right & -right
        sums |= left << (low.bit_length() - 1)
        right ^= low
    return sums


def _renumber(ceilings: Sequence[Ceiling], members: list[int]) -> list[Ceiling]:
    place = {claim: i for i, claim in enumerate(members)}
    return [Ceiling(c.credits, sum(1 << place[i] for i in _members(c.claims))) for c in ceilings]


def _members(claims: int) -> list[int]:
    return [i for i in range(claims.bit_length()) if claims >> i & 1]


def _total(credits: Sequence[int], claims: int) -> int:
    return sum(credits[i] for i in _members(claims))
