"""Coming in by the university's own login: whom it opens to, whom it makes, and whom it never touches."""

from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.apps import apps
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from tests.portal.cast import appointment, client_of, institution, person
from tests.portal.people.login_servers import METADATA, openid_server, request_of, saml_response

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.institutions.models import Institution
from portal.people.models import SingleSignOn
from portal.records.models import Entry

pytestmark = pytest.mark.django_db(transaction=False)
SIGN_ON = {
    "name": "Log masuk dengan UTHM",
    "domains": "uthm.example",
    "role_attribute": "",
    "student_values": "",
}


def kept_openid(osman: Appointment, server: str, **more: str) -> SingleSignOn:
    """The login as Osman describes it on his page."""
    said = SIGN_ON | {"server_url": server, "client_id": "tauliah", "secret": "rahsia"} | more
    answer = client_of(osman).post("/administration/sign-on/openid/new/", said)
    assert answer.status_code == 302, answer.content.decode()
    return SingleSignOn.objects.get()


def by_openid(client: Client, sign_on: SingleSignOn) -> HttpResponseBase:
    """Go to the university's server and come back."""
    way = f"/accounts/oidc/{sign_on.app.provider_id}/login/"
    sent = parse_qs(urlsplit(client.post(way).headers["Location"]).query)
    return client.get(f"{way}callback/", {"code": "c", "state": sent["state"][0]})


AMINAH = {"sub": "u1", "email": "aminah@uthm.example", "email_verified": True, "name": "Aminah binti Yusof"}


class TestOpenIDConnect:
    def test_it_opens_the_account_of_the_institutions_own_student(
        self, client: Client, osman: Appointment, aminah: Appointment
    ) -> None:
        with openid_server(**AMINAH) as (server, asked):
            answer = by_openid(client, kept_openid(osman, server))

        assert answer.headers["Location"] == "/people/"
        assert client.session["_auth_user_id"] == str(aminah.person_id)
        assert asked[0]["client_secret"] == ["rahsia"]
        assert "code_verifier" in asked[0]
        assert SocialAccount.objects.get().user == aminah.person

    def test_somebody_new_is_made_and_comes_in(self, client: Client, osman: Appointment) -> None:
        with openid_server(**AMINAH | {"email": "baru@uthm.example", "name": "Orang Baru"}) as (server, _):
            by_openid(client, kept_openid(osman, server))

        new = Person.objects.get(email="baru@uthm.example")
        assert (new.name, new.has_usable_password()) == ("Orang Baru", False)
        assert [a.role for a in new.appointments.all()] == ["external_learner"]
        assert client.session["_auth_user_id"] == str(new.pk)
        assert Entry.objects.get(action="people.join").subject_id == new.pk

    def test_who_is_a_student_by_its_word_becomes_one(self, client: Client, osman: Appointment) -> None:
        told = AMINAH | {"email": "baru@uthm.example", "affiliation": ["member", "student"]}
        with openid_server(**told) as (server, _):
            sign_on = kept_openid(osman, server, role_attribute="affiliation", student_values="student")
            by_openid(client, sign_on)

        held = Appointment.objects.get(person__email="baru@uthm.example")
        assert (held.role, held.institution) == (Role.STUDENT, osman.institution)

    @pytest.mark.parametrize("key", ["devi@utm", "operator@uthm"])
    def test_it_opens_nobody_elses_account(self, client: Client, osman: Appointment, key: str) -> None:
        name, _, where = key.partition("@")
        who = person(name, name.title(), "UTHM", is_staff=name == "operator")
        appointment(who, Role.PROGRAMME_COORDINATOR, institution(where.upper()))
        if where == "utm":
            appointment(who, Role.ASSESSOR, osman.institution)

        with openid_server(**AMINAH | {"email": who.email}) as (server, _):
            answer = by_openid(client, kept_openid(osman, server))

        assert answer.headers["Location"] == "/accounts/login/"
        assert "_auth_user_id" not in client.session
        assert "telah wujud" in client.get("/accounts/login/").content.decode()
        assert not SocialAccount.objects.exists()

    def test_its_word_counts_only_within_its_domains(self, client: Client, osman: Appointment) -> None:
        with openid_server(**AMINAH | {"email": "someone@utm.example"}) as (server, _):
            by_openid(client, kept_openid(osman, server))

        assert "_auth_user_id" not in client.session
        assert not Person.objects.filter(email="someone@utm.example").exists()

    def test_an_answer_without_a_question_lets_nobody_in(self, client: Client, osman: Appointment) -> None:
        with openid_server(**AMINAH) as (server, _):
            sign_on = kept_openid(osman, server)
            client.get(
                f"/accounts/oidc/{sign_on.app.provider_id}/login/callback/", {"code": "c", "state": "x"}
            )

        assert "_auth_user_id" not in client.session

    def test_a_server_that_is_away_is_said_in_words(self, client: Client, osman: Appointment) -> None:
        with openid_server(**AMINAH) as (server, _):
            sign_on = kept_openid(osman, server)
        answer = client.post(f"/accounts/oidc/{sign_on.app.provider_id}/login/")

        assert answer.status_code == 503
        assert "Log masuk universiti gagal" in answer.content.decode()

    def test_the_login_page_may_lead_there_and_other_pages_may_not(
        self, client: Client, osman: Appointment
    ) -> None:
        with openid_server(**AMINAH) as (server, _):
            kept_openid(osman, server)

        page = client.get("/accounts/login/")
        assert "Log masuk dengan UTHM" in page.content.decode()
        assert f"form-action 'self' {server}" in page.headers["Content-Security-Policy"]
        assert server not in client.get("/accounts/signup/").headers["Content-Security-Policy"]


HOST = "tauliah.uthm.example"
MAIL, NAME = "urn:oid:0.9.2342.19200300.100.1.3", "displayName"


class TestSAML:
    @pytest.fixture(autouse=True)
    def host(self, settings) -> None:
        settings.ALLOWED_HOSTS = [HOST, "testserver"]

    @pytest.fixture
    def sign_on(self, osman: Appointment) -> SingleSignOn:
        said = SIGN_ON | {"metadata": METADATA, "role_attribute": "affiliation", "student_values": "student"}
        answer = client_of(osman).post("/administration/sign-on/saml/new/", said)
        assert answer.status_code == 302, answer.content.decode()
        return SingleSignOn.objects.get()

    def come_in(
        self, client: Client, sign_on: SingleSignOn, told: dict[str, str], **how: Any
    ) -> HttpResponseBase:
        root = f"http://{HOST}/accounts/saml/{sign_on.app.client_id}"
        sent = client.post(f"/accounts/saml/{sign_on.app.client_id}/login/", HTTP_HOST=HOST)
        assert sent.headers["Location"].startswith("https://idp.uthm.example/sso?SAMLRequest=")
        how = {"asked": request_of(sent.headers["Location"]), "audience": f"{root}/metadata/"} | how
        carried = saml_response(reply_to=f"{root}/acs/", told=told, **how)
        reply = client.post(f"{root}/acs/", {"SAMLResponse": carried}, HTTP_HOST=HOST)
        return client.get(reply.headers["Location"], HTTP_HOST=HOST)

    def test_it_opens_the_account_of_the_institutions_own_student(
        self, client: Client, sign_on: SingleSignOn, aminah: Appointment
    ) -> None:
        answer = self.come_in(client, sign_on, {MAIL: "aminah@uthm.example", NAME: "Aminah"})

        assert answer.headers["Location"] == "/people/"
        assert client.session["_auth_user_id"] == str(aminah.person_id)

    def test_somebody_new_becomes_what_the_university_says(
        self, client: Client, sign_on: SingleSignOn
    ) -> None:
        self.come_in(
            client, sign_on, {MAIL: "baru@uthm.example", NAME: "Orang Baru", "affiliation": "student"}
        )

        held = Appointment.objects.get(person__email="baru@uthm.example")
        assert (held.role, held.institution, held.person.name) == (
            Role.STUDENT,
            sign_on.institution,
            "Orang Baru",
        )

    @pytest.mark.parametrize(
        "how",
        [{"sign": False}, {"audience": "https://elsewhere.example/"}, {"asked": "_another"}],
        ids=["unsigned", "for another portal", "to another question"],
    )
    def test_a_response_that_is_not_right_lets_nobody_in(
        self, client: Client, sign_on: SingleSignOn, aminah: Appointment, how: dict[str, Any]
    ) -> None:
        answer = self.come_in(client, sign_on, {MAIL: "aminah@uthm.example"}, **how)

        assert "_auth_user_id" not in client.session
        assert answer.status_code < 500

    def test_its_word_counts_only_within_its_domains(
        self, client: Client, sign_on: SingleSignOn, devi: Appointment
    ) -> None:
        self.come_in(client, sign_on, {MAIL: devi.person.email})

        assert "_auth_user_id" not in client.session

    def test_staff_who_come_by_it_need_no_second_step_of_the_portals(
        self, client: Client, sign_on: SingleSignOn, bakar: Appointment, settings
    ) -> None:
        settings.SECOND_FACTOR_FOR_STAFF = True
        self.come_in(client, sign_on, {MAIL: bakar.person.email})

        assert client.get("/people/profile/").status_code == 200

    def test_the_portal_describes_itself_to_the_university(
        self, client: Client, sign_on: SingleSignOn
    ) -> None:
        page = client.get(f"/accounts/saml/{sign_on.app.client_id}/metadata/", HTTP_HOST=HOST)

        assert page.status_code == 200
        assert f"/accounts/saml/{sign_on.app.client_id}/acs/" in page.content.decode()


def test_the_secret_is_kept_out_of_the_register_and_off_the_page(osman: Appointment) -> None:
    with openid_server(**AMINAH) as (server, _):
        sign_on = kept_openid(osman, server)
        page = client_of(osman).get(f"/administration/sign-on/openid/{sign_on.pk}/").content.decode()

    assert "rahsia" not in page.replace("Rahsia", "")
    assert "'rahsia'" not in str(Entry.objects.get(action="administration.keep_sign_on").details)
    assert SingleSignOn.objects.get().secret == "rahsia"


def words_of(table: str) -> str:
    """Everything that a table of the database holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return str(cursor.fetchall())


def test_the_database_does_not_hold_the_secret_in_plain_text(osman: Appointment) -> None:
    with openid_server(**AMINAH) as (server, _):
        kept_openid(osman, server)

    tables = connection.introspection.table_names()

    assert "people_singlesignon" in tables
    assert [table for table in tables if "'rahsia'" in words_of(table)] == []


def test_secrets_of_before_are_moved_out_of_the_librarys_table(uthm: Institution) -> None:
    app = SocialApp.objects.create(provider="openid_connect", provider_id="uthm", name="x", secret="dahulu")
    SingleSignOn.objects.create(institution=uthm, app=app)
    moved = import_module("portal.people.migrations.0002_secret_of_sign_on")

    moved.encrypt(apps, None)

    assert "dahulu" not in words_of("socialaccount_socialapp") + words_of("people_singlesignon")
    assert [each.secret for each in get_adapter().list_apps(None, provider="uthm")] == ["dahulu"]

    moved.put_back(apps, None)

    assert SocialApp.objects.get().secret == "dahulu"
