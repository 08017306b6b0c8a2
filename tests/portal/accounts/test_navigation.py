"""The header's second line: every role sees its places of work, and each of them opens."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from tests.portal import cast
from tests.portal.cast import client_of

from portal.accounts.navigation import LINKS
from portal.accounts.roles import Role

pytestmark = pytest.mark.django_db
PLACE = re.compile(r'<nav class="work-nav".*?</nav>', re.DOTALL)


def places(client: Client, page: str = "/") -> list[str]:
    found = PLACE.search(client.get(page).content.decode())
    return re.findall(r'href="([^"]+)"', found[0]) if found else []


def test_every_place_of_an_app_that_is_there_exists() -> None:
    spaces = get_resolver().namespace_dict
    routes = [link.route for link in LINKS if link.route.partition(":")[0] in spaces]

    assert len(routes) > 3
    assert all(reverse(route) for route in routes)


@pytest.mark.parametrize("role", Role)
def test_what_a_role_is_shown_opens_to_it(role: Role) -> None:
    client = client_of(cast.appear(cast.ROLES_AT_UTHM[role]))

    shown = places(client)

    assert shown
    assert {place: client.get(place).status_code for place in shown} == dict.fromkeys(shown, 200)


def test_visitors_are_shown_none(client: Client) -> None:
    assert places(client) == []


def test_it_says_where_one_is() -> None:
    page = client_of(cast.appear("osman")).get("/administration/people/").content.decode()

    assert '<a href="/administration/people/" aria-current="page">' in page
