"""A cohort is certified, a learner shares, an employer verifies on a phone, and learns that it was revoked."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.test_applicant import logs_in, opens_to_all
from tests.journeys.test_eligibility_check import PHONE
from tests.portal import cast
from tests.portal.credentials import made

from portal.credentials.models import Credential
from portal.work.worker import do_what_is_ready

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LIST = "Nama penuh,E-mel,Nombor kad pengenalan atau pasport,Gred\n{rows}"
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def people() -> tuple[str, str]:
    """Kumar issues at UTHM, which is ready to; Aminah took the course."""
    kumar, aminah = cast.appear("kumar"), cast.appear("aminah")
    assert kumar.institution
    made.course(kumar.institution)
    return kumar.person.email, aminah.person.email


def test_from_the_list_of_a_cohort_to_an_employers_phone(
    visit: Visit, people: tuple[str, str], tmp_path: Path
) -> None:
    kumar, aminah = people
    office = visit("/credentials/", viewport=DESK)
    logs_in(office, kumar)
    prepares(office)
    lists_learners(office, tmp_path, aminah)
    issues(office)

    learner = visit("/credentials/mine/", viewport=DESK)
    logs_in(learner, aminah)
    address = shares(learner)

    employer = visit(address, viewport=PHONE)
    expect(employer.get_by_text("Kelayakan ini sah.")).to_be_visible()
    expect(employer.get_by_text("Aminah binti Yusof").first).to_be_visible()
    opens_to_all(employer)

    revokes(office)
    employer.reload()
    expect(employer.get_by_text("Kelayakan ini tidak sah.")).to_be_visible()
    expect(employer.get_by_text("Ditarik balik: institusi tidak lagi mengesahkannya.")).to_be_visible()
    opens_to_all(employer)

    hides(learner)
    employer.reload()
    expect(employer.get_by_role("heading", level=1)).to_contain_text("Pemegang tidak menunjukkan")
    assert "Aminah" not in employer.content()
    opens_to_all(employer)


def prepares(page: Page) -> None:
    opens_to_all(page)
    page.get_by_role("link", name="Kumpulan pengeluaran baharu").click()
    page.get_by_label("kursus yang diperakui").select_option(index=1)
    page.get_by_label("kohort").fill("Mac 2026")
    for label, day in (
        ("hari pertama kursus", "2026-03-02"),
        ("hari terakhir kursus", "2026-05-29"),
        ("tarikh kelulusan Senat", "2026-07-15"),
        ("tarikh cap rasmi", "2026-07-20"),
    ):
        page.get_by_label(label).fill(day)
    opens_to_all(page)
    page.get_by_role("button", name="Simpan dan senaraikan pelajar").click()
    expect(page.get_by_text("Belum ada sesiapa dalam senarai")).to_be_visible()


def lists_learners(page: Page, folder: Path, aminah: str) -> None:
    """A list with a mistake is refused cell by cell; corrected, it is taken."""
    rows = f"Aminah binti Yusof,{aminah},000101-13-4321,A-\nLim Mei Hua,lim@contoh.example,,{{grade}}\n"
    (folder / "senarai.csv").write_text(LIST.format(rows=rows.format(grade="F")), encoding="utf-8")
    page.get_by_label("Fail").set_input_files(folder / "senarai.csv")
    page.get_by_role("button", name="Muat naik dan semak").click()
    expect(page.get_by_text("Gred F bukan gred lulus")).to_be_visible()
    opens_to_all(page)
    (folder / "senarai.csv").write_text(LIST.format(rows=rows.format(grade="B")), encoding="utf-8")
    page.get_by_label("Fail").set_input_files(folder / "senarai.csv")
    page.get_by_role("button", name="Muat naik dan semak").click()
    expect(page.get_by_role("heading", name="2 pelajar")).to_be_visible()
    opens_to_all(page)


def issues(page: Page) -> None:
    page.get_by_role("link", name="Keluarkan", exact=True).click()
    opens_to_all(page)
    page.get_by_role("button", name="Keluarkan").click()
    expect(page.get_by_role("heading", name="Kelayakan sedang dikeluarkan")).to_be_visible()
    do_what_is_ready()
    expect(page.get_by_role("heading", name="Semua kelayakan telah dikeluarkan")).to_be_visible()
    opens_to_all(page)


def shares(page: Page) -> str:
    """The learner's pages; returns the address that an employer is given."""
    opens_to_all(page)
    page.get_by_role("link", name="Asas Internet Benda").click()
    opens_to_all(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Sijil Untuk dicetak").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    page.get_by_label("Untuk siapa").fill("Majikan")
    page.get_by_role("button", name="Buat pautan").click()
    expect(page.get_by_text("Pautan sedia untuk disalin.")).to_be_visible()
    return f"/c/{Credential.objects.get(name='Aminah binti Yusof').public_id}"


def revokes(page: Page) -> None:
    page.goto("/credentials/?q=Aminah")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Tarik balik").click()
    page.get_by_label("Sebab").fill("Keputusan dibatalkan oleh Senat.")
    opens_to_all(page)
    page.get_by_role("button", name="Tarik balik").click()
    expect(page.get_by_text("1 kelayakan telah diubah.")).to_be_visible()
    page.get_by_role("link", name="Aminah binti Yusof").click()
    expect(page.get_by_text("Keputusan dibatalkan oleh Senat.")).to_be_visible()
    opens_to_all(page)


def hides(page: Page) -> None:
    page.reload()
    page.get_by_role("button", name="Sembunyikan").click()
    expect(page.get_by_text("Kelayakan ini disembunyikan.")).to_be_visible()
    opens_to_all(page)
