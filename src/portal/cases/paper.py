"""A kind of case as its form takes it: which keys it has, and which of them are asked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.cases import bridge
from portal.cases.bridge import Case, Entry
from portal.cases.keys import Shape


def whole(case: Case) -> Case:
    """Share a case as it is."""
    return case


def everything(entry: Entry) -> Entry:
    """Ask every question, whatever the answers to the others."""
    return entry


@dataclass(frozen=True)
class Paper:
    """A kind of case on paper; blocks in ``always`` are written even when empty.

    ``asked`` leaves out answers to questions that the other answers make pointless. ``beside`` are
    questions that the page asks beside the case; their answers are never part of it. ``shared`` takes
    out of a case what should not travel in an address.
    """

    kind: str
    shape: Shape
    always: frozenset[str] = frozenset()
    asked: Callable[[Entry], Entry] = everything
    beside: Shape = field(default_factory=dict)
    shared: Callable[[Case], Case] = whole

    @property
    def form(self) -> Shape:
        """The keys of the case and those asked beside it."""
        return {**self.shape, "beside": self.beside} if self.beside else self.shape

    def case_of(self, entry: Entry) -> Case:
        """Write an entry as a case; what is empty is not known and is left out."""
        return {"kind": self.kind} | bridge.written(self.asked(entry), self.shape, self.always)

    def entry_of_case(self, case: Mapping[str, Any]) -> Entry:
        """Fill an entry from a case; what is not of the contract is left aside."""
        return bridge.entry_of_case(case, self.form)

    def entry_of_form(self, fields: Iterable[tuple[str, list[str]]]) -> Entry:
        """Gather the fields of a form; names that are no place of such a case are left aside."""
        return bridge.entry_of_form(fields, self.form)

    def rewritten(self, case: Mapping[str, Any]) -> Case:
        """Write a case as the form would: with the contract's keys and no others."""
        return self.case_of(self.entry_of_case(case))
