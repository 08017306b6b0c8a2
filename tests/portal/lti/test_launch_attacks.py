"""Launches that are not what they say: each is refused with its reason, and nobody arrives."""

import base64
import hashlib
import hmac
import json
import time

import jwt
import pytest
from django.test import Client
from django.utils import timezone
from tests.portal import cast
from tests.portal.lti import lms as platform
from tests.portal.lti import made
from tests.portal.lti.browser import LAILA, LAUNCH, begun, launched

from portal.lti.models import Lms, LoginState, Message

pytestmark = pytest.mark.django_db
CORE = "https://purl.imsglobal.org/spec/lti/claim/"


def part(told):
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


def taken_apart(token):
    """Header and claims of a token."""
    return jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})


def signed(claims, header, name="lms"):
    return jwt.encode(claims, platform.key(name)[0], algorithm="RS256", headers=header)


def send(client, token, state):
    return client.post(LAUNCH, {"id_token": token, "state": state})


def refused(answer, words):
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Message.objects.exists()


@pytest.fixture
def laptop(english, laila) -> Client:
    english.force_login(laila.person)
    return english


@pytest.fixture
def launch(laptop, moodle, registered):
    """The state, and the header and claims that the LMS would sign."""
    asked = begun(laptop, moodle)
    posted = moodle.launch(asked, LAILA)
    return posted["state"], *taken_apart(posted["id_token"])


def test_what_is_changed_below_is_taken_as_it_is(laptop, launch):
    state, header, claims = launch

    assert send(laptop, signed(claims, {"kid": header["kid"]}), state).status_code == 302


def test_another_key_under_the_same_name(laptop, launch):
    state, header, claims = launch

    refused(send(laptop, signed(claims, {"kid": header["kid"]}, "thief"), state), "signature is wrong")


def test_a_key_that_the_lms_does_not_publish(laptop, launch):
    state, _header, claims = launch

    refused(send(laptop, signed(claims, {"kid": "thief"}, "thief"), state), "does not publish")


def test_no_name_of_a_key(laptop, launch):
    state, _header, claims = launch

    refused(send(laptop, signed(claims, {}), state), "does not name the key")


def test_no_signature_at_all(laptop, launch):
    state, header, claims = launch
    token = f"{part({'alg': 'none', 'typ': 'JWT', 'kid': header['kid']})}.{part(claims)}."

    refused(send(laptop, token, state), "RS256")


def test_the_public_key_as_a_shared_secret(laptop, launch):
    state, header, claims = launch
    body = f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': header['kid']})}.{part(claims)}"
    mac = hmac.new(platform.key("lms")[1].encode(), body.encode(), hashlib.sha256).digest()
    token = f"{body}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"

    refused(send(laptop, token, state), "RS256")


def test_claims_changed_under_a_good_signature(laptop, launch):
    state, header, claims = launch
    head, _body, signature = signed(claims, {"kid": header["kid"]}).split(".")
    token = f"{head}.{part({**claims, 'email': 'dean@unimas.example'})}.{signature}"

    refused(send(laptop, token, state), "signature is wrong")


@pytest.mark.parametrize("token", ["", "a.b.c", "a" * 70_000, "..", "{}", "é.é.é"])
def test_no_token(laptop, launch, token):
    refused(send(laptop, token, launch[0]), "not believed")


NOW = int(time.time())
WRONG = {
    "issuer": ({"iss": "http://127.0.0.1:1"}, "comes from somebody else"),
    "audience": ({"aud": "another-tool", "azp": None}, "meant for somebody else"),
    "party": ({"azp": "another-tool"}, "azp"),
    "two audiences without a party": ({"aud": ["tauliah-at-lms", "another"], "azp": None}, "azp"),
    "deployment": ({f"{CORE}deployment_id": "99"}, "deployment"),
    "no deployment": ({f"{CORE}deployment_id": None}, "deployment"),
    "expired": ({"iat": NOW - 600, "exp": NOW - 300}, "expired"),
    "no end": ({"exp": None}, "exp"),
    "dated in the future": ({"iat": NOW + 3600, "exp": NOW + 7200}, "future"),
    "no date": ({"iat": None}, "iat"),
    "signed long ago": ({"iat": NOW - 7200, "exp": NOW + 3600}, "too long ago"),
    "nonce": ({"nonce": "another"}, "another login"),
    "nonce of another alphabet": ({"nonce": "ñonce"}, "another login"),
    "no nonce": ({"nonce": None}, "another login"),
    "nobody": ({"sub": None}, "who opens it"),
    "version": ({f"{CORE}version": "1.1"}, "LTI 1.3"),
    "kind": ({f"{CORE}message_type": "DataPrivacyLaunchRequest"}, "kind"),
    "no link": ({f"{CORE}resource_link": None}, "lacks"),
    "a date without end": ({"iat": float("inf")}, "cannot be read"),
    "a date before all": ({"iat": -(10**18)}, "cannot be read"),
    "an end without end": ({"exp": float("inf")}, "cannot be read"),
    "a character that no text holds": ({"name": "Lai\x00la"}, "cannot be read"),
    "a link that is no object": ({f"{CORE}resource_link": [1]}, "lacks"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_claim_that_is_wrong(laptop, launch, name):
    state, header, claims = launch
    changes, words = WRONG[name]
    told = {key: value for key, value in {**claims, **changes}.items() if value is not None}

    refused(send(laptop, signed(told, {"kid": header["kid"]}), state), words)


def test_two_audiences_with_us_as_the_party_are_taken(laptop, launch):
    state, header, claims = launch
    told = {**claims, "aud": ["tauliah-at-lms", "another"], "azp": "tauliah-at-lms"}

    assert send(laptop, signed(told, {"kid": header["kid"]}), state).status_code == 302


def test_the_same_launch_twice(laptop, launch):
    state, header, claims = launch
    token = signed(claims, {"kid": header["kid"]})
    assert send(laptop, token, state).status_code == 302
    Message.objects.all().delete()

    refused(send(laptop, token, state), "no login that began here")


def test_an_old_message_in_answer_to_a_new_login(laptop, launch, moodle):
    state, header, claims = launch
    token = signed(claims, {"kid": header["kid"]})
    assert send(laptop, token, state).status_code == 302
    Message.objects.all().delete()

    refused(send(laptop, token, begun(laptop, moodle)["state"]), "another login")


def test_a_refused_launch_uses_its_login_up(laptop, launch):
    state, header, claims = launch
    refused(send(laptop, signed(claims, {"kid": header["kid"]}, "thief"), state), "signature")

    refused(send(laptop, signed(claims, {"kid": header["kid"]}), state), "no login that began here")


@pytest.mark.parametrize("state", ["", "made-up"])
def test_a_state_that_we_did_not_give(laptop, launch, state):
    _state, header, claims = launch

    refused(send(laptop, signed(claims, {"kid": header["kid"]}), state), "no login that began here")


def test_the_state_of_another_browser(laptop, launch, moodle):
    """Who is sent somebody else's launch does not end up in the account of that one."""
    _state, header, claims = launch
    thief = Client(headers={"Accept-Language": "en"})
    thief.cookies["language"] = "en"
    theirs = begun(thief, moodle)["state"]

    refused(send(laptop, signed(claims, {"kid": header["kid"]}), theirs), "no login that began here")
    assert LoginState.objects.filter(used_at=None).count() == 2


def test_a_browser_without_our_cookie(laptop, launch):
    state, header, claims = launch
    del laptop.cookies["lti"]

    refused(send(laptop, signed(claims, {"kid": header["kid"]}), state), "new window")


def test_a_state_that_waited_too_long(laptop, launch):
    state, header, claims = launch
    LoginState.objects.update(expires_at=timezone.now())

    refused(send(laptop, signed(claims, {"kid": header["kid"]}), state), "no login that began here")


def test_an_lms_that_ended_meanwhile(laptop, launch):
    state, header, claims = launch
    Lms.objects.update(ended_at=timezone.now())

    refused(send(laptop, signed(claims, {"kid": header["kid"]}), state), "not taken any more")


def test_the_lms_of_another_institution(laptop, moodle, registered):
    """Neither does a login begin at an institution that has not registered the LMS, nor a launch end there."""
    cast.institution("UTM")
    answer = laptop.get(
        "/lti/utm/tool/login/", {"iss": moodle.site, "login_hint": "u", "client_id": "tauliah-at-lms"}
    )
    refused(answer, "not registered here")

    posted = moodle.launch(begun(laptop, moodle), LAILA)
    refused(laptop.post("/lti/utm/tool/launch/", posted), "no login that began here")


def test_a_launch_that_somebody_else_brings(laptop, moodle, registered, dayang):
    """The address of the next page is of no use in another browser."""
    answer = launched(laptop, moodle, LAILA)
    thief = cast.client_of(dayang, "en")

    page = thief.get(answer["Location"])

    assert page.status_code == 400
    assert "has ended" in page.content.decode()


def test_the_lms_refuses(laptop, moodle, registered):
    state = begun(laptop, moodle)["state"]

    answer = laptop.post(
        LAUNCH, {"state": state, "error": "login_required", "error_description": "<b>No</b>"}
    )

    refused(answer, "The LMS refused: &lt;b&gt;No&lt;/b&gt;")


KEYS = {
    "no answer": ((500, {}, {}), "does not give the document"),
    "another address": ((302, {"Location": "http://127.0.0.1:1/keys"}, {}), "leads to another address"),
    "no JSON": ((200, {}, b"<html>"), "not JSON"),
    "no keys": ((200, {}, {"keys": "none"}), "does not publish"),
    "a list": ((200, {}, [1]), "does not publish"),
    "too large": ((200, {}, b" " * 2_100_000), "too large"),
    "a shared secret": ((200, {}, {"keys": [{"kty": "oct", "kid": "KID", "k": "AAAA"}]}), "does not publish"),
    "an unreadable key": (
        (200, {}, {"keys": [{"kty": "RSA", "kid": "KID", "n": "!", "e": "AQAB"}]}),
        "cannot be read",
    ),
    "a short key": (
        (200, {}, {"keys": [{"kty": "RSA", "kid": "KID", "n": "u" * 128, "e": "AQAB"}]}),
        "too short",
    ),
}


@pytest.mark.parametrize("name", KEYS)
def test_key_sets_that_prove_nothing(laptop, launch, moodle, name):
    state, header, claims = launch
    (status, headers, told), words = KEYS[name]
    if isinstance(told, dict) and isinstance(told.get("keys"), list):
        told = {"keys": [{**key, "kid": header["kid"]} for key in told["keys"]]}
    moodle.instead["/keys"] = (status, headers, told)

    refused(send(laptop, signed(claims, {"kid": header["kid"]}), state), words)


def test_a_key_set_is_kept_and_asked_again_for_a_new_key(laptop, launch, moodle, registered):
    state, header, claims = launch
    assert send(laptop, signed(claims, {"kid": header["kid"]}), state).status_code == 302
    launched(laptop, moodle, LAILA)
    assert moodle.asked.count("GET /keys") == 1
    private, public = platform.key("second")
    moodle.registration.set_platform_private_key(private).set_platform_public_key(public)

    assert launched(laptop, moodle, LAILA).status_code == 400
    Lms.objects.update(keys_at=timezone.now() - timezone.timedelta(minutes=1))
    assert launched(laptop, moodle, LAILA).status_code == 302
    assert moodle.asked.count("GET /keys") == 2


def test_a_key_that_the_lms_withdrew_is_believed_for_minutes_only(laptop, launch, moodle, registered):
    state, header, claims = launch
    assert send(laptop, signed(claims, {"kid": header["kid"]}), state).status_code == 302
    _private, public = platform.key("second")
    moodle.registration.set_platform_public_key(public)
    Message.objects.all().delete()
    Lms.objects.update(keys_at=timezone.now() - timezone.timedelta(minutes=11))

    refused(launched(laptop, moodle, LAILA), "does not publish")


LOGINS = {
    "nobody": ({"login_hint": ""}, "login_hint"),
    "another issuer": ({"iss": "http://127.0.0.1:1"}, "not registered"),
    "another client": ({"client_id": "x"}, "not registered"),
    "another deployment": ({"lti_deployment_id": "99"}, "not registered"),
}


@pytest.mark.parametrize("name", LOGINS)
def test_logins_that_do_not_begin(laptop, moodle, registered, name):
    changes, words = LOGINS[name]
    given = {"iss": moodle.site, "login_hint": "u", "client_id": "tauliah-at-lms", **changes}

    refused(laptop.post("/lti/unimas/tool/login/", given), words)


def test_two_registrations_of_one_lms_must_be_told_apart(laptop, moodle, registered):
    made.lms(site=moodle.site)
    Lms.objects.create(institution=registered.institution, name="Two", issuer=moodle.site, client_id="b")

    answer = laptop.get("/lti/unimas/tool/login/", {"iss": moodle.site, "login_hint": "u"})

    refused(answer, "must send its client ID")


def test_the_cookie_follows_across_sites_in_production(settings, english, moodle, registered):
    settings.PRODUCTION = True

    begun(english, moodle)

    cookie = english.cookies["lti"]
    assert (cookie["samesite"], cookie["secure"], cookie["httponly"]) == ("None", True, True)
    assert cookie["path"] == "/lti/"


def test_a_launch_leaves_the_session_alone(laptop, moodle, registered):
    """The LMS's page brings no session; a new one would log the person out."""
    answer = launched(laptop, moodle, LAILA)

    assert "session" not in answer.cookies
    assert answer["Cache-Control"] == "no-store"
