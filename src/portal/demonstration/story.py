"""What a story of the demonstration says: who applies for what, and how far the application has come."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Wish:
    """A course that is claimed, and the course it rests on; ``details`` is what its basis asks for."""

    target: str
    code: str
    title: str
    grade: str = "B"
    credits: int = 3
    share: int = 90
    """What the experts find covered, in percent."""
    second: int | None = None
    """What a second expert finds, where one is asked."""
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """An application: its student, its claims, the state in which it stands, and what happened on the way."""

    mailbox: str
    name: str
    institution: str
    programme: str
    until: str
    wishes: tuple[Wish, ...]
    basis: str = "prior_study"
    graded: bool = False
    semesters_ago: int = 0
    study: str = "polytechnic"
    refuse: dict[str, str] = field(default_factory=dict)
    """Targets that the dean refuses, with the reason."""
    grant: dict[str, str] = field(default_factory=dict)
    """Targets that the dean grants against the recommendation, with the reason."""
    asked_for: str = ""
    """What the coordinator asks to be sent, where that is where it stands."""
    appeal: str = ""
    precedents: bool = False
    """Whether the mapping rests on what was settled before."""
    days_late: int = 0
    """How many days ago the deadline of the state passed."""
    unpaid_transfer: bool = False
