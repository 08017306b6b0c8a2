"""The tabs of those who issue credentials: one of them is where one stands."""

import re

import pytest
from tests.portal import cast

from portal.accounts.models import Appointment

pytestmark = pytest.mark.django_db
CURRENT = re.compile(r'<a href="([^"]+)" aria-current="page">')
TABS = re.compile(r'<nav class="tabs".*?</nav>', re.DOTALL)


@pytest.mark.parametrize(
    ("page", "tab"),
    [
        ("/credentials/", "/credentials/"),
        ("/credentials/runs/", "/credentials/runs/"),
        ("/credentials/runs/new/", "/credentials/runs/"),
        ("/credentials/courses/new/", "/credentials/courses/"),
        ("/credentials/profile/", "/credentials/profile/"),
        ("/credentials/recognised/", "/credentials/recognised/"),
    ],
)
def test_one_tab_is_marked(kumar: Appointment, page: str, tab: str) -> None:
    (tabs,) = TABS.findall(cast.client_of(kumar).get(page).content.decode())

    assert CURRENT.findall(tabs) == [tab]
