"""Who may open the pages about LMSs and tools, and what software gets that shows nothing."""

from typing import Any

from tests.portal import cast
from tests.portal.lti import made
from tests.portal.routes import EVERYBODY, FORBIDDEN, NOT_FOUND, PEOPLE, Route

from portal.accounts.roles import Role
from portal.lti.models import Column, LineItem, LmsAccount, Pull

EMPTY = dict[str, Any]
REGISTRARS = frozenset({Role.ELEARNING_CENTRE, Role.CENTRE_DIRECTOR, Role.ADMINISTRATOR})
CONNECTORS = frozenset({Role.ELEARNING_CENTRE, Role.CENTRE_DIRECTOR, Role.LECTURER})
"""At UTHM, where a lecturer teaches the offering."""


def offering() -> Any:
    return made.offering("UTHM", "azlina", "kumar")


def an_offering() -> dict[str, Any]:
    return {"pk": offering().pk}


def an_lms() -> dict[str, Any]:
    return {"pk": made.lms(cast.institution("UTHM")).pk}


def a_tool() -> dict[str, Any]:
    return {"pk": made.tool(cast.institution("UTHM")).pk}


def a_placement() -> dict[str, Any]:
    return {"pk": made.placement(offering(), made.tool(cast.institution("UTHM"))).pk}


def a_line_item() -> dict[str, Any]:
    quiz = made.assessment(offering())
    made.placement(offering(), made.tool(cast.institution("UTHM")), quiz)
    return {"pk": LineItem.objects.get(assessment=quiz).pk}


def a_course() -> dict[str, Any]:
    return {"pk": made.course(offering(), made.lms(cast.institution("UTHM"))).pk}


def a_column() -> dict[str, Any]:
    kept, _ = Column.objects.get_or_create(
        course_id=a_course()["pk"],
        assessment=made.assessment(offering()),
        defaults={"address": f"{made.LMS_HOST}/items/1", "label": "Quiz", "maximum": 10},
    )
    return {"pk": kept.pk}


def a_list() -> dict[str, Any]:
    kept = Pull.objects.first() or Pull.objects.create(course_id=a_course()["pk"], rows=[])
    return {"pk": kept.pk}


def an_account() -> dict[str, Any]:
    person = cast.appear("aminah").person
    kept, _ = LmsAccount.objects.get_or_create(
        lms_id=an_lms()["pk"], subject="u-1", defaults={"person": person}
    )
    return {"pk": kept.pk}


def at_uthm() -> dict[str, Any]:
    return {"code": cast.institution("UTHM").code.lower()}


def services() -> dict[str, Any]:
    return {**at_uthm(), "offering": offering().pk}


def item_services() -> dict[str, Any]:
    return {**services(), "pk": a_line_item()["pk"]}


def software(**more: Any) -> Route:
    """An address for software or a browser on its way: open to any, which a token then lets through or not."""
    return Route(EVERYBODY, **more)


def connected(place: Any, **more: Any) -> Route:
    """A page of those who connect an offering; nobody else learns that it exists."""
    return Route(CONNECTORS, others=NOT_FOUND, strangers=NOT_FOUND, place=place, **more)


HALL = Route(REGISTRARS)
ROUTES = {
    "lti:overview": HALL,
    "lti:lms-new": HALL,
    "lti:tool-new": HALL,
    "lti:lms-edit": Route(REGISTRARS, strangers=NOT_FOUND, place=an_lms),
    "lti:tool-edit": Route(REGISTRARS, strangers=NOT_FOUND, place=a_tool),
    "lti:accounts": Route(REGISTRARS, strangers=NOT_FOUND, place=an_lms),
    "lti:account-end": Route(REGISTRARS, strangers=NOT_FOUND, place=an_account, post=EMPTY),
    "lti:lms-switch": Route(REGISTRARS, strangers=NOT_FOUND, place=an_lms, post=EMPTY),
    "lti:tool-switch": Route(REGISTRARS, strangers=NOT_FOUND, place=a_tool, post=EMPTY),
    "lti:arrive": Route(PEOPLE, place=lambda: {"secret": "made-up"}),
    "lti:learning-platforms": connected(an_offering),
    "lti:place": connected(an_offering),
    "lti:open": Route(
        frozenset({Role.LECTURER}),
        others={Role.ELEARNING_CENTRE: FORBIDDEN, Role.CENTRE_DIRECTOR: FORBIDDEN},
        place=a_placement,
    ),
    "lti:placement-end": connected(a_placement, post=EMPTY),
    "lti:assign": connected(a_line_item, post=EMPTY),
    "lti:course": connected(a_course),
    "lti:column": connected(a_course),
    "lti:read-roster": connected(a_course, post=EMPTY),
    "lti:unbind": connected(a_course, post=EMPTY),
    "lti:read-results": connected(a_column, post=EMPTY),
    "lti:pull": connected(a_list),
    "lti:take": connected(a_list, post=EMPTY),
    "lti-open:tool-keys": software(place=at_uthm),
    "lti-open:login": software(place=at_uthm),
    "lti-open:launch": software(place=at_uthm, post=EMPTY),
    "lti-open:platform-keys": software(place=at_uthm),
    "lti-open:authorize": Route(PEOPLE, place=at_uthm),
    "lti-open:register": Route(REGISTRARS, strangers=NOT_FOUND, place=at_uthm),
    "lti-open:token": software(place=at_uthm, post=EMPTY),
    "lti-open:members": software(place=services),
    "lti-open:items": software(place=services),
    "lti-open:item": software(place=item_services),
    "lti-open:scores": software(place=item_services, post=EMPTY),
    "lti-open:results": software(place=item_services),
}
