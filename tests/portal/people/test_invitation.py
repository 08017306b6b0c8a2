"""An invitation lets in whom it names, once, and for two weeks."""

import time

import pytest
from django.test import Client

from portal.accounts.models import Person
from portal.people.invitation import token_for

pytestmark = pytest.mark.django_db
CHOSEN = {"new_password1": "kata-laluan-baharu-27", "new_password2": "kata-laluan-baharu-27"}


@pytest.fixture
def invited(db: None) -> Person:
    return Person.objects.create_user("baharu@uthm.example", None, name="Orang Baharu")


def address(person: Person) -> str:
    return f"/people/invitation/{token_for(person)}/"


def test_a_password_lets_them_in_at_once(client: Client, invited: Person) -> None:
    answer = client.post(address(invited), CHOSEN)

    assert answer.headers["Location"] == "/people/"
    assert client.get("/people/profile/").status_code == 200


def test_the_email_counts_as_confirmed(client: Client, invited: Person) -> None:
    client.post(address(invited), CHOSEN)
    fresh = Client()
    fresh.post("/accounts/login/", {"login": invited.email, "password": CHOSEN["new_password1"]})

    assert fresh.get("/people/profile/").status_code == 200


def test_a_weak_password_is_refused(client: Client, invited: Person) -> None:
    answer = client.post(address(invited), {"new_password1": "12345", "new_password2": "12345"})

    assert answer.status_code == 422
    assert not Person.objects.get(pk=invited.pk).has_usable_password()


def test_it_works_once(client: Client, invited: Person) -> None:
    link = address(invited)
    client.post(link, CHOSEN)

    assert Client().post(link, CHOSEN).status_code == 410


def test_it_ends_after_two_weeks(client: Client, invited: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    link, now = address(invited), time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 15 * 24 * 3600)

    answer = client.get(link)

    assert answer.status_code == 410
    assert "Jemputan telah luput" in answer.content.decode()


def test_a_false_link_lets_nobody_in(client: Client, invited: Person) -> None:
    assert client.get("/people/invitation/abc/").status_code == 410
    assert client.get(address(invited)[:-3] + "xx/").status_code == 410


def test_a_closed_account_is_not_opened_by_it(client: Client, invited: Person) -> None:
    link = address(invited)
    Person.objects.filter(pk=invited.pk).update(is_active=False)

    assert client.get(link).status_code == 410
