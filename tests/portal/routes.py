"""How a table of routes says who may open what; ``test_routes.py`` walks every table as every role."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.accounts.roles import LEARNERS, Role

EVERYBODY = frozenset(Role) | {"visitor"}
"""Also who is not logged in."""
PEOPLE = frozenset(Role)
"""Everybody who is logged in."""
STAFF = frozenset(Role) - LEARNERS
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
FORBIDDEN, NOT_FOUND = 403, 404


@dataclass(frozen=True, slots=True)
class Route:
    """Who may open a route, and what the others get.

    ``opens_to``: the roles that may, or EVERYBODY, PEOPLE, STAFF. ``others`` is the answer to those logged
    in who may not: FORBIDDEN, or NOT_FOUND where they must not learn that the thing exists; by role where some
    are told and the rest do not find it. ``strangers`` is the answer to somebody in an allowed role at
    another university; None asks nothing. ``place`` makes what the address names, once, and returns the
    address's values. ``post`` holds what a route is sent that takes no GET. ``visitors`` is the answer to who
    is not logged in, where it is not the login page.
    """

    opens_to: frozenset[Any]
    others: int | Mapping[Any, int] = FORBIDDEN
    strangers: int | None = None
    place: Callable[[], Mapping[str, Any]] = field(default=dict)
    post: Callable[[], Mapping[str, Any]] | None = None
    visitors: int | None = None


Table = Mapping[str, Route]
"""Routes by name, with the namespace: ``people:profile``."""
