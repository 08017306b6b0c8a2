"""The search of a list: one look, and a way back to the whole list once something was asked."""

import pytest
from tests.portal import cast
from tests.portal.approvals import gathered

pytestmark = pytest.mark.django_db
CLEAR = "Kosongkan"


@pytest.mark.parametrize(
    "path", ["/offerings/", "/monitoring/", "/monitoring/upkeep/", "/proposals/standing/"]
)
def test_a_list_leads_back_once_it_was_narrowed(path: str) -> None:
    salleh = cast.client_of(cast.appear("salleh"))

    assert CLEAR not in salleh.get(path).content.decode()
    narrowed = salleh.get(path, {"q": "tiada", "words": "tiada"}).content.decode()
    assert f'<a class="button plain" href="{path}">{CLEAR}</a>' in narrowed


def test_the_tab_of_a_list_is_no_question_and_is_kept() -> None:
    gathered.presented()
    abu = cast.client_of(cast.appear("abu"))

    assert CLEAR not in abu.get("/approvals/", {"show": "waiting"}).content.decode()
    narrowed = abu.get("/approvals/", {"show": "waiting", "words": "IoT"}).content.decode()
    assert f'href="?show=waiting">{CLEAR}</a>' in narrowed
