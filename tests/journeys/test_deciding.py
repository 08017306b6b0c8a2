"""A dean decides forty claims at once; two people decide the same application at the same time."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import Server, Visit
from tests.journeys.people import enters, opens_to_all
from tests.portal import cast
from tests.portal.applications import stories

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.applications.actions.deciding import confirmed, decide
from portal.applications.models import Application, Decision

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

STUDENTS = ("ali", "bala", "chin", "dina", "eza", "faiz", "gita", "huda")
CLAIMS = 5
LONGEST = 2
"""Seconds that the server may work to decide forty claims."""


def waiting(key: str, coordinator: Appointment, claims: int) -> Application:
    """A student's application of some claims, recommended."""
    where = coordinator.institution
    assert where is not None
    person = cast.person(key)
    cast.student(person, cast.programme(where))
    student = cast.appointment(person, Role.STUDENT, where)
    return stories.recommended(student, coordinator, claims)


def test_halimah_decides_forty_claims_at_once_and_is_told_what_changed(visit: Visit) -> None:
    bakar, halimah, hassan = (cast.appear(key) for key in ("bakar", "halimah", "hassan"))
    applications = [waiting(key, bakar, CLAIMS) for key in STUDENTS]
    changed = waiting("irfan", bakar, 2)

    page = enters(visit, halimah, "/desk/")
    page.goto("/applications/queue/")
    opens_to_all(page)
    page.get_by_role("link", name="Putuskan banyak sekali gus").click()
    opens_to_all(page)
    assert page.get_by_role("checkbox", checked=True).count() == CLAIMS * len(STUDENTS) + 2

    first = changed.claims.order_by("position")[0]
    decide(hassan, changed, "decision", {first.pk: confirmed(first)}, version=changed.version)
    Server.longest = 0
    page.get_by_role("button", name="Sahkan yang ditandakan").click()
    told = page.get_by_role("status").filter(has_text=changed.reference)
    expect(told).to_contain_text("40 kursus diputuskan")
    expect(told).to_contain_text("Hassan bin Idris telah mengubahnya")
    assert 0 < Server.longest < LONGEST
    opens_to_all(page)
    assert Decision.objects.filter(stage="decision", decided_by=halimah).count() == CLAIMS * len(STUDENTS)
    states = Application.objects.filter(pk__in=[one.pk for one in applications]).values_list("state")
    assert {state for (state,) in states} == {"decided"}
    assert stories.again(changed).state == "decision"

    page.get_by_role("button", name="Sahkan yang ditandakan").click()
    expect(page.get_by_role("status").filter(has_text="1 kursus diputuskan")).to_be_visible()
    assert stories.again(changed).state == "decided"


def test_of_two_who_decide_at_once_the_second_is_told_and_loses_nothing(visit: Visit) -> None:
    bakar, halimah, hassan = (cast.appear(key) for key in ("bakar", "halimah", "hassan"))
    application = waiting("ali", bakar, 2)
    first, second = application.claims.order_by("position")
    path = f"/applications/{application.pk}/file/"
    dean, deputy = enters(visit, halimah, path), enters(visit, hassan, path)

    theirs = deputy.get_by_role("group", name=re.compile(first.target.code))
    deputy.get_by_role("group", name=re.compile(second.target.code)).get_by_label("Biarkan dahulu").check()
    expect(theirs.get_by_label(re.compile("Sahkan syor"))).to_be_checked()
    deputy.get_by_role("button", name="Simpan keputusan ini").click()
    expect(deputy.get_by_text("Keputusan disimpan; masih ada kursus yang belum diputuskan.")).to_be_visible()
    opens_to_all(deputy)

    reason = "Makmal tidak diliputi oleh sumber."
    hers = dean.get_by_role("group", name=re.compile(second.target.code))
    hers.get_by_label("Tolak", exact=True).check()
    hers.get_by_label("Sebab").fill(reason)
    dean.get_by_role("button", name="Simpan keputusan ini").click()
    expect(dean.get_by_role("alert")).to_contain_text("Hassan bin Idris telah mengubahnya")
    assert Decision.objects.filter(stage="decision").count() == 1

    hers = dean.get_by_role("group", name=re.compile(second.target.code))
    expect(hers.get_by_label("Tolak", exact=True)).to_be_checked()
    expect(hers.get_by_label("Sebab")).to_have_value(reason)
    opens_to_all(dean)
    his = dean.get_by_role("group", name=re.compile(first.target.code))
    his.get_by_label("Biarkan dahulu").check()
    dean.get_by_role("button", name="Simpan keputusan ini").click()
    expect(dean.get_by_role("heading", level=1)).to_contain_text("Semakan kedua")
    made = Decision.objects.filter(stage="decision", superseded_by=None).order_by("claim__position")
    assert [(one.outcome, one.decided_by_id) for one in made] == [
        ("approved", hassan.pk),
        ("refused", halimah.pk),
    ]
