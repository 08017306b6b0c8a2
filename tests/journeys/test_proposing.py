"""A lecturer of UNIMAS writes a proposal while the page saves it, meets a second window, and hands it in."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.test_applicant import logs_in, opens_to_all
from tests.journeys.test_eligibility_check import PHONE
from tests.portal import cast
from tests.portal.proposals import made

from portal.proposals.models import Proposal

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, PHONE], ids=["desk", "phone"])
def test_laila_writes_a_proposal_and_hands_it_in(visit: Visit, viewport: dict[str, int]) -> None:
    laila = cast.appear("laila")
    cast.course(
        cast.institution("UNIMAS"), "TMF1014", name_ms="Pemikiran Reka Bentuk", name_en="Design Thinking"
    )
    size = viewport["width"]
    page = visit("/proposals/", viewport=viewport)
    logs_in(page, laila.person.email)
    expect(page.get_by_text("Anda belum mempunyai cadangan")).to_be_visible()
    opens_to_all(page)  # list-empty

    page.get_by_role("link", name="Cadangan baharu").first.click()
    page.get_by_label(re.compile("berdiri sendiri", re.IGNORECASE)).check()
    page.get_by_label(re.compile("Tajuk dalam bahasa Melayu")).fill(
        "Micro-Credential in Pemikiran Reka Bentuk"
    )
    page.get_by_label(re.compile("Tajuk dalam bahasa Inggeris")).press_sequentially(
        "Micro-Credential in Design Thinking"
    )
    expect(page.get_by_text("sama?")).to_be_visible()
    opens_to_all(page)  # new
    page.get_by_role("button", name="Mulakan draf").click()
    expect(page.get_by_role("heading", name="Hantar permohonan")).to_be_visible()
    opens_to_all(page)  # overview

    writes_outcomes(page, size)
    writes_content(page, size)
    meets_another_window(page, visit, laila.person.email, viewport)
    hands_in(page, size)


def writes_outcomes(page: Page, size: int) -> None:
    """Rows come and go, and what is typed is saved by itself."""
    page.get_by_role("link", name="Hasil pembelajaran").first.click()
    page.get_by_role("button", name=re.compile("Tambah: Hasil pembelajaran")).click()
    page.locator("#f-outcomes-0-ms").fill("Menerangkan lima fasa pemikiran reka bentuk")
    page.locator("#f-outcomes-0-verb").fill("menerangkan")
    page.locator("#f-outcomes-0-verb").press("Tab")
    expect(page.locator("#saved")).to_contain_text("Disimpan")
    expect(page.get_by_text(re.compile("belum ada:.*kriteria prestasi"))).to_be_visible()
    opens_to_all(page)  # outcomes
    assert Proposal.objects.get().content["outcomes"][0]["verb"] == "menerangkan"


def writes_content(page: Page, size: int) -> None:
    """The learning time is computed as the plan is typed."""
    page.get_by_role("link", name=re.compile("Rancangan kandungan")).first.click()
    page.get_by_role("button", name=re.compile("Tambah: Unit")).click()
    page.locator("#f-units-0-title_ms").fill("Pengenalan")
    page.get_by_role("button", name=re.compile("Tambah: Aktiviti")).click()
    expect(page.locator("#f-units-0-title_ms")).to_have_value("Pengenalan")
    page.locator("#f-units-0-activities-0-type").select_option("reading")
    page.locator("#f-units-0-activities-0-amount").fill("48")
    page.locator("#f-units-0-activities-0-amount").press("Tab")
    expect(page.locator(".time-table tfoot")).to_contain_text("4–8")
    page.locator("#f-hours").fill("20")
    page.locator("#f-hours").press("Tab")
    expect(page.get_by_text("Aktiviti memberikan 4–8 jam")).to_be_visible()
    opens_to_all(page)  # content


def meets_another_window(page: Page, visit: Visit, email: str, viewport: dict[str, int]) -> None:
    """The second window is told, and both texts are kept."""
    proposal = Proposal.objects.get()
    address = f"/proposals/{proposal.pk}/draft/need/"
    other = visit(address, viewport=viewport)
    logs_in(other, email)
    page.goto(address)
    page.locator("#f-justification").fill("Tetingkap pertama")
    page.locator("#f-justification").press("Tab")
    expect(page.locator("#saved")).to_contain_text("Disimpan")

    other.locator("#f-justification").fill("Tetingkap kedua")
    other.locator("#f-justification").press("Tab")
    expect(other.locator("#saved")).to_contain_text("Simpan teks saya di atasnya")
    opens_to_all(other)  # changed
    other.get_by_role("button", name="Simpan teks saya di atasnya").click()
    expect(other.get_by_role("heading", name="Hantar permohonan")).to_be_visible()

    proposal.refresh_from_db()
    assert proposal.content["justification"] == "Tetingkap kedua"
    assert proposal.versions.get().content["justification"] == "Tetingkap pertama"


def hands_in(page: Page, size: int) -> None:
    """With everything filled in it goes to the head of the faculty."""
    laila = cast.appear("laila")
    whole = made.complete_draft(
        laila, name_ms="Micro-Credential in Etika", name_en="Micro-Credential in Ethics"
    )
    page.goto(f"/proposals/{whole.pk}/draft/assessment/")
    expect(page.locator(".matrix")).to_contain_text("CLO2")
    opens_to_all(page)  # assessment
    page.goto(f"/proposals/{whole.pk}/draft/confirm/")
    opens_to_all(page)  # confirm
    page.goto(f"/proposals/{whole.pk}/draft/")
    opens_to_all(page)  # ready
    page.get_by_role("button", name="Hantar permohonan").click()
    expect(page.get_by_text("Cadangan telah dihantar")).to_be_visible()
    whole.refresh_from_db()
    assert whole.state == "head_review"
    page.goto(f"/proposals/{whole.pk}/versions/")
    opens_to_all(page)  # versions
