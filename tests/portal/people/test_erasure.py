"""Being erased: the name goes, the decisions and the register's chain stay."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.portal.cast import PASSWORD, appear, appointment, client_of, person

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.people.models import ErasureRequest
from portal.records.models import Entry
from portal.records.register import broken_entries

pytestmark = pytest.mark.django_db
PAGE = "/people/erasure/"


@pytest.fixture
def learner(db: None) -> Person:
    """Somebody from outside who belongs to no institution."""
    who = person("lim", "Lim Ah Hock", "luar", phone="+60 12-345 6789", identity_number="A12345678")
    appointment(who, Role.EXTERNAL_LEARNER, None)
    return who


def test_an_outside_learner_is_erased_at_once(learner: Person) -> None:
    client = client_of(learner)
    client.post("/people/profile/", {"name": "Lim A. H.", "language": "ms", "phone": ""})

    answer = client.post(PAGE, {"email": learner.email})

    gone = Person.objects.get(pk=learner.pk)
    assert answer.headers["Location"] == "/"
    assert (gone.name, gone.identity_number, gone.phone) == ("Orang yang dipadam", "", "")
    assert gone.email == f"{learner.pk}@erased.invalid"
    assert not gone.is_active
    assert "Lim" not in str(list(Entry.objects.values_list("details", flat=True)))
    assert list(broken_entries(None)) == []
    assert client.get("/people/profile/").status_code == 302


def test_whoever_is_erased_cannot_come_in_again(learner: Person, client: Client) -> None:
    client_of(learner).post(PAGE, {"email": learner.email})
    client.post("/accounts/login/", {"login": learner.email, "password": PASSWORD})

    assert client.get("/people/profile/").status_code == 302


def test_a_wrong_email_erases_nothing(learner: Person) -> None:
    answer = client_of(learner).post(PAGE, {"email": "x@y.example"})

    assert answer.status_code == 422
    assert Person.objects.get(pk=learner.pk).is_active


def test_a_student_asks_and_may_withdraw(aminah: Appointment) -> None:
    client = client_of(aminah)
    client.post(PAGE, {"email": aminah.person.email})
    assert ErasureRequest.objects.filter(person=aminah.person).exists()
    assert Person.objects.get(pk=aminah.person_id).is_active

    client.post(PAGE, {"withdraw": "1"})
    assert not ErasureRequest.objects.exists()


class TestByTheAdministrator:
    @pytest.fixture
    def asked(self, aminah: Appointment) -> Appointment:
        ErasureRequest.objects.create(person=aminah.person)
        return aminah

    def address(self, asked: Appointment) -> str:
        return f"/administration/people/{asked.person_id}/erase/"

    def test_nobody_in_office_is_erased(self, asked: Appointment, osman: Appointment) -> None:
        answer = client_of(osman).post(self.address(asked))

        assert answer.status_code == 422
        assert "Tamatkan pelantikan orang ini dahulu" in answer.content.decode()

    def test_whoever_holds_no_office_is_erased_and_the_chain_holds(
        self, asked: Appointment, osman: Appointment
    ) -> None:
        Appointment.objects.filter(pk=asked.pk).update(ends_on=timezone.localdate() - timedelta(days=1))

        answer = client_of(osman).post(self.address(asked))

        assert answer.headers["Location"] == "/administration/people/"
        assert Person.objects.get(pk=asked.person_id).name == "Orang yang dipadam"
        assert list(broken_entries(osman.institution)) == []

    def test_nobody_is_erased_who_did_not_ask(self, osman: Appointment) -> None:
        bakar = appear("bakar")
        Appointment.objects.filter(pk=bakar.pk).update(ends_on=timezone.localdate() - timedelta(days=1))

        assert client_of(osman).post(self.address(bakar)).status_code == 422

    def test_another_universitys_administrator_does_not_find_them(
        self, asked: Appointment, yap: Appointment
    ) -> None:
        assert client_of(yap).post(self.address(asked)).status_code == 404
