"""Judges many applications by one edition: every rule's outcome, every limit's use, who is accepted."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tauliah.batch.frames import GRANTED
from tauliah.batch.tiers import Tier, tiers_of
from tauliah.policy.column_reading import (
    BLOCK,
    NO_WORD,
    NOT_KNOWN,
    TRUE_BYTE,
    UNKNOWN_BYTE,
    Array,
    ColumnReading,
    Frames,
)
from tauliah.policy.expression import ABSENT, FALSE, PASS, Choice, Constant, Lowest, Node, settled
from tauliah.policy.simplify import Occurring, Simplifier
from tauliah.transfer.columns import GIVEN
from tauliah.transfer.edition import Edition
from tauliah.transfer.select import Ceiling, select_one_each
from tauliah.values.vocabulary import CODES

CHUNK = 2**18
Booleans = NDArray[np.bool_]
ABSENT_RULE = Constant(ABSENT, "count")


@dataclass(frozen=True)
class Judged:
    """Many judged applications.

    `outcomes` holds a column for each rule (`FAIL`, `UNCERTAIN`, `PASS`, `ABSENT`; a rule that applies
    to none is left out), `verdict` the lowest of them, `credits` what each claim would give (units),
    `tiers` the passing credits of each limit's tiers by application (units), `binds` the applications in
    which not every passing claim fits.
    """

    outcomes: dict[str, Array]
    verdict: Array
    credits: Array
    tiers: dict[str, list[Array]]
    binds: Booleans
    plan: "Plan"

    @property
    def sums(self) -> dict[str, Array]:
        """The passing credits under each limit by application (units): its tiers share no claim."""
        return {name: sum(tiers[1:], start=tiers[0]) for name, tiers in self.tiers.items()}


@dataclass(frozen=True)
class Plan:
    """What is worked out for a set of frames: simplified for what occurs in them."""

    outcomes: dict[str, Node]
    verdict: Node
    credits: Node
    tiers: dict[str, tuple[Tier, ...]]

    @property
    def of_claim(self) -> list[Node]:
        """The nodes of a claim, in the order in which they are read."""
        members = [tier.counts for tiers in self.tiers.values() for tier in tiers]
        return [*self.outcomes.values(), self.verdict, self.credits, *members]

    @property
    def of_case(self) -> list[Node]:
        """The ceilings of every tier, in the same order."""
        return [tier.ceiling for tiers in self.tiers.values() for tier in tiers]


def plan(frames: Frames, edition: Edition) -> Plan:
    """The edition's rules and limits, without what cannot occur in these frames."""
    simplify = Simplifier(_Occurring(frames))
    outcomes = {r.name: simplify(node) for r, node in zip(edition.rules, edition.outcomes, strict=True)}
    outcomes = {name: node for name, node in outcomes.items() if node != ABSENT_RULE}
    exempting = settled(edition.columns.get("exempting", FALSE))
    credits = Choice(exempting, Constant(0, "credits"), GIVEN["target_credits"])
    tiers = {
        limit.name: tiers_of(simplify(limit.counts), simplify(limit.limit.ceiling))
        for limit in edition.limits
        if limit.limit.ceiling is not None
    }
    counted = {name: t for name, t in tiers.items() if any(tier.counts != FALSE for tier in t)}
    return Plan(outcomes, simplify(Lowest(tuple(outcomes.values()))), simplify(credits), counted)


def judge(frames: Frames, edition: Edition) -> Judged:
    """Every outcome and every limit's use; raises `KeyError` where a required column is missing."""
    work = plan(frames, edition)
    reading = ColumnReading(work.of_case, work.of_claim, single=frames.sources_from is None)
    ceilings, kept = reading.cases(frames.applications)
    results = _Results(work, frames)
    for start in range(0, frames.size, BLOCK):
        applications = slice(start, min(start + BLOCK, frames.size))
        results.take(reading.claims(frames, kept, applications), applications)
    binds = results.binding([np.broadcast_to(c, frames.size) for c in ceilings])
    binds |= _repeated(frames, results.verdict)
    return Judged(results.outcomes, results.verdict, results.credits, results.tiers(), binds, work)


class _Results:
    """The arrays that the blocks write into."""

    def __init__(self, work: Plan, frames: Frames) -> None:
        self.work, self.frames = work, frames
        lines = int(frames.claims_from[-1])
        self.outcomes = {name: np.empty(lines, np.uint8) for name in work.outcomes}
        self.verdict = np.empty(lines, np.uint8)
        self.credits = np.empty(lines, np.int32)
        self.tier_sums = [np.empty(frames.size, np.int32) for tiers in work.tiers.values() for _ in tiers]

    def take(self, values: tuple[Array, ...], applications: slice) -> None:
        """Writes one block: its outcomes, and its sums by application."""
        offsets = self.frames.claims_from[applications.start : applications.stop + 1]
        rows, starts = slice(int(offsets[0]), int(offsets[-1])), offsets[:-1] - offsets[0]
        count = len(self.outcomes)
        for column, value in zip(self.outcomes.values(), values, strict=False):
            column[rows] = value
        self.verdict[rows], self.credits[rows] = values[count], values[count + 1]
        self.add_up(values[count + 2 :], applications, rows, starts)

    def add_up(self, counts: tuple[Array, ...], applications: slice, rows: slice, starts: Array) -> None:
        """The sums of one block, two tiers at a time: as the halves of one number they cost one pass.

        A sum stays below 2**31 (at most 200 claims of 1,000 credits), so the halves do not touch.
        """
        passing = self.credits[rows] * (self.verdict[rows] >= PASS)
        for first in range(0, len(counts), 2):
            pair = np.zeros((len(passing), 2), np.int32)
            for half, counted in enumerate(counts[first : first + 2]):
                np.multiply(passing, counted == TRUE_BYTE, out=pair[:, half])
            added = np.add.reduceat(pair.view(np.int64).reshape(-1), starts).view(np.int32)
            for half, sums in enumerate(self.tier_sums[first : first + 2]):
                sums[applications] = added[half::2]

    def tiers(self) -> dict[str, list[Array]]:
        """The sums of each limit's tiers."""
        tier = iter(self.tier_sums)
        return {name: [next(tier) for _ in tiers] for name, tiers in self.work.tiers.items()}

    def binding(self, ceilings: list[Array]) -> Booleans:
        """Applications in which the claims up to some ceiling together exceed it."""
        binds = np.zeros(self.frames.size, np.bool_)
        place = iter(ceilings)
        for name, sums in self.tiers().items():
            granted = self.frames.applications.get(f"{GRANTED}{name}")
            tops = [next(place) for _ in sums]
            for top in tops:
                exceeds = _within(top, tops, sums) > (
                    top if granted is None else np.maximum(top - granted, 0)
                )
                # A ceiling that is not known is none, and one that no claim reaches says nothing.
                binds |= exceeds & (top != NOT_KNOWN)
        return binds


def _within(top: Array, tops: list[Array], sums: list[Array]) -> Array:
    """The credits of the claims that have to stay within one of a limit's ceilings."""
    if len(tops) == 1:
        return sums[0]
    held = [s * (other <= top) for s, other in zip(sums, tops, strict=True)]
    return sum(held[1:], start=held[0])


def accepted(judged: Judged, frames: Frames) -> Booleans:
    """For each claim whether it is accepted: only applications in which a limit binds need choosing."""
    taken = judged.verdict >= PASS
    binding = np.flatnonzero(judged.binds)
    if not len(binding):
        return taken
    rows = _ranges(frames.claims_from, binding)
    choice = _Choice(judged, _part(frames, binding, rows), rows)
    for place in range(len(binding)):
        chosen = choice.of(place)
        taken[rows[chosen.start : chosen.stop]] = chosen.taken
    return taken


@dataclass(frozen=True)
class _Chosen:
    start: int
    stop: int
    taken: list[bool]


class _Choice:
    """The selection in each of some applications, cut out of their frames."""

    def __init__(self, judged: Judged, part: Frames, rows: Array) -> None:
        plan = judged.plan
        reading = ColumnReading(plan.of_case, plan.of_claim, single=part.sources_from is None)
        ceilings, kept = reading.cases(part.applications)
        values = reading.claims(part, kept, slice(0, part.size))
        self.names = [name for name, tiers in plan.tiers.items() for _ in tiers]
        self.ceilings = [np.broadcast_to(c, part.size).tolist() for c in ceilings]
        counts = values[len(plan.outcomes) + 2 :]
        self.counts = [np.broadcast_to(c == TRUE_BYTE, len(rows)).tolist() for c in counts]
        self.passing = (judged.verdict[rows] >= PASS).tolist()
        self.credits = judged.credits[rows].tolist()
        self.first = part.claims_from.tolist()
        self.granted = {
            name: part.applications[f"{GRANTED}{name}"].tolist()
            for name in plan.tiers
            if f"{GRANTED}{name}" in part.applications
        }
        self.targets = part.claims["target"].tolist() if "target" in part.claims else None

    def of(self, place: int) -> _Chosen:
        """The selection in the application at `place`."""
        start, stop = self.first[place], self.first[place + 1]
        candidates = [i for i in range(start, stop) if self.passing[i]]
        credits = [self.credits[i] for i in candidates]
        ceilings = list(self._ceilings(place, candidates))
        targets = [self.targets[i] for i in candidates] if self.targets else range(len(candidates))
        chosen = dict(zip(candidates, select_one_each(credits, ceilings, targets), strict=True))
        return _Chosen(start, stop, [chosen.get(i, False) for i in range(start, stop)])

    def _ceilings(self, place: int, candidates: list[int]) -> Iterator[Ceiling]:
        by_limit: dict[str, list[tuple[int, int]]] = {}
        for name, heights, counts in zip(self.names, self.ceilings, self.counts, strict=True):
            members = sum(1 << k for k, i in enumerate(candidates) if counts[i])
            if members and heights[place] != NOT_KNOWN:
                by_limit.setdefault(name, []).append((heights[place], members))
        for name, tiers in by_limit.items():
            granted = self.granted[name][place] if name in self.granted else 0
            for top in {height for height, _ in tiers}:
                within = sum(members for height, members in tiers if height <= top)
                yield Ceiling(max(top - granted, 0), within)


def _part(frames: Frames, applications: Array, rows: Array) -> Frames:
    """The frames of some applications only, whose claims are `rows`."""
    sources = rows if frames.sources_from is None else _ranges(frames.sources_from, rows)
    return Frames(
        {name: column[applications] for name, column in frames.applications.items()},
        {name: column[rows] for name, column in frames.claims.items()},
        {name: column[sources] for name, column in frames.sources.items()},
        _offsets_of(frames.claims_from, applications),
        None if frames.sources_from is None else _offsets_of(frames.sources_from, rows),
    )


def _ranges(offsets: Array, chosen: Array) -> Array:
    """The rows that belong to the chosen entries."""
    return np.concatenate([np.arange(offsets[i], offsets[i + 1]) for i in chosen])


def _offsets_of(offsets: Array, chosen: Array) -> Array:
    counts = offsets[chosen + 1] - offsets[chosen]
    return np.concatenate([[0], np.cumsum(counts)])


class _Occurring(dict[str, Occurring]):
    """What each given column holds, looked at when asked for."""

    def __init__(self, frames: Frames) -> None:
        super().__init__()
        self.scopes = {"case": frames.applications, "claim": frames.claims, "source": frames.sources}

    def __missing__(self, name: str) -> Occurring:
        column = GIVEN[name]
        values = self.scopes[column.scope].get(name)
        if values is None and not column.may_be_null:
            raise KeyError(name)
        if values is None:
            found = Occurring(frozenset(), nulls=True)
        elif column.kind == "grade" or column.kind not in (*CODES, "bool"):
            null = NO_WORD if column.kind == "grade" else NOT_KNOWN
            found = Occurring(None, nulls=column.may_be_null and _has(values, null))
        else:
            found = _words_occurring(values, column.kind)
        self[name] = found
        return found


def _words_occurring(values: Array, kind: str) -> Occurring:
    codes = range(3) if kind == "bool" else (*range(len(CODES[kind])), NO_WORD)
    present = _present(values, set(codes))
    if kind == "bool":
        known = frozenset(code == TRUE_BYTE for code in present if code != UNKNOWN_BYTE)
        return Occurring(known, nulls=UNKNOWN_BYTE in present)
    return Occurring(frozenset(present - {NO_WORD}), nulls=NO_WORD in present)


def _present(values: Array, codes: set[int]) -> set[int]:
    """The codes that a column of bytes holds: what a chunk has shown is not looked for again."""
    missing = set(codes)
    for start in range(0, len(values), CHUNK):
        held = values[start : start + CHUNK].tobytes()
        missing = {code for code in missing if held.find(code) < 0}
    return codes - missing


def _has(values: Array, mark: int) -> bool:
    """Whether a column holds a mark; the first block usually tells."""
    return bool((values[:BLOCK] == mark).any() or (values == mark).any())


def _repeated(frames: Frames, verdict: Array) -> Booleans:
    """Applications that ask for one target twice, with both claims passing."""
    found = np.zeros(frames.size, np.bool_)
    if "target" in frames.claims:
        passing = verdict >= PASS
        pairs = np.stack([frames.application[passing], frames.claims["target"][passing]])
        pairs, counts = np.unique(pairs, axis=1, return_counts=True)
        found[pairs[0, counts > 1]] = True
    return found
