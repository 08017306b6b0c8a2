"""Who may open the pages of notices: everybody their own, the administrator the institution's emails."""

from typing import Any

from tests.portal import cast
from tests.portal.routes import ADMINISTRATOR, NOT_FOUND, PEOPLE, Route

from portal.accounts.roles import Role
from portal.notices.models import Mail
from portal.notices.notify import notify


def told() -> Any:
    """Tell Aminah something, by email too; twice is once."""
    aminah = cast.appear("aminah")
    key = "routes"
    context = {"reference": "R-1"}
    return notify(
        aminah.person, "application_submitted", context, institution=aminah.institution, mail_key=key
    )


def notice() -> dict[str, Any]:
    return {"pk": told().pk}


def mail() -> dict[str, Any]:
    told()
    return {"pk": Mail.objects.latest("pk").pk}


ROUTES = {
    "notices:list": Route(PEOPLE),
    "notices:all_read": Route(PEOPLE, post=dict),
    "notices:open": Route(frozenset({Role.STUDENT}), NOT_FOUND, NOT_FOUND, notice, post=dict),
    "notices:emails": Route(PEOPLE),
    "notices:outbox": Route(ADMINISTRATOR),
    "notices:email": Route(ADMINISTRATOR, strangers=NOT_FOUND, place=mail),
}
