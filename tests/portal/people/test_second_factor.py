"""The second step: staff set one up before they work; a code is asked for at login; recovery codes help out."""

import hashlib
import hmac
import struct
import time
from base64 import b32decode

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests.portal.cast import PASSWORD, client_of

from portal.accounts.models import Appointment

pytestmark = pytest.mark.django_db


def code_of(secret: str, at: float | None = None) -> str:
    """The code that an authenticator app shows (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_the_code_is_that_of_the_standard() -> None:
    assert code_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59) == "287082"


def come_in(who: Appointment) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": who.person.email, "password": PASSWORD})
    return client


def set_up(client: Client) -> str:
    """Set an authenticator app up as its page says; returns the app's secret."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    return str(secret)


@pytest.fixture
def compulsory(settings) -> None:
    settings.SECOND_FACTOR_FOR_STAFF = True


class TestCompulsory:
    def test_staff_are_led_to_where_it_is_set_up_and_back(self, compulsory: None, osman: Appointment) -> None:
        answer = client_of(osman).get("/administration/people/?role=dean")

        assert answer.headers["Location"] == (
            "/people/second-factor/?next=%2Fadministration%2Fpeople%2F%3Frole%3Ddean"
        )

    def test_with_a_second_step_they_work(self, compulsory: None, osman: Appointment) -> None:
        client = come_in(osman)
        set_up(client)

        assert client.get("/administration/people/").status_code == 200
        answer = client.get("/people/second-factor/?next=/administration/people/")
        assert answer.headers["Location"] == "/administration/people/"

    def test_recovery_codes_alone_are_no_second_step(self, compulsory: None, osman: Appointment) -> None:
        Authenticator.objects.create(
            user=osman.person, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0}
        )

        assert client_of(osman).get("/administration/people/").status_code == 302

    def test_students_and_visitors_need_none(self, compulsory: None, aminah: Appointment) -> None:
        assert client_of(aminah).get("/people/profile/").status_code == 200
        assert Client().get("/").status_code == 200

    def test_the_way_there_and_out_stays_open(self, compulsory: None, osman: Appointment) -> None:
        client = come_in(osman)

        assert "/accounts/reauthenticate/" in client.get("/accounts/2fa/totp/activate/").headers["Location"]
        assert "Kata laluan" in client.get("/accounts/reauthenticate/").content.decode()
        assert client.post("/accounts/logout/").headers["Location"] == "/"

    def test_where_it_is_not_asked_for_staff_just_work(self, osman: Appointment) -> None:
        assert client_of(osman).get("/administration/people/").status_code == 200


class TestCode:
    def test_it_is_asked_for_at_the_next_login(self, osman: Appointment) -> None:
        secret = set_up(come_in(osman))
        client = come_in(osman)
        assert client.get("/people/profile/").status_code == 302
        assert "kod pengesah" in client.get("/accounts/2fa/authenticate/").content.decode()

        client.post("/accounts/2fa/authenticate/", {"code": code_of(secret, time.time() + 30)})

        assert client.get("/people/profile/").status_code == 200

    def test_a_wrong_one_does_not_let_in(self, osman: Appointment) -> None:
        set_up(come_in(osman))
        client = come_in(osman)
        page = client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()

        assert "Kod tidak betul" in page
        assert client.get("/people/profile/").status_code == 302

    def test_guessing_codes_comes_to_an_end(self, osman: Appointment) -> None:
        secret = set_up(come_in(osman))
        client = come_in(osman)
        for _ in range(6):
            page = client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()

        assert "Terlalu banyak cubaan" in page
        client.post("/accounts/2fa/authenticate/", {"code": code_of(secret, time.time() + 30)})
        assert client.get("/people/profile/").status_code == 302

    def test_a_recovery_code_helps_out_once(self, osman: Appointment) -> None:
        first = come_in(osman)
        set_up(first)
        first.post("/accounts/2fa/recovery-codes/generate/")
        code = first.get("/accounts/2fa/recovery-codes/").context["unused_codes"][0]

        come = come_in(osman)
        come.post("/accounts/2fa/authenticate/", {"code": code})
        again = come_in(osman)
        again.post("/accounts/2fa/authenticate/", {"code": code})

        assert come.get("/people/profile/").status_code == 200
        assert again.get("/people/profile/").status_code == 302

    def test_the_secret_stands_encrypted(self, osman: Appointment) -> None:
        secret = set_up(come_in(osman))

        kept = Authenticator.objects.get(user=osman.person, type=Authenticator.Type.TOTP)
        assert secret not in str(kept.data)
        assert kept.wrap().validate_code(code_of(secret, time.time() + 30))


def test_the_page_of_a_new_passkey_is_malay_and_hands_over_what_the_browser_needs(osman: Appointment) -> None:
    client = come_in(osman)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/webauthn/add/").content.decode()

    assert ">Nama" in page
    assert '"publicKey"' in page
    assert "mfa/js/webauthn.js" in page
