"""Open Badges API: software registers, a person consents, and then it reads and brings what was allowed."""

import json

import pytest
from allauth.idp.oidc.models import Token
from django.test import Client
from tests.portal import cast
from tests.portal.credentials import made
from tests.portal.exchange.backpacks import BASE, answered, asked, backpack, registered, token_for
from tests.tauliah.credentials import awards

from portal.exchange.badges import scopes
from portal.exchange.models import BroughtCredential
from tauliah.credentials.document import open_badge

pytestmark = pytest.mark.django_db


@pytest.fixture
def aminah(db):
    return cast.client_of(cast.appear("aminah"))


def test_software_registers_is_let_in_and_reads_the_badges(aminah):
    issued = made.issued(cast.appear("kumar"))[0]

    answer = backpack(aminah).get(f"{BASE}/credentials")

    assert answer.status_code == 200, answer.content
    assert answer.json()["credential"] == [issued.document]
    assert answer.headers["X-Total-Count"] == "1"


def test_pages_lead_to_the_first_next_previous_and_last(aminah):
    kumar = cast.appear("kumar")
    for number in range(3):
        made.issued(kumar, cohort=f"Kohort {number}")
    client = backpack(aminah)

    first = client.get(f"{BASE}/credentials", {"limit": 2})
    second = client.get(f"{BASE}/credentials", {"limit": 2, "offset": 2})

    assert [len(page.json()["credential"]) for page in (first, second)] == [2, 1]
    assert first.headers["X-Total-Count"] == "3"
    assert 'offset=2>; rel="next"' in first.headers["Link"]
    assert 'rel="prev"' not in first.headers["Link"]
    assert 'offset=0>; rel="prev"' in second.headers["Link"]
    assert 'rel="next"' not in second.headers["Link"]
    assert all(f'rel="{name}"' in second.headers["Link"] for name in ("first", "last"))
    assert client.get(f"{BASE}/credentials", {"since": "2099-01-01T00:00:00Z"}).json()["credential"] == []


def test_a_badge_from_elsewhere_is_brought_once_and_read_back(aminah):
    client = backpack(aminah)
    badge = awards.signed(open_badge(awards.statement(), awards.issue(status=None)))

    first = client.post(f"{BASE}/credentials", json.dumps(badge), content_type="application/json")
    again = client.post(f"{BASE}/credentials", json.dumps(badge), content_type="application/json")

    assert (first.status_code, again.status_code) == (201, 200), first.content
    assert client.get(f"{BASE}/credentials").json()["credential"] == [badge]


def test_a_badge_that_does_not_hold_is_not_taken_in(aminah):
    client = backpack(aminah)
    badge = awards.signed(open_badge(awards.statement(), awards.issue(status=None)))
    changed = badge | {"awardedDate": "2020-01-01T00:00:00Z"}

    answer = client.post(f"{BASE}/credentials", json.dumps(changed), content_type="application/json")

    assert answer.status_code == 400
    assert client.post(f"{BASE}/credentials", "{}", content_type="application/json").status_code == 400
    assert client.post(f"{BASE}/credentials", "eyJ.a.b", content_type="text/plain").status_code == 415
    assert not BroughtCredential.objects.exists()


def test_a_profile_is_read_and_kept_but_not_the_name(aminah):
    client = backpack(aminah)
    given = {
        "type": ["Profile"],
        "name": "Orang Lain",
        "url": "https://aminah.example",
        "email": "x@y.example",
    }

    answer = client.put(f"{BASE}/profile", json.dumps(given), content_type="application/json")

    told = client.get(f"{BASE}/profile").json()
    assert answer.status_code == 200
    assert told["url"] == "https://aminah.example"
    assert (told["name"], told["email"]) == ("Aminah binti Yusof", "aminah@uthm.example")
    bad = client.put(f"{BASE}/profile", json.dumps({"url": "javascript:x"}), content_type="application/json")
    assert (bad.status_code, bad.json()["errors"][0]["where"]) == (400, "url")


@pytest.mark.parametrize(
    ("granted", "method", "place", "allowed"),
    [
        (scopes.READ, "get", "credentials", True),
        (scopes.READ, "post", "credentials", False),
        (scopes.READ, "get", "profile", False),
        (scopes.READ_PROFILE, "get", "profile", True),
        (scopes.READ_PROFILE, "put", "profile", False),
        (scopes.WRITE, "get", "credentials", False),
    ],
)
def test_only_what_was_ticked_is_allowed(aminah, granted, method, place, allowed):
    client = backpack(aminah, [granted])

    answer = getattr(client, method)(f"{BASE}/{place}", content_type="application/json")

    assert (answer.status_code != 403) is allowed


def test_one_person_never_sees_anothers_badges(aminah):
    made.issued(cast.appear("kumar"))
    zain = cast.client_of(cast.appear("zain"))

    assert backpack(zain).get(f"{BASE}/credentials").json()["credential"] == []


@pytest.mark.parametrize("place", ["credentials", "profile"])
def test_without_a_token_in_force_there_is_nothing(aminah, place):
    client = backpack(aminah)
    Token.objects.all().delete()

    assert Client().get(f"{BASE}/{place}").status_code == 401
    assert client.get(f"{BASE}/{place}").status_code == 401


def test_a_code_is_for_once_and_for_who_knows_the_verifier(aminah):
    software = registered().json()
    code = answered(aminah, software)["code"]

    assert token_for(software, code, "b" * 64).status_code == 400
    code = answered(aminah, software)["code"]
    assert token_for(software, code).status_code == 200
    assert token_for(software, code).status_code == 400


@pytest.mark.parametrize(
    "changes", [{"code_challenge": None}, {"code_challenge_method": "plain"}, {"code_challenge_method": None}]
)
def test_a_request_without_pkce_is_not_shown(aminah, changes):
    assert aminah.get(asked(registered().json(), **changes)).status_code == 400


def test_a_code_goes_only_to_the_registered_address(aminah):
    software = registered().json()

    page = aminah.get(asked(software, redirect_uri="https://penyamar.example/"))

    assert page.status_code != 302
    assert "penyamar" not in page.headers.get("Content-Security-Policy", "")


def test_the_consent_page_names_the_software_and_may_be_refused(aminah):
    software = registered().json()
    page = aminah.get(asked(software))

    assert "Beg Digital" in page.content.decode()
    assert "form-action 'self' https://beg.example" in page.headers["Content-Security-Policy"]
    assert answered(aminah, software, action="cancel") == {"error": "access_denied", "state": "s1"}
    assert not Token.objects.filter(type=Token.Type.AUTHORIZATION_CODE).exists()


@pytest.mark.parametrize("language", ["ms", "en"])
def test_the_consent_page_speaks_both_languages(aminah, language):
    aminah.cookies["language"] = language

    text = aminah.get(asked(registered().json())).content.decode()

    assert ("Read your credentials" in text) is (language == "en")


def test_a_visitor_logs_in_first(db):
    answer = Client().get(asked(registered().json()))

    assert answer.status_code == 302
    assert "login" in answer["Location"]


@pytest.mark.parametrize(
    "changes",
    [
        {"scope": "openid"},
        {"scope": ""},
        {"grant_types": ["client_credentials"]},
        {"response_types": ["token"]},
        {"redirect_uris": ["http://beg.example/"]},
        {"redirect_uris": ["javascript:x"]},
        {"redirect_uris": ["https://beg.example/#x"]},
        {"redirect_uris": []},
    ],
)
def test_software_that_asks_for_more_does_not_register(db, changes):
    assert registered(**changes).status_code == 400


def test_the_service_is_described_for_everybody(client, db):
    told = client.get(f"{BASE}/discovery").json()

    flow = told["components"]["securitySchemes"]["OAuth2ACG"]["flows"]["authorizationCode"]
    assert set(flow["scopes"]) == set(scopes.SCOPES)
    assert flow["tokenUrl"].endswith("/oauth/token")
    assert told["components"]["securitySchemes"]["OAuth2ACG"]["x-imssf-registrationUrl"].endswith(
        "/oauth/clients"
    )
    for place, methods in told["paths"].items():
        for method in methods:
            assert getattr(client, method)(BASE + place).status_code in {200, 401}


@pytest.mark.parametrize(("name", "value"), [("limit", "x"), ("offset", "-1"), ("since", "semalam")])
def test_a_wrong_parameter_is_named(aminah, name, value):
    answer = backpack(aminah).get(f"{BASE}/credentials", {name: value})

    assert (answer.status_code, answer.json()["errors"][0]["where"]) == (422, name)
