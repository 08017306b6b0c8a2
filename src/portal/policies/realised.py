"""What carries a clause out, as the clause page lists it, and how many clauses are carried out at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from portal.accounts.roles import Role
from portal.notices.kinds import kinds
from portal.records.words import in_words
from tauliah.policy.coverage import SHOWN, Share, coverage, coverage_by_way, names_in_processes
from tauliah.policy.pack import Clause, Pack
from tauliah.values.text import Text, same
from tauliah.values.vocabulary import VOCABULARY

LABELLED = ("rule", "limit", "condition", "kind")
PROCESS = ("state", "step", "checklist", "term")
VALUE = re.compile(r"\{[^}]*\}")
"""The place of a value in the words of a notice."""


@dataclass(frozen=True)
class Realisation:
    """One thing that carries a clause out, with its page if it has one; `shown`: the clause's own page."""

    sort: str
    label: Text
    address: str = ""
    shown: bool = False


@dataclass(frozen=True)
class Covered:
    """The clauses of a policy that are carried out, together and by the way they are meant to be."""

    share: Share
    ways: dict[str, Share]


def realised_by(pack: Pack, clause: Clause) -> list[Realisation]:
    """Return what carries a clause out, in the order the pack names it."""
    return list(_realised_by(pack, clause))


def _realised_by(pack: Pack, clause: Clause) -> Iterator[Realisation]:
    for reference in clause.realised_by:
        sort, _, name = reference.partition(":")
        address = _address(pack, clause, sort, name)
        yield Realisation(sort, _label(pack, sort, name), address, reference == SHOWN)


def _label(pack: Pack, sort: str, name: str) -> Text:
    if sort == "parameter" and name in pack.parameters:
        return pack.parameters[name].label
    if sort in LABELLED:
        return VOCABULARY.get(sort, {}).get(name, same(name))
    if sort in PROCESS:
        return names_in_processes(pack)[sort].get(name, same(name))
    if sort == "notice" and name in kinds():
        return Text(*(VALUE.sub("…", kinds()[name].title[language]) for language in ("ms", "en")))
    if sort == "action":
        return same(in_words(name))
    if sort == "role" and name in Role.values:
        return same(str(Role(name).label))
    return same(name.rpartition("::")[2].replace("_", " ").replace("-", " ").replace(":", ": "))


def _address(pack: Pack, clause: Clause, sort: str, name: str) -> str:
    """The page of what carries the clause out; the clause's own page needs no link."""
    if sort == "parameter":
        return reverse("policies:parameter", args=[pack.name, name])
    if sort in ("rule", "limit", "condition"):
        return f"{reverse('policies:pack', args=[pack.name])}#{sort}-{name}"
    if sort == "page" and name != "policies:clause":
        try:
            return reverse(name)
        except NoReverseMatch:
            return ""
    return ""


def covered(pack: Pack) -> Covered:
    """Count the clauses of a policy that are carried out."""
    return Covered(coverage(pack), dict(coverage_by_way(pack)))
