"""Who cites whom: the rules, limits, conditions and parameters that rest on a clause."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from portal.policies.applied import applied
from tauliah.policy.pack import Discrepancy, Pack
from tauliah.values.text import Text

Sort = Literal["rule", "limit", "condition", "parameter"]


@dataclass(frozen=True)
class Citation:
    """One thing in a pack that cites a clause."""

    sort: Sort
    name: str
    label: Text


@lru_cache(maxsize=64)
def citations(pack: Pack) -> Mapping[str, tuple[Citation, ...]]:
    """Return what cites each clause; a clause that nothing cites is not a key."""
    found: dict[str, dict[Citation, None]] = defaultdict(dict)
    for clause, citation in _all(pack):
        found[clause][citation] = None
    return {clause: tuple(cited) for clause, cited in found.items()}


def _all(pack: Pack) -> Iterator[tuple[str, Citation]]:
    for each in applied(pack):
        yield from ((clause, Citation(each.sort, each.name, each.label)) for clause in each.clauses)
    for parameter in pack.parameters.values():
        clauses = {clause for _, rows in parameter.history for row in rows for clause in row.clauses}
        citation = Citation("parameter", parameter.name, parameter.label)
        yield from ((clause, citation) for clause in sorted(clauses))


def discrepancies_of(pack: Pack, clause: str) -> tuple[Discrepancy, ...]:
    """Return the discrepancies of a pack in which a clause takes part."""
    return tuple(discrepancy for discrepancy in pack.discrepancies if clause in discrepancy.clauses)
