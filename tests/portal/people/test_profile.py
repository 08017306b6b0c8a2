"""One's own data: seen, changed, written down; the identity number is never shown whole."""

import pytest
from django.db import connection
from django.test import Client
from tests.portal.cast import client_of

from portal.accounts.models import Appointment, Person
from portal.records.models import Entry

pytestmark = pytest.mark.django_db
PAGE = "/people/profile/"
DATA = {"name": "Aminah binti Yusof", "language": "ms", "phone": "", "identity_number": ""}


def test_it_shows_who_one_is_and_acts_as(aminah: Appointment) -> None:
    page = client_of(aminah).get(PAGE).content.decode()

    assert "aminah@uthm.example" in page
    assert "Universiti Tun Hussein Onn Malaysia" in page


def test_it_leads_visitors_to_the_login_and_back(client: Client) -> None:
    assert client.get(PAGE).headers["Location"] == f"/accounts/login/?next={PAGE}"


def test_a_change_is_kept_and_written_down(aminah: Appointment) -> None:
    answer = client_of(aminah).post(PAGE, DATA | {"phone": "+60 12-345 6789"})

    assert answer.status_code == 302
    assert Person.objects.get(pk=aminah.person_id).phone == "+60 12-345 6789"
    entry = Entry.objects.get(action="people.change_own_data")
    assert entry.actor == aminah.person_id
    assert entry.details["after"]["phone"] == "+60 12-345 6789"


def test_saving_without_a_change_writes_nothing_down(aminah: Appointment) -> None:
    client_of(aminah).post(PAGE, DATA)

    assert not Entry.objects.filter(action="people.change_own_data").exists()


def test_the_language_follows_at_once(aminah: Appointment) -> None:
    client = client_of(aminah)
    client.post(PAGE, DATA | {"language": "en"})

    assert client.cookies["language"].value == "en"
    assert "My account" in client.get(PAGE).content.decode()


class TestIdentityNumber:
    def test_it_stands_encrypted_and_is_shown_masked(self, aminah: Appointment) -> None:
        client = client_of(aminah)
        client.post(PAGE, DATA | {"identity_number": "990101-01-5678"})

        page = client.get(PAGE).content.decode()
        with connection.cursor() as cursor:
            cursor.execute("select identity_number from accounts_person where id = %s", [aminah.person_id])
            kept = cursor.fetchone()[0]

        assert "••••••••••5678" in page
        assert "990101" not in page
        assert "990101" not in kept
        assert "990101" not in str(Entry.objects.get().details)

    def test_an_empty_field_keeps_the_one_on_record(self, aminah: Appointment) -> None:
        client = client_of(aminah)
        client.post(PAGE, DATA | {"identity_number": "A12345678"})
        client.post(PAGE, DATA)

        assert Person.objects.get(pk=aminah.person_id).identity_number == "A12345678"

    def test_a_wrong_one_is_refused_at_its_field_and_nothing_is_lost(self, aminah: Appointment) -> None:
        answer = client_of(aminah).post(PAGE, DATA | {"identity_number": "12", "name": "Aminah Y."})

        assert answer.status_code == 422
        assert "900101-01-1234" in answer.content.decode()
        assert 'value="Aminah Y."' in answer.content.decode()
        assert Person.objects.get(pk=aminah.person_id).name == "Aminah binti Yusof"


def test_it_refuses_a_telephone_that_cannot_be_dialled(aminah: Appointment) -> None:
    assert client_of(aminah).post(PAGE, DATA | {"phone": "ring me"}).status_code == 422
