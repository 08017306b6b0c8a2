"""What kinds of things committees decide: an app that asks them registers its kind here when it is ready."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from portal.accounts.models import Appointment
from tauliah.files.letter import Part

Makers = Callable[[Collection[int]], Mapping[int, Sequence[Part]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of item: its words, the maker of its papers, what keeps its subjects still, and who sees them.

    ``papers`` takes the subjects' numbers and returns what the paper of each says in the language that is
    active. ``hold`` locks their rows until the transaction ends: it is called before anything is recorded,
    so that two people never wait for one another. ``opens`` says whether somebody may open the page of a
    subject.
    """

    label: str | Promise
    many: str | Promise
    papers: Makers
    hold: Callable[[Collection[int]], object]
    opens: Callable[[Appointment | None, int], bool]


KINDS: dict[str, Kind] = {}
"""By the word that items keep."""


def register(name: str, kind: Kind) -> None:
    """Make a kind of item known."""
    KINDS[name] = kind


def label_of(name: str) -> str:
    """Name a kind in the language of the page; an unknown one keeps its word."""
    kind = KINDS.get(name)
    return str(kind.label) if kind else name


def opens(name: str, acting: Appointment | None, subject: int) -> bool:
    """Say whether somebody may open the page of what an item is about."""
    kind = KINDS.get(name)
    return kind is not None and kind.opens(acting, subject)
