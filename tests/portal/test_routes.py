"""Every page, allowed and refused, for every role: each named route × each role.

To add rows: write ``tests/portal/<app>/routes.py`` with ``ROUTES: Table`` (see ``tests/portal/routes.py``,
and ``tests/portal/administration/routes.py`` for an example), and take the app's namespace out of
``PENDING``. A route of an app that has a table fails here until it has a row.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.plugin import DjangoDbBlocker
from tests.portal import cast
from tests.portal.routes import EVERYBODY, NOT_FOUND, Route

from portal.accounts.roles import Role

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
PENDING = {"catalogue", "demonstration", "exports", "imports", "mail"}
"""Namespaces whose tables are still to be written."""
STRANGERS = {
    Role.STUDENT: "priya",
    Role.PROGRAMME_COORDINATOR: "devi",
    Role.DEAN: "rashid",
    Role.SUBJECT_EXPERT: "salmah",
    Role.FACULTY_OFFICE: "tan",
    Role.BURSAR: "umar",
    Role.AUDITOR: "vimala",
    Role.ADMINISTRATOR: "yap",
    Role.LECTURER: "yusuf",
    Role.ELEARNING_CENTRE: "zarina",
    Role.CENTRE_DIRECTOR: "chandran",
}
"""The same roles at another university."""
WHO: dict[str, str] = {str(role): key for role, key in cast.ROLES_AT_UTHM.items()}


def tables() -> dict[str, Route]:
    """Put the tables of all apps together."""
    found: dict[str, Route] = {}
    for path in sorted(HERE.glob("*/routes.py")):
        found |= import_module(f"tests.portal.{path.parent.name}.routes").ROUTES
    return found


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """Yield the name of every route, with its namespace; those without one only lead to named ones."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{space}{pattern.name}"


ROUTES = tables()


def space_of(name: str) -> str:
    return name.partition(":")[0] if ":" in name else ""


def test_every_route_has_a_row_or_its_app_is_still_to_come() -> None:
    there = {name for name in names(get_resolver().url_patterns) if space_of(name) not in PENDING}

    assert there - set(ROUTES) == set()
    assert set(ROUTES) - set(names(get_resolver().url_patterns)) == set()


def test_no_app_with_a_table_is_pending() -> None:
    assert {space_of(name) for name in ROUTES} & PENDING == set()


@pytest.fixture(scope="module")
def clients(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Client]]:
    """The browsers of all who ask, by their key in the cast; a visitor's has none. Undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        keys = {*WHO.values(), *STRANGERS.values()}
        yield {"": Client(), **{key: cast.client_of(cast.appear(key)) for key in keys}}
        transaction.set_rollback(True)


def ask(client: Client, address: str, route: Route) -> HttpResponseBase:
    """Open a route, and undo what it did."""
    with transaction.atomic():
        answer = client.post(address, route.post()) if route.post else client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


def kind_of(answer: HttpResponseBase) -> str | int:
    """Say what came of it: allowed, login, or the status of a refusal."""
    where = answer.headers.get("Location", "")
    if where.startswith(reverse("account_login")) and "next=" in where:
        return "login"
    return answer.status_code if answer.status_code in {403, 404, 405, 500} else "allowed"


def expected(route: Route, who: str) -> str | int:
    """Say what the table expects for a role, or for a visitor."""
    if who in route.opens_to or (who == "visitor" and route.opens_to == EVERYBODY):
        return "allowed"
    if who == "visitor":
        return route.visitors or "login"
    return route.others if isinstance(route.others, int) else route.others.get(who, NOT_FOUND)


@pytest.mark.parametrize("name", ROUTES)
def test_it_opens_to_those_the_table_names_and_to_no_others(clients: dict[str, Client], name: str) -> None:
    route = ROUTES[name]
    address = reverse(name, kwargs=dict(route.place()))
    everybody = {"visitor": "", **WHO}
    if route.opens_to == EVERYBODY:  # what visitors may open looks alike to all: ask three
        everybody = {who: everybody[who] for who in ("visitor", "student", "administrator")}

    told = {who: kind_of(ask(clients[key], address, route)) for who, key in everybody.items()}

    assert told == {who: expected(route, who) for who in everybody}


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.strangers])
def test_those_of_another_university_do_not_find_it(clients: dict[str, Client], name: str) -> None:
    route = ROUTES[name]
    address = reverse(name, kwargs=dict(route.place()))
    strangers = {role: key for role, key in STRANGERS.items() if role in route.opens_to}

    told = {role: kind_of(ask(clients[key], address, route)) for role, key in strangers.items()}

    assert strangers
    assert told == dict.fromkeys(strangers, route.strangers)
