"""What a policy applies: each rule, limit and condition with every clause it rests on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tauliah.policy.expression import Table
from tauliah.policy.pack import Binding, Pack
from tauliah.transfer.edition import edition_of
from tauliah.values.text import Text

Sort = Literal["rule", "limit", "condition"]


@dataclass(frozen=True)
class Applied:
    """A rule, limit or condition: its own clauses first, then those of the values it reads."""

    sort: Sort
    name: str
    label: Text
    clauses: tuple[str, ...]
    values: tuple[str, ...]


@lru_cache(maxsize=64)
def applied(pack: Pack) -> tuple[Applied, ...]:
    """Return what the newest version of a pack applies, rules first."""
    return tuple(_applied(pack))


def _applied(pack: Pack) -> Iterator[Applied]:
    edition = edition_of(pack, pack.versions[-1])
    for rule in edition.rules:
        yield _one("rule", rule.binding, rule.cited)
    for limit in edition.limits:
        yield _one("limit", limit.binding, limit.cited)
    for condition in edition.conditions:
        yield _one("condition", condition.binding, [condition.amount] if condition.amount else [])


def _one(sort: Sort, binding: Binding, read: Iterable[Table]) -> Applied:
    tables = list(read)
    clauses = [clause for table in tables for row in table.rows for clause in row.clauses]
    cited = tuple(dict.fromkeys((*binding.clauses, *clauses)))
    return Applied(sort, binding.name, binding.label, cited, tuple(table.name for table in tables))
