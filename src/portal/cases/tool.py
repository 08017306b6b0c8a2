"""A page on which a person puts one kind of question to a policy: its form, its answer, its files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.cases.answer import Answer, Json
from portal.cases.bridge import NOTHING, Entry, blank
from portal.cases.fields import Option
from portal.cases.keys import Shape
from portal.cases.paper import Paper
from portal.cases.questions import Question
from portal.packs import packs
from portal.wording import in_language
from tauliah.evaluate import KINDS
from tauliah.policy.pack import Pack

Words = str | Promise


@dataclass(frozen=True)
class Part:
    """A part of the form: ``keys`` asked once, or the rows of a list, each with its own keys.

    Rows that are ``counted`` mean something even while empty.
    """

    name: str
    title: Words
    lead: Words = ""
    keys: tuple[str, ...] = ()
    rows: str = ""
    row_title: Words = ""
    add: Words = ""
    keys_of_row: Callable[[Entry], Iterable[str]] | None = None
    counted: bool = False


Parts = Callable[[Entry], tuple[Part, ...]]

WORK_IT_OUT = _("Work it out")


def paper_of(
    kind: str, shape: Shape, parts: Parts, beside: Shape = NOTHING, always: frozenset[str] = frozenset()
) -> Paper:
    """Return the paper of a tool whose case holds the answers to what its parts ask, and no others."""

    def asked(entry: Entry) -> Entry:
        left = blank(shape)
        for part in parts(entry):
            for place in part.keys:
                _copy(place.split("."), entry, left)
            if part.rows:
                left[part.rows] = [_of_row(part, row) for row in entry[part.rows]]
        return left

    return Paper(kind, shape, always, asked, beside)


def _copy(steps: list[str], entry: Entry, into: Entry) -> None:
    head, *rest = steps
    if rest and head in into:
        _copy(rest, entry[head], into[head])
    elif head in into:
        into[head] = entry[head]


def _of_row(part: Part, row: Entry) -> Entry:
    keys = set(part.keys_of_row(row)) if part.keys_of_row else set(row)
    return {key: value if key in keys else type(value)() for key, value in row.items()}


Answering = Callable[[Json, Json, Entry], Answer]
"""Arranges the result of a case for its page; the entry has what was asked beside the case."""


@dataclass(frozen=True)
class Tool:
    """A kind of question with its page; ``namespace:name`` is its route.

    ``parts`` depend on what is entered so far; questions in ``resent`` decide which others are asked.
    A ``live`` tool answers while a person types.
    """

    paper: Paper
    namespace: str
    name: str
    title: Words
    line: Words
    parts: Parts
    questions: Mapping[str, Question]
    answer: Answering
    template: str = ""
    start: Mapping[str, Any] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    resent: frozenset[str] = frozenset()
    choices: Mapping[str, Callable[[Entry], list[Option]]] = field(default_factory=dict)
    live: bool = False
    press: Words = WORK_IT_OUT

    @property
    def kind(self) -> str:
        """The contract's name of the kind."""
        return self.paper.kind

    @property
    def route(self) -> str:
        """The name of its route."""
        return f"{self.namespace}:{self.name}"

    @property
    def policies(self) -> list[Pack]:
        """The packs that answer this kind of question; none where the core does not know the kind yet."""
        return [pack for pack in packs().values() if self.kind in KINDS and pack.covers(self.kind)]

    @property
    def guidelines(self) -> str:
        """The titles of those packs."""
        return ", ".join(in_language(pack.title) for pack in self.policies)

    def new_entry(self, today: date) -> Entry:
        """Return the entry a person starts with."""
        first = self.policies[0].name if self.policies else ""
        given = {"kind": self.kind, "policy": first, **self.start, **dict.fromkeys(self.dates, today)}
        return self.paper.entry_of_case(given)
