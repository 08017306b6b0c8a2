"""A bursar closes a cohort: claims its certificates from the platform, notes what came, pays every share out."""

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import Visit
from tests.journeys.people import enters, opens_to_all
from tests.portal import cast
from tests.portal.monitoring.test_income import cohort, income_of
from tests.tauliah.files.reading import text_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_umar_closes_a_cohort_that_zarina_counted(visit: Visit) -> None:
    there = cohort()
    zarina, umar = cast.appear("zarina"), cast.appear("umar")

    centre = enters(visit, zarina, "/desk/")
    centre.get_by_role("link", name="Kohort yang sijil berbayarnya perlu dikira").click()
    opens_to_all(centre)
    centre.get_by_role("link", name=str(there.proposal)).click()
    opens_to_all(centre)
    centre.get_by_role("button", name="Tandatangani bagi pihak pusat").click()
    centre.get_by_label("Sijil berbayar").fill("7")
    centre.get_by_label("Sumber bilangan").fill("Laporan OpenLearning 3 November 2026")
    centre.get_by_role("button", name="Simpan bilangan").click()
    centre.get_by_role("button", name="Sediakan tuntutan").click()
    expect(centre.get_by_text("Tuntutan disediakan dan bendahari dimaklumkan.")).to_be_visible()

    bursar = enters(visit, umar, "/desk/")
    bursar.get_by_role("link", name="Bayaran sijil yang perlu dituntut").click()
    bursar.get_by_role("link", name=str(there.proposal)).click()
    opens_to_all(bursar)
    claim = bursar.get_by_role("link", name="Tuntutan (PDF)").get_attribute("href")
    assert "1,338.75" in text_of(bursar.request.get(str(claim)).body())
    bursar.get_by_label("Rujukan tuntutan yang dihantar").fill("OL/2026/11")
    bursar.get_by_role("button", name="Catat tuntutan").click()
    expect(bursar.get_by_label("Amaun diterima, dalam ringgit")).to_have_value("1338.75")
    bursar.get_by_label("Amaun diterima, dalam ringgit").fill("1300.00")
    bursar.get_by_label("Rujukan resit").fill("BANK-77")
    bursar.get_by_role("button", name="Catat bayaran").click()
    expect(bursar.get_by_role("alert")).to_contain_text("1,338.75")
    opens_to_all(bursar)
    bursar.get_by_label("Amaun diterima, dalam ringgit").fill("1338.75")
    bursar.get_by_role("button", name="Catat bayaran").click()
    expect(bursar.get_by_text("Bayaran dicatat dan pusat dimaklumkan.")).to_be_visible()

    centre.reload()
    opens_to_all(centre)
    centre.get_by_role("button", name="Agihkan dan arahkan").click()
    expect(centre.get_by_text("Amaun diagihkan dan bendahari dimaklumkan.")).to_be_visible()

    bursar.reload()
    opens_to_all(bursar)
    paper = bursar.get_by_role("link", name="Arahan (PDF)").get_attribute("href")
    assert "401.66" in text_of(bursar.request.get(str(paper)).body())
    bursar.get_by_label("Rujukan bayaran").fill("EFT-2026-11-22")
    bursar.get_by_role("button", name="Tandakan telah diagihkan").click()
    expect(bursar.get_by_text("5 bahagian ditandakan sebagai dibayar.")).to_be_visible()
    opens_to_all(bursar)

    assert income_of(there).state == "closed"
    bursar.goto("/monitoring/income/statement/")
    expect(bursar.get_by_text("Yusuf bin Hamzah")).to_be_visible()
    opens_to_all(bursar)
