"""Who may open one's own pages: everybody who is logged in, each their own."""

from typing import Any

from tests.portal import cast
from tests.portal.routes import EVERYBODY, NOT_FOUND, PEOPLE, Route

from portal.accounts.roles import Role
from portal.people.invitation import token_for

NOBODY: frozenset[str] = frozenset()


def deans_delegation() -> dict[str, Any]:
    """What Halimah lent to Hassan; nobody else may end it."""
    dean, deputy = cast.appear("halimah"), cast.appear("hassan")
    lent = cast.appointment(deputy.person, Role.DEAN, dean.institution, dean.faculty, delegated_from=dean)
    return {"pk": lent.pk}


def invitation() -> dict[str, Any]:
    return {"token": token_for(cast.person("baharu", "Orang Baharu"))}


OWN = Route(PEOPLE)
ROUTES = {
    "people:arrival": OWN,
    "people:profile": OWN,
    "people:delegations": OWN,
    "people:second-factor": OWN,
    "people:erasure": OWN,
    "people:act": Route(NOBODY, others=NOT_FOUND, post=lambda: {"appointment": "0"}),
    "people:delegation-end": Route(
        frozenset({Role.DEAN}), others=NOT_FOUND, strangers=NOT_FOUND, place=deans_delegation, post=dict
    ),
    "people:invitation": Route(EVERYBODY, place=invitation),
}
