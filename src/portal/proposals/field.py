"""What a field of a proposal’s form is, as data: form, checks, print and differences follow from it.

A field is asked of some kinds of course and under some policies; its clauses are named per policy. Fields of
type ``rows`` hold rows of fields; those marked ``column`` are columns of the proposal, all others are kept in
its ``content`` under their name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from portal.proposals.choices import Options, Words
from portal.proposals.models import Kind

Type = Literal[
    "line", "text", "lines", "email", "count", "decimal", "money", "percent", "share",
    "answer", "tick", "choice", "ticks", "codes", "course", "rows",
]  # fmt: skip
"""How a value is typed; ``codes`` are ticked learning outcomes, ``share`` is typed in per cent."""

UNIMAS, UTM, UMPSA = frozenset({"unimas"}), frozenset({"utm"}), frozenset({"umpsa"})
MICRO = frozenset({Kind.ACCREDITED, Kind.STAND_ALONE, Kind.INDUSTRY})
ACCREDITED = frozenset({Kind.ACCREDITED})
ALONE = frozenset({Kind.STAND_ALONE, Kind.INDUSTRY})
EVERY = frozenset(Kind)
MEASURES = ("slides", "minutes", "pages", "questions")
"""Under which key of the content an activity’s amount is kept."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how it is called, typed and explained, where it is asked and by which clauses.

    ``only`` are the policies that ask for it, all where it is empty; ``but`` those that do not.
    """

    name: str
    label: Words
    type: Type = "line"
    help: Words = ""
    clauses: Mapping[str, tuple[str, ...]] | None = None
    required: bool = False
    kinds: frozenset[str] = EVERY
    only: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()
    options: Callable[[], Options] | Options = ()
    rows: tuple["Field", ...] = ()
    row: Words = ""
    most: int = 40
    column: bool = False
    width: int = 12

    def asked(self, kind: str, policy: str) -> bool:
        """Whether the form of this kind of course has it under this policy."""
        return kind in self.kinds and policy not in self.but and (not self.only or policy in self.only)

    def choices(self) -> list[tuple[str, Words]]:
        """Return what is offered, in the language of the page."""
        return list(self.options() if callable(self.options) else self.options)

    def clauses_of(self, policy: str) -> tuple[str, ...]:
        """Return the clauses of a policy that ask for it."""
        return (self.clauses or {}).get(policy, ())


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the form: its name, heading and fields; ``rules`` are the policy's checks shown on it."""

    name: str
    label: Words
    fields: tuple[Field, ...]
    rules: tuple[str, ...] = ()
    about: Words = ""


def by(**clauses: str) -> Mapping[str, tuple[str, ...]]:
    """Return clauses by policy, several in one text apart by blanks."""
    return {policy: tuple(text.split()) for policy, text in clauses.items()}
