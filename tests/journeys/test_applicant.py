"""A diploma holder takes the check along into an application and hands it in."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.test_eligibility_check import PHONE, fits_its_width, serious
from tests.portal import cast
from tests.portal.applications.applicant import planned, scale
from tests.portal.applications.test_evidence_content import pdf

from portal.applications.models import Application

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

COURSES = ("BFC10103", "BFC10502", "BFC20802", "BFC10303", "BFC21103")


def opens_to_all(page: Page) -> None:
    """Nobody is shut out of the page, and nothing runs over its edge."""
    assert serious(page) == []
    assert fits_its_width(page)


def logs_in(page: Page, email: str) -> None:
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(cast.PASSWORD)
    page.locator("input[name=password]").press("Enter")


@pytest.fixture
def aminah_enrols() -> str:
    """Aminah is enrolled at UTHM, whose plan has the example's courses; her polytechnic's scale is known."""
    aminah = cast.appear("aminah")
    planned(aminah, *COURSES)
    scale(**{"A": "A", "A-": "A-", "B+": "B+", "B": "B", "C+": "C+", "C": "C"})
    return aminah.person.email


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, PHONE])
def test_aminah_goes_from_the_check_to_a_submitted_application(
    visit: Visit, aminah_enrols: str, tmp_path: Path, viewport: dict[str, int]
) -> None:
    page = visit("/transfer/check/?example", viewport=viewport)
    applies(page, aminah_enrols, tmp_path)

    application = Application.objects.get()
    assert application.state == "document_check"
    assert application.claims.count() == 5
    assert application.evidence.count() == 1


def applies(page: Page, email: str, folder: Path) -> None:
    """From the check to the application that is handed in."""
    page.get_by_role("button", name="Semak kelayakan").last.click()
    page.get_by_role("button", name="Mohon dengan semakan ini").click()
    logs_in(page, email)

    expect(page.get_by_role("heading", level=1)).to_have_text("Permohonan baharu")
    expect(page.get_by_label(re.compile("Bawa 6 kursus"))).to_be_checked()
    opens_to_all(page)
    page.get_by_role("button", name="Mulakan permohonan ini").click()
    expect(page.get_by_text("5 kursus daripada semakan anda dimasukkan ke dalam draf")).to_be_visible()
    expect(page.get_by_text("BFC32403 tiada dalam pelan program anda")).to_be_visible()
    opens_to_all(page)

    changes_a_claim(page)
    brings_the_transcript(page, folder)
    declares(page)

    page.get_by_role("link", name="Teliti dan hantar").click()
    expect(page.get_by_text("Semuanya lengkap.")).to_be_visible()
    opens_to_all(page)
    page.get_by_role("button", name="Hantar permohonan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Semakan dokumen")
    opens_to_all(page)


def changes_a_claim(page: Page) -> None:
    """What is typed is judged and kept at once."""
    page.get_by_role("link", name=re.compile("BFC10303")).first.click()
    answer = page.get_by_role("region", name="Kedudukan menurut dasar setakat ini")
    expect(answer).to_contain_text("Gred C; sekurang-kurangnya C+.")
    opens_to_all(page)

    page.get_by_label("Gred pada transkrip").select_option("B")
    expect(page.locator("#saved-at")).to_contain_text("Disimpan")
    expect(answer).not_to_contain_text("Gred C; sekurang-kurangnya C+.")
    page.get_by_label("Kredit", exact=True).fill("tiga")
    expect(page.locator("#saved-at")).to_contain_text("kecuali 1 medan")
    page.get_by_label("Kredit", exact=True).fill("3")
    expect(page.locator("#saved-at")).not_to_contain_text("kecuali")
    page.get_by_role("button", name="Simpan dan kembali").last.click()
    expect(page.get_by_text("BFC10303 telah disimpan.")).to_be_visible()


def brings_the_transcript(page: Page, folder: Path) -> None:
    """A file that is not what it says is refused; the transcript is kept."""
    page.get_by_role("link", name="Dokumen", exact=True).click()
    false, true = folder / "sijil.pdf", folder / "transkrip.pdf"
    false.write_bytes(b"MZ\x90\x00 not a certificate")
    true.write_bytes(pdf())
    page.get_by_label("Fail", exact=True).set_input_files([false, true])
    page.get_by_role("button", name="Muat naik").click()
    expect(page.get_by_text("sijil.pdf: Ini fail program.")).to_be_visible()
    expect(page.get_by_text("transkrip.pdf telah disimpan.")).to_be_visible()
    expect(page.get_by_label(re.compile("transkrip.pdf"))).to_be_checked()
    opens_to_all(page)
    page.get_by_role("button", name="Simpan dan kembali").click()


def declares(page: Page) -> None:
    page.get_by_role("link", name="Pengakuan", exact=True).click()
    page.get_by_label(re.compile("belum pernah menggunakan")).check()
    page.get_by_label(re.compile("dokumen yang disertakan tulen")).check()
    opens_to_all(page)
    page.get_by_role("button", name="Simpan dan kembali").click()


def test_aminah_adds_a_course_without_javascript(visit: Visit, aminah_enrols: str) -> None:
    page = visit("/applications/new/", java_script_enabled=False, viewport=PHONE)
    logs_in(page, aminah_enrols)
    page.get_by_role("button", name="Mulakan permohonan ini").click()
    page.get_by_role("link", name="Pengajian terdahulu", exact=True).click()
    page.get_by_role("link", name="Tambah pengajian").click()
    page.get_by_label("Institusi").fill("Politeknik Merlimau")
    page.get_by_label("Peringkat").select_option("Diploma")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Kembali ke draf").click()

    page.get_by_role("link", name="Tambah kursus").click()
    page.get_by_role("combobox", name="Kursus yang dipohon").select_option("BFC10103")
    page.get_by_label("Pengajian terdahulu").select_option(index=1)
    page.get_by_label("Kod kursus").fill("DCC20053")
    page.get_by_role("button", name="Gabungkan dengan kursus lain").click()
    second = page.get_by_role("group", name="Sumber 2")
    second.get_by_label("Kod kursus").fill("DCC30093")
    second.get_by_label("Pengajian terdahulu").select_option(index=1)
    page.get_by_role("button", name="Simpan dan kembali").last.click()

    expect(page.get_by_text("BFC10103 telah disimpan.")).to_be_visible()
    claim = Application.objects.get().claims.get()
    assert [source.code for source in claim.sources.all()] == ["DCC20053", "DCC30093"]
