"""Signing up, coming in, resetting the password; and being kept from guessing."""

import re

import pytest
from django.test import Client
from tests.portal.cast import PASSWORD, client_of

from portal.accounts.models import Appointment, Person
from portal.notices.models import Mail
from portal.records.models import Entry

pytestmark = pytest.mark.django_db
NEW = {"name": "Lim Ah Hock", "email": "lim@luar.example", "password1": PASSWORD, "password2": PASSWORD}
LINK = re.compile(r"http://testserver(/accounts/\S+)")


def link_in(mail: Mail) -> str:
    found = LINK.search(mail.text)
    assert found, mail.text
    return found[1]


class TestSignUp:
    def test_somebody_new_becomes_an_external_learner_of_no_institution(self, client: Client) -> None:
        client.post("/accounts/signup/", NEW)

        held = Appointment.objects.get(person__email="lim@luar.example")
        assert (held.role, held.institution) == ("external_learner", None)
        assert Entry.objects.get(action="people.join").subject_id == held.person_id

    def test_they_come_in_after_confirming_the_email(self, client: Client) -> None:
        client.post("/accounts/signup/", NEW)
        assert client.get("/people/profile/").status_code == 302

        client.post(link_in(Mail.objects.get()))
        answer = client.post("/accounts/login/", {"login": NEW["email"], "password": PASSWORD})

        assert answer.headers["Location"] == "/people/"
        assert "Lim Ah Hock" in client.get("/people/profile/").content.decode()

    def test_a_wrong_password_is_not_called_a_thing_to_save(
        self, client: Client, aminah: Appointment
    ) -> None:
        wrong = {"login": aminah.person.email, "password": "bukan-yang-ini"}
        answer = client.post("/accounts/login/", wrong)

        assert "Sila semak semula" in answer.text
        assert "Belum boleh disimpan" not in answer.text

    def test_the_language_of_the_page_becomes_theirs(self, english: Client) -> None:
        english.post("/accounts/signup/", NEW)

        assert Person.objects.get(email=NEW["email"]).language == "en"
        assert "Please Confirm Your Email Address" in Mail.objects.get().subject

    def test_the_mail_is_malay_otherwise(self, client: Client) -> None:
        client.post("/accounts/signup/", NEW)

        assert Mail.objects.get().subject == "Sila sahkan alamat e-mel anda"
        assert "Untuk mengesahkannya" in Mail.objects.get().text
        assert "mendaftar akaun di testserver." in Mail.objects.get().text

    def test_a_taken_email_is_not_told_to_others(self, client: Client, aminah: Appointment) -> None:
        answer = client.post("/accounts/signup/", NEW | {"email": aminah.person.email})
        other = Client().post("/accounts/signup/", NEW)

        assert answer.headers["Location"] == other.headers["Location"]
        assert Mail.objects.filter(to=aminah.person.email, subject="Akaun telah wujud").exists()

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"password1": "12345", "password2": "12345"}, "sekurang-kurangnya"),
            ({"password2": "lain-sekali-2026"}, "Kata laluan yang sama"),
            ({"email": "lim"}, "alamat e"),
            ({"name": ""}, "Maklumat ini wajib diisi"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
        self, client: Client, wrong: dict[str, str], words: str
    ) -> None:
        page = client.post("/accounts/signup/", NEW | wrong).content.decode()

        assert words in page
        assert 'class="form-field wrong"' in page
        assert not Person.objects.exists()


class TestLogin:
    def sent(self, person: Person, password: str = PASSWORD) -> dict[str, str]:
        return {"login": person.email, "password": password}

    def test_one_comes_to_where_one_wanted_to_go(self, client: Client, osman: Appointment) -> None:
        answer = client.post(
            "/accounts/login/", self.sent(osman.person) | {"next": "/administration/faculties/"}
        )

        assert answer.headers["Location"] == "/administration/faculties/"

    def test_it_never_leads_to_another_site(self, client: Client, osman: Appointment) -> None:
        answer = client.post("/accounts/login/", self.sent(osman.person) | {"next": "https://evil.example/"})

        assert answer.headers["Location"] == "/people/"

    def test_it_goes_on_in_the_persons_language(self, client: Client, osman: Appointment) -> None:
        Person.objects.filter(pk=osman.person_id).update(language="en")
        client.post("/accounts/login/", self.sent(osman.person))

        assert client.cookies["language"].value == "en"

    def test_a_wrong_password_is_said_without_saying_which_is_wrong(
        self, client: Client, osman: Appointment
    ) -> None:
        known = client.post("/accounts/login/", self.sent(osman.person, "salah")).content.decode()
        unknown = client.post("/accounts/login/", {"login": "x@y.example", "password": "salah"})

        assert "tidak betul" in known
        assert "tidak betul" in unknown.content.decode()

    def test_a_closed_account_stays_out(self, client: Client, osman: Appointment) -> None:
        Person.objects.filter(pk=osman.person_id).update(is_active=False)
        client.post("/accounts/login/", self.sent(osman.person))

        assert client.get("/people/profile/").status_code == 302

    def test_after_eight_failures_even_the_right_password_waits(
        self, client: Client, osman: Appointment
    ) -> None:
        for _ in range(8):
            answer = client.post("/accounts/login/", self.sent(osman.person, "salah"))

        assert answer.status_code == 429
        assert client.post("/accounts/login/", self.sent(osman.person)).status_code == 429
        assert client.get("/people/profile/").status_code == 302

    def test_logging_out_takes_a_press_of_a_button(self, osman: Appointment) -> None:
        client = client_of(osman)
        assert client.get("/accounts/logout/").status_code == 200
        assert client.get("/people/profile/").status_code == 200

        client.post("/accounts/logout/")
        assert client.get("/people/profile/").status_code == 302


class TestForgottenPassword:
    def test_a_link_leads_to_a_new_one_once(self, client: Client, osman: Appointment) -> None:
        client.post("/accounts/password/reset/", {"email": osman.person.email})
        address = client.get(link_in(Mail.objects.get())).headers["Location"]
        new = {"password1": "kata-laluan-baharu-27", "password2": "kata-laluan-baharu-27"}
        client.post(address, new)

        assert Person.objects.get(pk=osman.person_id).check_password("kata-laluan-baharu-27")
        again = Client().get(link_in(Mail.objects.earliest("pk")))
        assert "tidak sah" in again.content.decode()

    def test_the_page_says_the_same_for_an_unknown_email(self, client: Client, osman: Appointment) -> None:
        known = client.post("/accounts/password/reset/", {"email": osman.person.email})
        unknown = client.post("/accounts/password/reset/", {"email": "x@y.example"})

        assert known.headers["Location"] == unknown.headers["Location"]

    def test_the_mail_is_in_the_persons_language(self, client: Client, osman: Appointment) -> None:
        Person.objects.filter(pk=osman.person_id).update(language="en")
        client.post("/accounts/password/reset/", {"email": osman.person.email})

        assert Mail.objects.get().subject == "Password Reset Email"


PUBLIC = ["/", "/transfer/check/", "/tools/", "/policies/", "/accounts/login/"]


@pytest.mark.parametrize("page", PUBLIC[:4])
def test_a_visitor_gets_no_session(client: Client, page: str, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = client.get(page)

    assert "session" not in answer.cookies


def test_the_check_gives_a_visitor_no_session_either(client: Client, example) -> None:
    answer = client.post("/transfer/check/", example())

    assert answer.status_code == 200
    assert "session" not in answer.cookies


@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_what_is_missing_is_said_in_the_language_of_the_page(client: Client, page: str) -> None:
    form = re.search(r'<form class="form"[^>]*>', client.get(page).text)
    assert form
    assert "novalidate" in form[0]  # a browser speaks its own language
    assert "Maklumat ini wajib diisi" in client.post(page, {}).text
