"""Dynamic registration: an LMS registers Tauliah by itself, and staff confirm which LMS it is."""

import json

import pytest
from django.urls import reverse
from tests.portal import cast
from tests.portal.lti import lms as platform

from portal.lti.models import Lms

pytestmark = pytest.mark.django_db
CONFIGURATION = "https://purl.imsglobal.org/spec/lti-tool-configuration"
PRODUCT = "https://purl.imsglobal.org/spec/lti-platform-configuration"


@pytest.fixture
def moodle(db):
    """An LMS that registers tools by itself, and answers as Moodle does."""
    with platform.running() as running:
        running.instead["/openid"] = (200, {}, configuration(running))
        running.instead["/register"] = (200, {}, {"client_id": "c-1", CONFIGURATION: {"deployment_id": 7}})
        yield running


def configuration(moodle, **changes):
    told = {
        "issuer": moodle.site,
        "authorization_endpoint": f"{moodle.site}/auth",
        "token_endpoint": f"{moodle.site}/token",
        "jwks_uri": f"{moodle.site}/keys",
        "registration_endpoint": f"{moodle.site}/register",
        PRODUCT: {"product_family_code": "moodle"},
    }
    return {name: value for name, value in {**told, **changes}.items() if value is not None}


def place(moodle, code="unimas"):
    address = reverse("lti-open:register", args=[code])
    return f"{address}?openid_configuration={moodle.site}/openid&registration_token=t-1"


@pytest.fixture
def browser(salleh):
    return cast.client_of(salleh, "en")


def test_staff_see_which_lms_asks_and_confirm_it(moodle, browser):
    page = browser.get(place(moodle)).content.decode()
    assert moodle.site.removeprefix("http://") in page
    assert moodle.asked == []

    answer = browser.post(place(moodle))

    lms = Lms.objects.get()
    assert answer["Location"] == reverse("lti:lms-edit", args=[lms.pk])
    assert (lms.issuer, lms.client_id, lms.deployments) == (moodle.site, "c-1", ["7"])
    assert lms.jwks_url == f"{moodle.site}/keys"
    assert lms.name.startswith("Moodle (127.0.0.1")
    headers, body = moodle.told["/register"]
    assert headers["Authorization"] == "Bearer t-1"
    told = json.loads(body)
    assert told["redirect_uris"] == ["http://127.0.0.1:8000/lti/unimas/tool/launch/"]
    assert told["token_endpoint_auth_method"] == "private_key_jwt"


def test_the_same_lms_again_changes_its_registration(moodle, browser):
    browser.post(place(moodle))
    moodle.instead["/register"] = (200, {}, {"client_id": "c-1", CONFIGURATION: {"deployment_id": "8"}})

    browser.post(place(moodle))

    assert Lms.objects.get().deployments == ["8"]


def test_an_lms_that_tells_no_deployment_is_told_of(moodle, browser):
    moodle.instead["/register"] = (201, {}, {"client_id": "c-1"})

    page = browser.post(place(moodle), follow=True).content.decode()

    assert "Then enter the deployment ID" in page
    assert Lms.objects.get().deployments == []


CONFIGURATIONS = {
    "another issuer": ({"issuer": "https://elsewhere.example"}, "another host"),
    "registering elsewhere": ({"registration_endpoint": "https://elsewhere.example/r"}, "another host"),
    "no keys": ({"jwks_uri": None}, "jwks_uri"),
    "plain http elsewhere": ({"token_endpoint": "http://elsewhere.example/t"}, "token_endpoint"),
    "no text": ({"authorization_endpoint": ["x"]}, "authorization_endpoint"),
}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_configuration_that_is_not_its_own(moodle, browser, name):
    changes, words = CONFIGURATIONS[name]
    moodle.instead["/openid"] = (200, {}, configuration(moodle, **changes))

    answer = browser.post(place(moodle))

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert "POST /register" not in moodle.asked
    assert not Lms.objects.exists()


ANSWERS = {
    "refused": ((403, {}, {"error_description": "Token used"}), "The LMS refused: Token used"),
    "no client": ((200, {}, {}), "without a client ID"),
    "no JSON": ((200, {}, b"ok"), "cannot be read"),
    "elsewhere": ((302, {"Location": "http://127.0.0.1:1/"}, {}), "leads to another address"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_registers_nothing(moodle, browser, name):
    moodle.instead["/register"], words = ANSWERS[name]

    answer = browser.post(place(moodle))

    assert words in answer.content.decode()
    assert not Lms.objects.exists()


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "http://10.0.0.1/openid", "https://x y/"])
def test_addresses_that_are_not_asked(browser, address):
    where = reverse("lti-open:register", args=["unimas"])

    answer = browser.post(f"{where}?openid_configuration={address}")

    assert answer.status_code == 400
    assert not Lms.objects.exists()


def test_for_another_institution_nobody_confirms(moodle, browser, zarina):
    assert browser.post(place(moodle, "utm")).status_code == 404
    assert cast.client_of(zarina).post(place(moodle)).status_code == 404
    assert moodle.asked == []


def test_others_do_not_confirm(moodle, laila):
    assert cast.client_of(laila).post(place(moodle)).status_code == 403
    assert moodle.asked == []
