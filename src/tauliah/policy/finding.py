"""What an audit of a pack says: a finding in plain words, and a case as it was tried."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tauliah.values.text import Text


@dataclass(frozen=True)
class Finding:
    """One thing that a pack lacks or gets wrong; `where` names file and entry, `rules.minimum_grade`."""

    where: str
    message: Text


@dataclass(frozen=True)
class Trial:
    """A case of the pack with its answer; without a `result` the case is not valid."""

    name: str
    document: Mapping[str, Any]
    result: Mapping[str, Any] | None


@dataclass(frozen=True)
class Engine:
    """What the program knows of a pack: its columns and facts by unit, and which outcomes can happen.

    `read` names the parameters that transfer reads; `outcomes` holds, by rule, those that some case could
    have; `faults` the editions that do not compile.
    """

    read: frozenset[str]
    columns: Mapping[str, str]
    facts: Mapping[str, Mapping[str, str]]
    outcomes: Mapping[str, frozenset[str]]
    faults: tuple[Finding, ...]
    kinds: tuple[str, ...]
