"""Acting in one role at a time, and switching."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.portal.cast import appointment, client_of, institution

from portal.accounts.models import Appointment
from portal.accounts.roles import Role

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = timezone.localdate() - timedelta(days=1), timezone.localdate() + timedelta(days=1)


@pytest.fixture
def auditor(bakar: Appointment) -> Appointment:
    """Bakar audits too."""
    return appointment(bakar.person, Role.AUDITOR, bakar.institution)


def test_one_acts_in_the_role_that_was_pressed(bakar: Appointment, auditor: Appointment) -> None:
    client = client_of(bakar)
    answer = client.post("/people/act/", {"appointment": auditor.pk, "next": "/policies/"})

    assert answer.headers["Location"] == "/policies/"
    assert client.get("/").wsgi_request.acting == auditor


def test_the_header_says_who_and_as_what(bakar: Appointment, auditor: Appointment) -> None:
    page = client_of(auditor).get("/").content.decode()

    assert "Bakar bin Salleh" in page
    assert "Juruaudit, UTHM" in page
    assert page.count('name="appointment"') == 2


def test_it_refuses_get(bakar: Appointment) -> None:
    assert client_of(bakar).get("/people/act/").status_code == 405


def test_nobody_acts_in_another_ones_role(bakar: Appointment, halimah: Appointment) -> None:
    client = client_of(bakar)

    assert client.post("/people/act/", {"appointment": halimah.pk}).status_code == 404
    assert client.post("/people/act/", {"appointment": "x"}).status_code == 404
    assert client.get("/").wsgi_request.acting == bakar


@pytest.mark.parametrize(
    ("starts_on", "ends_on"), [(date(2020, 1, 1), YESTERDAY), (TOMORROW, None)], ids=["over", "to come"]
)
def test_a_role_that_does_not_hold_today_cannot_be_acted_in(
    bakar: Appointment, starts_on: date, ends_on: date | None
) -> None:
    other = appointment(bakar.person, Role.BURSAR, bakar.institution, starts_on=starts_on, ends_on=ends_on)

    assert client_of(bakar).post("/people/act/", {"appointment": other.pk}).status_code == 404
    assert client_of(other).get("/").wsgi_request.acting == bakar


def test_a_role_in_an_institution_that_is_no_longer_in_use_is_none(bakar: Appointment) -> None:
    institution("UTHM").__class__.objects.update(active=False)

    assert client_of(bakar).get("/").wsgi_request.acting is None


def test_it_never_leads_to_another_site(bakar: Appointment, auditor: Appointment) -> None:
    answer = client_of(bakar).post(
        "/people/act/", {"appointment": auditor.pk, "next": "https://evil.example/"}
    )

    assert answer.headers["Location"] == "/people/"
