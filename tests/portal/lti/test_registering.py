"""Registering LMSs and tools: Moodle's addresses are filled in, what is wrong is named at its field."""

import pytest
from django.urls import reverse
from tests.portal import cast

from portal.lti.models import Lms, SigningKey, Tool
from portal.records.models import Entry

pytestmark = pytest.mark.django_db
LMS = {"name": "Moodle", "issuer": "https://lms.unimas.example", "client_id": "abc", "deployments": "1 2 1"}
TOOL = {"name": "Moodle CFLEX", "moodle": "https://moodle.unimas.example/", "shares_names": "on"}


@pytest.fixture
def browser(salleh):
    return cast.client_of(salleh, "en")


def test_moodle_needs_its_address_and_two_ids_only(browser):
    answer = browser.post(reverse("lti:lms-new"), LMS)

    lms = Lms.objects.get()
    assert answer["Location"] == reverse("lti:lms-edit", args=[lms.pk])
    assert lms.deployments == ["1", "2"]
    assert (lms.auth_url, lms.token_url, lms.jwks_url) == (
        "https://lms.unimas.example/mod/lti/auth.php",
        "https://lms.unimas.example/mod/lti/token.php",
        "https://lms.unimas.example/mod/lti/certs.php",
    )
    assert Entry.objects.get().action == "lti.keep_lms"
    page = browser.get(answer["Location"]).content.decode()
    assert "http://127.0.0.1:8000/lti/unimas/tool/launch/" in page
    assert browser.get("/lti/unimas/tool/keys/").json()["keys"][0]["kid"] == SigningKey.objects.get().kid


def test_a_moodle_that_publishes_courses_needs_its_address_only(browser):
    browser.post(reverse("lti:tool-new"), TOOL)

    tool = Tool.objects.get()
    assert tool.login_url == "https://moodle.unimas.example/enrol/lti/login.php"
    assert tool.launch_urls[0] == "https://moodle.unimas.example/enrol/lti/launch.php"
    assert (tool.shares_names, tool.shares_emails) == (True, False)
    page = browser.get(reverse("lti:tool-edit", args=[tool.pk])).content.decode()
    assert tool.client_id in page
    assert "http://127.0.0.1:8000/lti/unimas/platform/token/" in page


WRONG_LMS = {
    "plain http": ({"issuer": "http://lms.unimas.example"}, "https://"),
    "no address": ({"issuer": "lms"}, "https://"),
    "a password in it": ({"issuer": "https://u:p@lms.unimas.example"}, "without user name"),
    "part of the addresses": ({"auth_url": "https://lms.unimas.example/a"}, "Give this address too"),
    "a script": ({"auth_url": "javascript:alert(1)"}, "https://"),
    "no deployment": ({"deployments": " "}, "required"),
    "too many": ({"deployments": " ".join(map(str, range(21)))}, "at most 20"),
}


@pytest.mark.parametrize("name", WRONG_LMS)
def test_an_lms_that_is_described_wrongly(browser, name):
    changes, words = WRONG_LMS[name]

    answer = browser.post(reverse("lti:lms-new"), {**LMS, **changes})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Lms.objects.exists()


WRONG_TOOL = {
    "nothing": ({"moodle": ""}, "or the Moodle’s above"),
    "plain http": ({"moodle": "http://moodle.unimas.example"}, "https://"),
    "one wrong address": ({"launch_urls": "https://ok.example/a\nftp://x"}, "https://"),
}


@pytest.mark.parametrize("name", WRONG_TOOL)
def test_a_tool_that_is_described_wrongly(browser, name):
    changes, words = WRONG_TOOL[name]

    answer = browser.post(reverse("lti:tool-new"), {**TOOL, **changes})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Tool.objects.exists()


def test_one_lms_is_registered_once_for_a_client(browser):
    browser.post(reverse("lti:lms-new"), LMS)

    answer = browser.post(reverse("lti:lms-new"), LMS)

    assert "registered with this client ID already" in answer.content.decode()
    assert Lms.objects.count() == 1


def test_another_key_set_is_looked_up_anew(browser):
    browser.post(reverse("lti:lms-new"), LMS)
    lms = Lms.objects.get()
    Lms.objects.update(keys={"keys": [{"kid": "old"}]}, keys_at="2026-01-01T00:00:00Z")
    addresses = {name: getattr(lms, name) for name in ("auth_url", "token_url")}

    browser.post(
        reverse("lti:lms-edit", args=[lms.pk]),
        {**LMS, **addresses, "jwks_url": "https://lms.unimas.example/new"},
    )

    lms.refresh_from_db()
    assert (lms.keys, lms.keys_at, lms.jwks_url) == ({}, None, "https://lms.unimas.example/new")


@pytest.mark.parametrize(("route", "form", "model"), [("lms", LMS, Lms), ("tool", TOOL, Tool)])
def test_it_is_ended_and_taken_into_use_again(browser, route, form, model):
    browser.post(reverse(f"lti:{route}-new"), form)
    row = model.objects.get()
    switch = reverse(f"lti:{route}-switch", args=[row.pk])

    browser.post(switch)
    row.refresh_from_db()
    assert not row.is_open
    twice = browser.post(switch, follow=True)
    assert "It has ended already." in twice.content.decode()
    browser.post(switch, {"on": "1"})

    row.refresh_from_db()
    assert row.is_open
    assert list(Entry.objects.order_by("number").values_list("action", flat=True)) == [
        f"lti.keep_{route}",
        f"lti.end_{route}",
        f"lti.open_{route}",
    ]


def test_another_institution_does_not_find_it(browser, zarina):
    browser.post(reverse("lti:lms-new"), LMS)
    browser.post(reverse("lti:tool-new"), TOOL)
    stranger = cast.client_of(zarina)

    for address in (
        reverse("lti:lms-edit", args=[Lms.objects.get().pk]),
        reverse("lti:tool-edit", args=[Tool.objects.get().pk]),
    ):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, LMS).status_code == 404
    assert "lms.unimas.example" not in stranger.get(reverse("lti:overview")).content.decode()


@pytest.mark.parametrize("who", ["laila", "dayang", "hamidah"])
def test_others_may_not_register(who):
    client = cast.client_of(cast.appear(who))

    assert client.get(reverse("lti:overview")).status_code == 403
    assert client.post(reverse("lti:lms-new"), LMS).status_code == 403


@pytest.mark.parametrize("language", ["ms", "en"])
@pytest.mark.parametrize("route", ["lti:overview", "lti:lms-new", "lti:tool-new"])
def test_the_pages_are_in_both_languages(salleh, language, route):
    page = cast.client_of(salleh, language).get(reverse(route)).content.decode()

    words = {"ms": "Platform pembelajaran", "en": "Learning platforms"}
    assert words[language] in page
    assert words["en" if language == "ms" else "ms"] not in page
