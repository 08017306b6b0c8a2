"""Lending a role for some days: by its holder alone, not further, written down, over by itself."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.portal.cast import appear, appointment, client_of

from portal.accounts.acting import appointments_of
from portal.accounts.models import Appointment
from portal.people.actions import delegate
from portal.records.models import Entry

pytestmark = pytest.mark.django_db
PAGE = "/people/delegations/"
TODAY = timezone.localdate()


def days(first: int, last: int) -> dict[str, date]:
    return {"starts_on": TODAY + timedelta(days=first), "ends_on": TODAY + timedelta(days=last)}


def sent(of: Appointment, to: Appointment, first: int = 0, last: int = 7) -> dict[str, object]:
    return {"appointment": of.pk, "to": to.person_id, "reason": "Cuti tahunan"} | days(first, last)


def test_the_deputy_acts_on_the_deans_behalf(halimah: Appointment, hassan: Appointment) -> None:
    answer = client_of(halimah).post(PAGE, sent(halimah, hassan))

    assert answer.status_code == 302
    lent = Appointment.objects.get(delegated_from=halimah)
    assert (lent.person, lent.role, lent.faculty) == (hassan.person, halimah.role, halimah.faculty)
    assert "bagi pihak Halimah binti Abdullah" in client_of(lent).get("/").content.decode()
    entry = Entry.objects.get(action="people.delegate")
    assert entry.details["reason"] == "Cuti tahunan"


def test_it_begins_and_ends_by_itself(halimah: Appointment, hassan: Appointment) -> None:
    lent = delegate(halimah.person, halimah, to=hassan.person, reason="", **days(1, 2))

    held = Appointment.objects.filter(pk=lent.pk)
    assert [held.in_force(TODAY + timedelta(days=n)).exists() for n in range(4)] == [False, True, True, False]


def test_it_ends_with_the_role_it_comes_from(halimah: Appointment, hassan: Appointment) -> None:
    lent = delegate(halimah.person, halimah, to=hassan.person, reason="", **days(0, 30))
    Appointment.objects.filter(pk=halimah.pk).update(ends_on=TODAY - timedelta(days=1))

    assert lent.pk not in appointments_of(hassan.person)


def test_what_is_lent_is_not_lent_on(halimah: Appointment, hassan: Appointment, chong: Appointment) -> None:
    lent = delegate(halimah.person, halimah, to=hassan.person, reason="", **days(0, 7))

    answer = client_of(lent).post(PAGE, sent(lent, chong))

    assert answer.status_code == 422
    assert not Appointment.objects.filter(delegated_from=lent).exists()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(-1, 3, "Mulakan hari ini atau kemudian"), (3, 1, "Hari terakhir lebih awal")],
)
def test_days_out_of_order_are_refused(
    halimah: Appointment, hassan: Appointment, first: int, last: int, words: str
) -> None:
    answer = client_of(halimah).post(PAGE, sent(halimah, hassan, first, last))

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_it_does_not_reach_beyond_ones_own_term(halimah: Appointment, hassan: Appointment) -> None:
    Appointment.objects.filter(pk=halimah.pk).update(ends_on=TODAY + timedelta(days=3))

    answer = client_of(halimah).post(PAGE, sent(halimah, hassan, 0, 4))

    assert "selewat-lewatnya pada hari itu" in answer.content.decode()


def test_the_same_days_twice_are_refused(halimah: Appointment, hassan: Appointment) -> None:
    client = client_of(halimah)
    client.post(PAGE, sent(halimah, hassan, 0, 7))

    assert client.post(PAGE, sent(halimah, hassan, 7, 9)).status_code == 422
    assert client.post(PAGE, sent(halimah, hassan, 8, 9)).status_code == 302


def test_only_colleagues_of_the_institution_can_be_chosen(halimah: Appointment, devi: Appointment) -> None:
    assert client_of(halimah).post(PAGE, sent(halimah, devi)).status_code == 422


def test_students_have_nothing_to_lend(aminah: Appointment, zain: Appointment) -> None:
    answer = client_of(aminah).post(PAGE, sent(aminah, zain))

    assert answer.status_code == 422
    assert not Appointment.objects.filter(delegated_from__isnull=False).exists()


class TestEnding:
    @pytest.fixture
    def lent(self, halimah: Appointment, hassan: Appointment) -> Appointment:
        return delegate(halimah.person, halimah, to=hassan.person, reason="", **days(0, 7))

    def address(self, lent: Appointment) -> str:
        return f"/people/delegations/{lent.pk}/end/"

    def test_the_holder_ends_it_at_once(self, lent: Appointment, hassan: Appointment) -> None:
        client_of(appear("halimah")).post(self.address(lent))

        assert lent.pk not in appointments_of(hassan.person)
        assert Entry.objects.filter(action="people.end_delegation").count() == 1

    def test_it_refuses_get(self, lent: Appointment) -> None:
        assert client_of(appear("halimah")).get(self.address(lent)).status_code == 405

    def test_who_was_lent_it_cannot(self, lent: Appointment) -> None:
        assert client_of(lent).post(self.address(lent)).status_code == 404

    def test_nobody_else_finds_it(self, lent: Appointment, devi: Appointment, client: Client) -> None:
        assert client_of(devi).post(self.address(lent)).status_code == 404
        assert client.post(self.address(lent)).status_code == 302
        assert lent.pk in appointments_of(appear("hassan").person)

    def test_ending_twice_says_so(self, lent: Appointment) -> None:
        client = client_of(appear("halimah"))
        client.post(self.address(lent))
        page = client.post(self.address(lent), follow=True).content.decode()

        assert "telah tamat" in page


def test_the_list_shows_ones_own_and_no_others(halimah: Appointment, bakar: Appointment) -> None:
    appointment(appear("chong").person, bakar.role, bakar.institution, bakar.faculty, delegated_from=bakar)

    assert "Chong Mei Ling (" in client_of(halimah).get(PAGE).content.decode()  # as a choice
    assert "<td" not in client_of(halimah).get(PAGE).content.decode()
