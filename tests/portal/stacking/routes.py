"""Who may open the pages on goals: learners their own, staff those of their programmes."""

from typing import Any

from tests.portal import cast
from tests.portal.routes import FORBIDDEN, NOT_FOUND, Route
from tests.portal.stacking import made

from portal.accounts.roles import LEARNERS, Role
from portal.stacking.access import GUIDES, READERS
from portal.stacking.models import Prescription

OWNER = frozenset({Role.STUDENT})
NOT_OWN = dict.fromkeys(Role, FORBIDDEN) | {Role.EXTERNAL_LEARNER: NOT_FOUND}
"""Another learner finds nothing; staff are told that the page is not theirs."""


def programme() -> Any:
    return made.programme(cast.institution("UTHM"))


def own_goal() -> dict[str, Any]:
    return {"pk": made.goal(cast.appear("aminah"), programme()).pk}


def elsewhere() -> dict[str, Any]:
    return {"pk": made.elsewhere(cast.appear("aminah")).pk}


def a_prescription() -> dict[str, Any]:
    found = programme()
    goal = made.goal(cast.appear("aminah"), found)
    course = made.component(found, "BIT20803")
    kept, _ = Prescription.objects.get_or_create(
        goal=goal, course=course, defaults={"by": cast.appear("bakar")}
    )
    return {"pk": kept.pk}


def another_course() -> dict[str, Any]:
    return {"course": made.component(programme(), "BIT30203").pk}


def passed() -> dict[str, Any]:
    return {"done_on": "2026-01-05"}


def senates() -> dict[str, Any]:
    return {"reason": "Pencapaian luar biasa.", "reference": "Senat 12/2026"}


ROUTES = {
    "stacking:mine": Route(frozenset(LEARNERS)),
    "stacking:new": Route(frozenset(LEARNERS)),
    "stacking:goal": Route(OWNER, NOT_OWN, NOT_FOUND, own_goal),
    "stacking:give_up": Route(OWNER, NOT_OWN, NOT_FOUND, own_goal),
    "stacking:portfolio": Route(OWNER, NOT_OWN, NOT_FOUND, own_goal),
    "stacking:outside_new": Route(frozenset(LEARNERS)),
    "stacking:outside": Route(OWNER, NOT_OWN, NOT_FOUND, elsewhere),
    "stacking:remove_outside": Route(OWNER, NOT_OWN, NOT_FOUND, elsewhere, dict),
    "stacking:learners": Route(READERS),
    "stacking:learner": Route(READERS, strangers=NOT_FOUND, place=own_goal),
    "stacking:prescribe": Route(GUIDES, strangers=NOT_FOUND, place=own_goal, post=another_course),
    "stacking:prescribed": Route(GUIDES, strangers=NOT_FOUND, place=a_prescription, post=passed),
    "stacking:allow_earlier": Route(frozenset({Role.COMMITTEE_SECRETARY}), place=own_goal, post=senates),
}
