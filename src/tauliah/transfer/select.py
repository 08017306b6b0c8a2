"""Which claims to accept so that the most credits count under all limits at once.

An exact choice. Of two best sets, the one that holds the first claim in which they differ wins
(contract, kind transfer). Credits are integers, so the totals a set of claims can reach are the
bits of one integer: taking a claim of c credits is a shift by c, a limit is a mask. Limits that
lie inside one another or apart (a tree) are worked out from the leaves up; limits that overlap
without nesting share one integer with a digit for each, or, where that would be too wide, are
searched with a bound. docs/algorithms/selection.md tells more.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import product
from math import gcd, prod

MOST_BITS = 4_000_000
"""Bits of one integer up to which totals are kept as such, in the credits' common unit."""

MOST_UNITS = 100_000
"""Credits of a limit, in the common unit, up to which a tree is worked out: 1,000 credits in hundredths."""

MOST_STATES = 100_000
"""States after which a search stops with the best set so far; a real application needs a few hundred."""

MOST_COMBINATIONS = 64
"""Ways to choose among claims for the same targets that are tried; beyond, the first claim of each stands."""

Decided = list[bool | None]
Solver = Callable[[Decided], tuple[int, Callable[[], list[bool]]]]
"""From what is decided to the most credits that can be reached (-1: none), and a set that reaches it."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The claims (as bits: claim i is `1 << i`) that together stay within `credits`."""

    credits: int
    claims: int


@dataclass(slots=True)
class _Branch:
    """A limit of a tree, the claims it holds itself, and the limits inside it."""

    mask: int
    claims: int
    own: list[int]
    inner: list["_Branch"]


def select(credits: Sequence[int], ceilings: Sequence[Ceiling]) -> list[bool]:
    """For each claim whether it is in the best set; credits and ceilings in one unit, not negative."""
    binding = [c for c in ceilings if sum(credits[i] for i in _members(c.claims)) > c.credits]
    accepted = [True] * len(credits)
    for group in _apart(binding):
        members = _members(reduce(int.__or__, (c.claims for c in group)))
        chosen = _select_group([credits[i] for i in members], _renumber(group, members))
        for i, taken in zip(members, chosen, strict=True):
            accepted[i] = taken
    return accepted


def select_one_each(
    credits: Sequence[int], ceilings: Sequence[Ceiling], targets: Sequence[Hashable]
) -> list[bool]:
    """As `select`, with at most one claim accepted for each target: a course is given once."""
    groups: dict[Hashable, list[int]] = {}
    for i, target in enumerate(targets):
        groups.setdefault(target, []).append(i)
    if len(groups) == len(targets):
        return select(credits, ceilings)
    tried = [_select_among(credits, ceilings, kept) for kept in _kept_claims(list(groups.values()))]
    return max(tried, key=lambda taken: (sum(c for c, yes in zip(credits, taken, strict=True) if yes), taken))


def _kept_claims(groups: list[list[int]]) -> Iterator[list[int]]:
    """One claim of each target, in every way there is, or the first of each where there are too many."""
    if prod(len(group) for group in groups) > MOST_COMBINATIONS:
        yield sorted(group[0] for group in groups)
    else:
        yield from (sorted(kept) for kept in product(*groups))


def _select_among(credits: Sequence[int], ceilings: Sequence[Ceiling], kept: list[int]) -> list[bool]:
    among = sum(1 << i for i in kept)
    inside = [Ceiling(c.credits, c.claims & among) for c in ceilings]
    taken = select([c if among >> i & 1 else 0 for i, c in enumerate(credits)], inside)
    return [yes and bool(among >> i & 1) for i, yes in enumerate(taken)]


def _select_group(credits: list[int], ceilings: list[Ceiling]) -> list[bool]:
    unit = gcd(*credits) or 1
    credits = [c // unit for c in credits]
    ceilings = _telling([Ceiling(max(c.credits, 0) // unit, c.claims) for c in ceilings])
    solve = _solver(credits, ceilings)
    if solve is None:
        return _search(credits, ceilings)
    decided: Decided = [None] * len(credits)
    best, reaching = solve(decided)
    in_order = _in_order(credits, ceilings)
    if sum(c for c, taken in zip(credits, in_order, strict=True) if taken) == best:
        return in_order
    return _first_of_best(credits, ceilings, solve, best, reaching())


def _solver(credits: list[int], ceilings: list[Ceiling]) -> Solver | None:
    """The way to work the optimum out: as a tree, as a grid, or none that stays small."""
    tree = _tree(ceilings)
    if not tree:
        return _grid_solver(credits, ceilings)
    return _tree_solver(credits, tree) if max(c.credits for c in ceilings) <= MOST_UNITS else None


def _in_order(credits: list[int], ceilings: list[Ceiling]) -> list[bool]:
    """Claims taken in order wherever they fit: if that reaches the optimum, no set comes before it."""
    room = [c.credits for c in ceilings]
    limits: list[list[int]] = [[] for _ in credits]
    for k, ceiling in enumerate(ceilings):
        for i in _members(ceiling.claims):
            limits[i].append(k)
    taken = [False] * len(credits)
    for i, wanted in enumerate(credits):
        for k in limits[i]:
            if room[k] < wanted:
                break
        else:
            taken[i] = True
            for k in limits[i]:
                room[k] -= wanted
    return taken


def _first_of_best(
    credits: list[int], ceilings: list[Ceiling], solve: Solver, best: int, reached: list[bool]
) -> list[bool]:
    """Decides claim by claim: in wherever the optimum can still be reached with it.

    A claim of the best set at hand stays in; only for the others the optimum is worked out anew.
    """
    decided: Decided = [None] * len(credits)
    refused: set[tuple[int, ...]] = set()
    for i, wanted in enumerate(credits):
        if reached[i]:
            decided[i] = True
            continue
        # A claim like one already refused (same credits, same limits) could be swapped for it.
        kind = (wanted, *(c.claims >> i & 1 for c in ceilings))
        decided[i] = kind not in refused
        if decided[i]:
            most, reaching = solve(decided)
            if most == best:
                reached = reaching()
            else:
                decided[i] = False
                refused.add(kind)
    return [taken is True for taken in decided]


def _tree_solver(credits: list[int], roots: list[_Branch]) -> Solver:
    def reach(branch: _Branch, decided: Decided) -> tuple[int, Callable[[int, list[bool]], None]]:
        """The totals a branch can reach, and how one of them is reached."""
        inner = [reach(b, decided) for b in branch.inner]
        sums, before = 1, []
        for totals, _ in inner:
            before.append(sums)
            sums = totals if sums == 1 else _pairwise(sums, totals)
        layers = []
        for i in reversed(branch.own):
            layers.append(sums)
            taken = decided[i]
            if taken is None:
                sums |= sums << credits[i]
            elif taken:
                sums <<= credits[i]

        def retrace(total: int, chosen: list[bool]) -> None:
            for i in branch.own:
                layer, rest = layers.pop(), total - credits[i]
                taken = decided[i]
                if taken or (taken is None and rest >= 0 and layer >> rest & 1):
                    chosen[i], total = True, rest
            for (totals, back), others in zip(reversed(inner), reversed(before), strict=True):
                part = _split(total, totals, others)
                back(part, chosen)
                total -= part

        return sums & branch.mask, retrace

    def solve(decided: Decided) -> tuple[int, Callable[[], list[bool]]]:
        found = [reach(root, decided) for root in roots]
        tops = [sums.bit_length() - 1 for sums, _ in found]

        def reaching() -> list[bool]:
            chosen = [False] * len(credits)
            for (_, retrace), top in zip(found, tops, strict=True):
                retrace(top, chosen)
            return chosen

        return (-1 if min(tops) < 0 else sum(tops)), reaching

    return solve


def _split(total: int, totals: int, others: int) -> int:
    """The largest of `totals` that some of `others` completes to `total`."""
    part = min(total, totals.bit_length() - 1)
    while not (totals >> part & 1 and others >> (total - part) & 1):
        part -= 1
    return part


def _grid_solver(credits: list[int], ceilings: list[Ceiling]) -> Solver | None:
    """Overlapping limits: one digit for each limit and one for the total, wide enough for a step.

    Nothing where the number would be too wide.
    """
    widest = max(credits)
    whole = Ceiling(sum(credits), (1 << len(credits)) - 1)
    digits = [*ceilings, whole]
    places, width = [], 1
    for c in digits:
        places.append(width)
        width *= c.credits + widest + 1
    if width > MOST_BITS:
        return None
    steps = [
        sum(place * wanted for place, c in zip(places, digits, strict=True) if c.claims >> i & 1)
        for i, wanted in enumerate(credits)
    ]
    allowed = _grid_mask([(c.credits, c.credits + widest + 1) for c in digits])

    def solve(decided: Decided) -> tuple[int, Callable[[], list[bool]]]:
        states, layers = 1, []
        for i in reversed(range(len(credits))):
            layers.append(states)
            if decided[i] is not False:
                grown = (states << steps[i]) & allowed
                states = grown if decided[i] else states | grown
        top = states.bit_length() - 1

        def reaching() -> list[bool]:
            state, chosen = top, []
            for i, layer in enumerate(reversed(layers)):
                rest = state - steps[i]
                taken = bool(decided[i]) or (decided[i] is None and rest >= 0 and bool(layer >> rest & 1))
                chosen.append(taken)
                state = rest if taken else state
            return chosen

        return (top // places[-1] if top >= 0 else -1), reaching

    return solve


def _grid_mask(digits: list[tuple[int, int]]) -> int:
    """A bit for each combination of digits that is within every limit; `(limit, base)` each."""
    mask, width = 1, 1
    for most, base in digits:
        mask, width = _repeat(mask, width, most + 1), width * base
    return mask


def _repeat(mask: int, width: int, times: int) -> int:
    """A pattern side by side, by doubling."""
    if times == 1:
        return mask
    half = _repeat(mask, width, times // 2)
    doubled = half | half << (width * (times // 2))
    return doubled | mask << (width * (times - 1)) if times % 2 else doubled


def _search(credits: list[int], ceilings: list[Ceiling]) -> list[bool]:
    """Overlapping limits: claims taken first, then left out, unless a bound shows that no better set follows.

    The first best set found in this order is the one the tie rule wants. A state met before with no
    fewer credits is not looked at again. Beyond `MOST_STATES` states the best set so far stands.
    """
    size = len(credits)
    rest = [sum(credits[i:]) for i in range(size + 1)]
    held = [[bool(c.claims >> i & 1) for c in ceilings] for i in range(size)]
    outside = [
        [
            sum(c for c, inside in zip(credits[i:], held[i:], strict=True) if not inside[k])
            for i in range(size + 1)
        ]
        for k in range(len(ceilings))
    ]
    best, best_set, seen = -1, 0, dict[tuple[int, ...], int]()
    open_ = [(0, 0, 0, tuple(c.credits for c in ceilings))]
    while open_ and len(seen) < MOST_STATES:
        i, total, taken, room = open_.pop()
        reachable = min(rest[i], *(r + outside[k][i] for k, r in enumerate(room)))
        if total + reachable <= best or seen.get((i, *room), -1) >= total:
            continue
        seen[i, *room] = total
        if i == size:
            best, best_set = total, taken
            continue
        open_.append((i + 1, total, taken, room))
        left = tuple(r - credits[i] if inside else r for r, inside in zip(room, held[i], strict=True))
        if min(left) >= 0:
            open_.append((i + 1, total + credits[i], taken | 1 << i, left))
    return [bool(best_set >> i & 1) for i in range(size)]


def _tree(ceilings: list[Ceiling]) -> list[_Branch]:
    """The limits as a tree, or nothing where two overlap without one lying inside the other."""
    roots: list[_Branch] = []
    for ceiling in sorted(ceilings, key=lambda c: (-c.claims.bit_count(), -c.credits)):
        level, parent = roots, None
        while around := [b for b in level if b.claims & ceiling.claims]:
            if len(around) > 1 or ceiling.claims & ~around[0].claims:
                return []
            parent = around[0]
            level = parent.inner
        level.append(_Branch((2 << ceiling.credits) - 1, ceiling.claims, list(_members(ceiling.claims)), []))
        if parent:
            parent.own = [i for i in parent.own if not ceiling.claims >> i & 1]
    return roots


def _telling(ceilings: list[Ceiling]) -> list[Ceiling]:
    """The limits without those that another one already implies: as many claims and no more room."""
    kept: list[Ceiling] = []
    for c in sorted(ceilings, key=lambda c: (c.credits, -c.claims.bit_count())):
        if not any(c.claims & ~other.claims == 0 for other in kept):
            kept.append(c)
    return kept


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


def _renumber(ceilings: Sequence[Ceiling], members: Sequence[int]) -> list[Ceiling]:
    if members[-1] == len(members) - 1:
        return list(ceilings)
    place = {claim: i for i, claim in enumerate(members)}
    return [Ceiling(c.credits, sum(1 << place[i] for i in _members(c.claims))) for c in ceilings]


@lru_cache(maxsize=4096)
def _members(claims: int) -> tuple[int, ...]:
    return tuple(i for i, bit in enumerate(bin(claims)[:1:-1]) if bit == "1")
