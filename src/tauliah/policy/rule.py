"""Rules, limits and conditions as functions: what they read, and what they answer with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tauliah.policy.expression import Constant, Node, Table

T = TypeVar("T")


@dataclass(frozen=True)
class Check:
    """What a rule asks of a claim: whether it holds, what was found, what is required.

    `facts` are further values that the words of the message may depend on or show.
    """

    holds: Node
    found: Node
    required: Node
    facts: Mapping[str, Node] = field(default_factory=dict)


@dataclass(frozen=True)
class Limit:
    """How far a claim may fill a limit, in credits; no ceiling is no limit.

    Claims with a lower ceiling share that part: together they stay within it, and all within the
    highest. `shown` is the limit as stated where that is not the highest ceiling among the claims.
    """

    ceiling: Node | None
    shown: Node | None = None


class UndeclaredParameter(KeyError):
    """A rule reads a parameter it has not declared."""


class Values:
    """The parameters of one edition as a rule sees them: only those it declared."""

    def __init__(
        self, tables: Mapping[str, Table], reads: tuple[str, ...], may_read: tuple[str, ...]
    ) -> None:
        self._tables, self._reads, self._may_read = tables, reads, may_read

    def __getitem__(self, name: str) -> Table:
        """The parameter as a node; raises `UndeclaredParameter`."""
        if name not in self._reads:
            raise UndeclaredParameter(name)
        return self._tables[name]

    def optional(self, name: str, otherwise: Constant) -> Table | Constant:
        """The parameter where the pack has it; raises `UndeclaredParameter`."""
        if name not in self._may_read:
            raise UndeclaredParameter(name)
        return self._tables.get(name, otherwise)

    def given(self, name: str) -> Table:
        """A parameter that `has` found; raises `UndeclaredParameter`."""
        if name not in self._may_read:
            raise UndeclaredParameter(name)
        return self._tables[name]

    def has(self, name: str) -> bool:
        """Whether the pack has a parameter that may be read."""
        if name not in self._may_read:
            raise UndeclaredParameter(name)
        return name in self._tables


@dataclass(frozen=True)
class Stated(Generic[T]):
    """A function of the policy under its contract name, with the parameters it reads."""

    name: str
    state: Callable[[Values], T]
    reads: tuple[str, ...]
    may_read: tuple[str, ...]

    def of(self, tables: Mapping[str, Table]) -> T:
        """The function's answer for an edition; raises `KeyError` for a parameter the pack lacks."""
        return self.state(Values(tables, self.reads, self.may_read))


class Register(Generic[T]):
    """The functions of one sort, by the names the contract gives them."""

    def __init__(self) -> None:
        self.by_name: dict[str, Stated[T]] = {}

    def __call__(
        self, *reads: str, may_read: tuple[str, ...] = ()
    ) -> Callable[[Callable[[Values], T]], Callable[[Values], T]]:
        """Decorator: enters a function under its own name, declaring the parameters it reads."""

        def enter(function: Callable[[Values], T]) -> Callable[[Values], T]:
            name = function.__name__
            self.by_name[name] = Stated(name, function, reads, may_read)
            return function

        return enter


rule: Register[Check] = Register()
limit: Register[Limit] = Register()
