"""What a course stacks to, on its public page: those who know it say so here, in the layer above.

``SOURCES`` are asked in turn with the course; each gives rows for ``stacking/_of_course.html``.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portal.proposals.models import Proposal

Source = Callable[["Proposal"], Iterable[Any]]
SOURCES: list[Source] = []


def stacks_of(proposal: "Proposal") -> list[Any]:
    """Return what a course counts toward, as its page shows it."""
    return [row for source in SOURCES for row in source(proposal)]
