"""A person sees which software may read their badges, and ends that."""

import pytest
from allauth.idp.oidc.models import Token
from tests.portal import cast
from tests.portal.exchange.backpacks import BASE, answered, backpack, registered, token_for

from portal.exchange.badges import scopes
from portal.records.models import Entry

pytestmark = pytest.mark.django_db
PAGE = "/exchange/software/"


@pytest.fixture
def browser(aminah):
    return cast.client_of(aminah, "en")


def end_of(name="Beg Digital"):
    client = Token.objects.filter(client__name=name).values_list("client", flat=True).first()
    return f"{PAGE}{client}/end/"


def test_what_was_allowed_is_shown_in_the_words_of_consent(browser):
    backpack(browser, [scopes.READ, scopes.OFFLINE])
    shown = browser.get(PAGE).content.decode()

    assert "Beg Digital" in shown
    assert "Read your credentials" in shown
    assert "Change your profile for badges" not in shown


def test_who_let_nothing_in_is_told(browser):
    assert "You have let no software in" in browser.get(PAGE).content.decode()


def test_ending_asks_first_then_closes_every_way_at_once(browser, aminah):
    software = registered().json()
    told = token_for(software, answered(browser, software)["code"]).json()
    bag = backpack(browser)
    Token.objects.update(client=software["client_id"])
    assert bag.get(f"{BASE}/credentials").status_code == 200

    page = browser.get(end_of())
    assert "Read your credentials" in page.content.decode()
    assert bag.get(f"{BASE}/credentials").status_code == 200

    answer = browser.post(end_of(), follow=True)

    assert "Beg Digital has no access any more." in answer.content.decode()
    assert bag.get(f"{BASE}/credentials").status_code == 401
    refreshed = {"grant_type": "refresh_token", "refresh_token": told["refresh_token"]}
    assert browser.post("/oauth/token", refreshed).status_code in {400, 401}
    entry = Entry.objects.get(action="exchange.end_software")
    assert (entry.person, entry.details["before"]) == (aminah.person, {"name": "Beg Digital"})


def test_other_peoples_software_keeps_its_access(browser, zain):
    backpack(browser)
    others = backpack(cast.client_of(zain))

    assert cast.client_of(zain).get(end_of()).status_code == 404
    browser.post(end_of())
    assert others.get(f"{BASE}/credentials").status_code == 200


def test_a_link_leads_there_from_ones_own_credentials(browser):
    assert f'href="{PAGE}"' in browser.get("/credentials/mine/").content.decode()


def test_what_has_run_out_is_no_longer_listed(browser):
    backpack(browser)
    Token.objects.update(expires_at="2020-01-01T00:00:00Z")

    assert "Beg Digital" not in browser.get(PAGE).content.decode()
