"""Which clauses of a pack are carried out, by what, and in which of the ways they are meant to be."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tauliah.policy.finding import Finding
from tauliah.policy.pack import Clause, Pack
from tauliah.values.text import Text

SHOWN = "page:policies:clause"
"""The clause's own page: it shows what the clause says and carries out nothing else."""

SHOWING = frozenset({"page", "data", "none"})
COMPUTING = frozenset({"rule", "limit", "calculation", "data"})
REACHING: Mapping[str, Collection[str]] = MappingProxyType(
    {
        "rule": COMPUTING,
        "limit": COMPUTING,
        "condition": COMPUTING,
        "case": COMPUTING,
        "kind": COMPUTING,
        "parameter": ("data",),
        "state": ("workflow",),
        "step": ("workflow", "permission"),
        "checklist": ("document",),
        "term": ("record",),
        "action": ("record",),
        "letter": ("document",),
        "notice": ("notification",),
        "role": ("permission",),
    }
)
"""The ways in which each sort of thing carries a clause out; a page or a test may do so in any."""
PORTAL = ("action", "letter", "notice", "role", "test", "page")
"""Sorts that only a test of the house can look up, because they lie outside the pack."""
WORKING = frozenset({"state", "step", "checklist", "term", "action", "letter", "notice", "role"})
"""Sorts of what people do in the portal: a test must show that they do it."""

UNKNOWN_SORT = Text(
    "`realised_by`: “{reference}” tidak bermula dengan salah satu daripada: {sorts}.",
    "`realised_by`: “{reference}” does not begin with one of: {sorts}.",
)
UNKNOWN_NAME = Text("`realised_by`: tiada {reference}.", "`realised_by`: there is no {reference}.")


@dataclass(frozen=True)
class Share:
    """How many clauses are realised, and of how many."""

    realised: int
    clauses: int


def coverage(pack: Pack) -> Share:
    """The share of a pack's clauses whose `realised_by` names something."""
    return _share(pack, lambda _: True, lambda clause: bool(clause.realised_by))


def coverage_by_way(pack: Pack) -> Mapping[str, Share]:
    """The same for each way in which clauses are to be realised; one is realised only in ways it reaches."""
    ways = sorted({way for clause in pack.clauses.values() for way in clause.realised_as})
    return {way: _of_way(pack, way) for way in ways}


def _of_way(pack: Pack, way: str) -> Share:
    return _share(pack, lambda clause: way in clause.realised_as, lambda clause: reaches(clause, way))


def _share(pack: Pack, counts: Callable[[Clause], bool], realised: Callable[[Clause], bool]) -> Share:
    counted = [clause for clause in pack.clauses.values() if counts(clause)]
    return Share(sum(map(realised, counted)), len(counted))


def reaches(clause: Clause, way: str) -> bool:
    """Whether something in `realised_by` carries the clause out in this way.

    A value holds data, what the engine computes realises rules too, the clause's page shows it, a step of
    a process is a workflow, and so on; a test or a page of the portal may show any.
    """
    return any(_reaches(reference, way) for reference in clause.realised_by)


def _reaches(reference: str, way: str) -> bool:
    if reference == SHOWN:
        return way in SHOWING
    sort = reference.partition(":")[0]
    return sort in ("test", "page") or way in REACHING.get(sort, ())


def missing_realisations(pack: Pack, cases: Collection[str], kinds: Collection[str]) -> Iterator[Finding]:
    """References of `realised_by` to what does not exist; the portal's are for the house's own test."""
    known: Mapping[str, Collection[str]] = {
        "rule": pack.rules,
        "limit": pack.limits,
        "condition": pack.conditions,
        "parameter": pack.parameters,
        "case": cases,
        "kind": kinds,
        **names_in_processes(pack),
    }
    for clause in pack.clauses.values():
        for reference in clause.realised_by:
            sort, _, name = reference.partition(":")
            if sort not in (*known, *PORTAL) or not name:
                words = UNKNOWN_SORT.fill(reference=reference, sorts=", ".join((*known, *PORTAL)))
                yield Finding(f"clauses.{clause.id}", words)
            elif sort in known and name not in known[sort]:
                yield Finding(f"clauses.{clause.id}", UNKNOWN_NAME.fill(reference=reference))


def names_in_processes(pack: Pack) -> Mapping[str, Mapping[str, Text]]:
    """What the pack's processes hold, by sort and name (`credit_transfer/submit`), with its label."""
    processes = pack.processes.values()
    return {
        "state": {f"{p.name}/{s.name}": s.label for p in processes for s in p.states.values()},
        "step": {f"{p.name}/{s.name}": s.label for p in processes for s in p.steps.values()},
        "checklist": {
            f"{p.name}/{name}/{item.key}": item.label
            for p in processes
            for name, items in p.checklists.items()
            for item in items
        },
        "term": {f"{p.name}/{award}": term for p in processes for award, term in p.terms.items()},
    }
