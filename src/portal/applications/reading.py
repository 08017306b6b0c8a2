"""Reading what belongs to an application once, for as long as nothing changes it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from portal.applications.models import Application

KEPT = "_read_once"
T = TypeVar("T")


@contextmanager
def read_once(application: Application) -> Iterator[None]:
    """Keep what is read of an application within the block; whoever changes it there calls ``keep_read``."""
    outermost = KEPT not in vars(application)
    if outermost:
        vars(application)[KEPT] = {}
    try:
        yield
    finally:
        if outermost:
            del vars(application)[KEPT]


def once(application: Application, what: str, read: Callable[[], T]) -> T:
    """Return what was read before within a block of ``read_once``, or read it."""
    kept: dict[str, T] | None = vars(application).get(KEPT)
    if kept is None:
        return read()
    if what not in kept:
        kept[what] = read()
    return kept[what]


def keep_read(application: Application, what: str, value: object) -> None:
    """Keep what was changed as if it had been read anew."""
    if KEPT in vars(application):
        vars(application)[KEPT][what] = value
