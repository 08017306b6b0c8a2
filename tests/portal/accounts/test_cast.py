"""The cast of the tests is what it says: everybody has one role, in one place, and can log in."""

import pytest
from tests.portal import cast

from portal.accounts.acting import appointments_of
from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", cast.CAST)
def test_each_of_the_cast_acts_in_their_role(key: str) -> None:
    acting = cast.appear(key)

    assert [a.role for a in appointments_of(acting.person).values()] == [cast.CAST[key].role]
    assert acting.person.check_password(cast.PASSWORD)


def test_only_whom_a_test_names_appears(aminah: Appointment) -> None:
    assert Person.objects.count() == 1
    assert cast.student_of(aminah).programme.code == "BIT"


def test_every_role_has_somebody_at_uthm(everyone: dict[Role, Appointment]) -> None:
    assert set(everyone) == set(Role)
    assert {a.institution.code for a in everyone.values()} == {"UTHM"}


def test_asking_twice_gives_the_same_rows(aminah: Appointment) -> None:
    assert cast.appear("aminah") == aminah


def test_a_client_acts_in_the_appointment_that_is_named(aminah: Appointment) -> None:
    second = cast.appointment(aminah.person, Role.EXTERNAL_LEARNER, None)

    assert cast.client_of(second).get("/").wsgi_request.acting == second
