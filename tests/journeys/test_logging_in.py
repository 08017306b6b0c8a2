"""The way in with a password, a mistyped one, another role, and the way out."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import Visit
from tests.journeys.people import DESKTOP, logs_in, opens_to_all
from tests.portal import cast

from portal.accounts.roles import Role

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_bakar_logs_in_acts_in_another_role_and_logs_out(visit: Visit) -> None:
    bakar = cast.appear("bakar")
    assessor = cast.appointment(bakar.person, Role.ASSESSOR, bakar.institution, bakar.faculty)
    page = visit("/applications/queue/", viewport=DESKTOP)
    expect(page.get_by_role("heading", level=1)).to_have_text("Log masuk")
    opens_to_all(page)

    logs_in(page, bakar.person.email, "kata-laluan-yang-salah")
    expect(page.get_by_role("alert")).to_contain_text(re.compile("kata laluan", re.IGNORECASE))
    expect(page.get_by_label("E-mel")).to_have_value(bakar.person.email)
    opens_to_all(page)

    logs_in(page, bakar.person.email)
    expect(page).to_have_url(re.compile("/applications/queue/$"))
    account = page.locator("details.account")
    expect(account).to_contain_text(str(bakar))
    opens_to_all(page)

    account.locator("summary").click()
    opens_to_all(page)
    account.get_by_role("button", name="Pentaksir").click()
    expect(page.get_by_role("status").first).to_contain_text(str(assessor))
    expect(account).to_contain_text(str(assessor))
    page.goto("/applications/deciding/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidak dibenarkan")
    opens_to_all(page)

    page.goto("/desk/")
    opens_to_all(page)
    account.locator("summary").click()
    account.get_by_role("button", name="Log keluar").click()
    expect(page.get_by_role("link", name="Log masuk")).to_be_visible()
    page.goto("/desk/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log masuk")
