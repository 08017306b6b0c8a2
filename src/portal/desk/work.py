"""A kind of work on the desk."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: how much of it there is, and where it is done; ``late`` of it is overdue."""

    label: str | Promise
    count: int
    link: str
    icon: str = "file"
    late: int = 0
