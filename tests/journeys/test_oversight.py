"""An expert compares two syllabi; an auditor finds an override, runs its case again and records a finding."""

import re
from decimal import Decimal

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.test_applicant import opens_to_all
from tests.journeys.test_eligibility_check import PHONE
from tests.portal import cast
from tests.portal.applications.stories import again, recommended

from portal.accounts.models import Appointment
from portal.applications.actions.deciding import Verdict, confirmed, decide
from portal.applications.models import Application, Finding
from portal.matching.actions import compare
from portal.matching.models import Judgement, SourceSyllabus

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DESKTOP = {"width": 1280, "height": 900}
both = pytest.mark.parametrize("viewport", [DESKTOP, PHONE])


def comes_in(visit: Visit, who: Appointment, path: str, **settings_: object) -> Page:
    """Open a page as somebody who has logged in."""
    page = visit("/healthz", **settings_)
    session = cast.client_of(who).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}])
    page.goto(path)
    return page


@pytest.fixture
def overridden() -> Application:
    """The dean refused one of two courses that the system had recommended."""
    aminah, bakar, halimah = (cast.appear(key) for key in ("aminah", "bakar", "halimah"))
    application = recommended(aminah, bakar)
    verdicts = {claim.pk: confirmed(claim) for claim in application.claims.all()}
    first = application.claims.first()
    assert first is not None
    verdicts[first.pk] = Verdict("refused", reason="Makmal tidak diliputi oleh diploma.")
    decide(halimah, application, "decision", verdicts, version=application.version)
    return again(application)


@both
def test_nathan_finds_the_override_and_records_it(
    visit: Visit, overridden: Application, viewport: dict[str, int]
) -> None:
    page = comes_in(visit, cast.appear("nathan"), "/applications/compliance/", viewport=viewport)
    opens_to_all(page)
    page.get_by_role("link", name=re.compile(overridden.reference)).first.click()

    expect(page.get_by_text("Ini berbeza daripada syor sistem.")).to_be_visible()
    opens_to_all(page)
    page.get_by_role("button", name="Kira semula").click()
    expect(page.get_by_text("Bait yang sama")).to_be_visible()
    page.get_by_label("Ketakpatuhan").check()
    page.get_by_label("Apa yang didapati").fill("Sebab tidak merujuk silibus.")
    page.get_by_role("button", name="Rekodkan dapatan").click()
    expect(page.get_by_text("Dapatan direkodkan.")).to_be_visible()

    page.goto("/applications/decisions/?overrides=yes")
    expect(page.get_by_role("row")).to_have_count(2)
    opens_to_all(page)
    assert Finding.objects.get().result == "breach"


@both
def test_nathan_draws_a_sample(visit: Visit, overridden: Application, viewport: dict[str, int]) -> None:
    page = comes_in(visit, cast.appear("nathan"), "/applications/audits/", viewport=viewport)
    opens_to_all(page)
    page.get_by_label(re.compile("Bilangan keputusan")).fill("2")
    page.get_by_role("button", name="Cabut sampel").click()

    expect(page.get_by_text("2 keputusan belum mempunyai dapatan.")).to_be_visible()
    opens_to_all(page)
    page.goto("/register/")
    opens_to_all(page)
    page.get_by_role("button", name="Semak rantaian").click()
    expect(page.get_by_text("Rantaian utuh")).to_be_visible()
    opens_to_all(page)


@both
def test_fatimah_compares_two_syllabi(visit: Visit, viewport: dict[str, int]) -> None:
    bakar, fatimah = cast.appear("bakar"), cast.appear("fatimah")
    source = SourceSyllabus(institution_name="Politeknik Merlimau", codes="DIT2013", credits=Decimal(3))
    compare(bakar, source, cast.course(bakar.institution, faculty=bakar.faculty), [fatimah])
    page = comes_in(visit, fatimah, "/matching/", viewport=viewport)
    opens_to_all(page)
    page.get_by_role("link", name=re.compile("^Nilai")).click()
    page.get_by_role("link", name="Masukkan silibus kursus asal").click()
    page.get_by_label("Hasil pembelajaran").fill("CLO1: Menerangkan rangkaian\nCLO2: Membina rangkaian")
    page.get_by_label("Topik").fill("Penghalaan; 6\nPengalamatan; 4")
    opens_to_all(page)
    page.get_by_role("button", name="Simpan silibus").click()

    shares = page.get_by_label("Peratus diliputi (%)")
    for place, share in enumerate(("90", "80", "70")):
        shares.nth(place).fill(share)
    expect(page.locator("#share")).to_contain_text("80 %")
    expect(page.locator("#share")).to_contain_text("Minimum dicapai")
    page.get_by_label("CLO1 Menerangkan rangkaian").first.check()
    opens_to_all(page)
    page.get_by_role("button", name="Simpan penilaian saya").click()

    expect(page.get_by_text("perbandingan dimuktamadkan")).to_be_visible()
    opens_to_all(page)
    assert Judgement.objects.get().overlap == Decimal(80)
