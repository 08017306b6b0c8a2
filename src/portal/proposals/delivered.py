"""Whether a course was ever delivered: offerings, which know, tell it here."""

from collections.abc import Callable

from portal.proposals.models import Proposal

Answer = Callable[[Proposal], bool]
KNOWN: list[Answer] = []


def delivered_by(answer: Answer) -> Answer:
    """Have a function asked whether a course was delivered to its end."""
    KNOWN.append(answer)
    return answer


def was_delivered(proposal: Proposal) -> bool:
    """Whether the course was delivered at least once (UNIMAS 1.5(k))."""
    return any(answer(proposal) for answer in KNOWN)
