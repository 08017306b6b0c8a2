"""A MOOC of a UTM developer through Lampiran A: two rounds of self-evaluation, a panel, side by side, a register."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.people import enters, opens_to_all
from tests.journeys.proposal_form import control, goes_on, is_saved
from tests.portal import cast
from tests.portal.proposals import stories
from tests.tauliah.files.reading import pages_of, text_of

from portal.proposals.criteria import LAMPIRAN_A
from portal.proposals.models import Evaluation, Proposal
from portal.records.register import broken_entries

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "Asas Internet Benda"
CONCLUSION = "Memenuhi kriteria Lampiran A."
ADDRESS = "https://mooc.utm.example/iot"
PANEL = (
    ("devi", "Penyelaras program", 4, "Video pengajaran jelas dan berstruktur."),
    ("salmah", "Penilai luar", 3, "Tambah contoh daripada industri tempatan."),
)
"""Who evaluates: as what, with which rating, and a remark on the teaching video."""


@pytest.fixture
def written() -> Proposal:
    """A MOOC with its content plan of five weeks; the rest is the developer's to do in the journey."""
    draft = stories.draft(cast.appear("yusuf"), "mooc", name_ms=TITLE, name_en="Internet of Things Basics")
    draft.content.pop("field")
    draft.ownership_confirmed_at = None
    draft.save()
    return draft


def test_yusuf_takes_a_mooc_through_lampiran_a(visit: Visit, written: Proposal) -> None:
    for key, *_ in PANEL:
        cast.appear(key)
    yusuf = enters(visit, cast.appear("yusuf"), f"/proposals/{written.pk}/draft/")
    requests(yusuf, written)
    zarina = enters(visit, cast.appear("zarina"), f"/proposals/{written.pk}/")
    accepts(zarina, written)

    evaluates_once(yusuf, written)
    evaluates_again(yusuf, written)
    takes(yusuf, "Hantar untuk penilaian panel", "Penilaian kualiti oleh panel")
    appoints(zarina, written)
    for judge in PANEL:
        judges(visit, written, judge)
    compares(zarina, written)
    prints(zarina, written)
    concludes(zarina, written)
    assert list(broken_entries(written.institution)) == []


def takes(page: Page, step: str, state: str) -> None:
    """Take a step; the page says where the course stands then."""
    page.get_by_role("button", name=step, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(state)


def requests(page: Page, proposal: Proposal) -> None:
    """What is still needed stands on the overview; then the request goes to UTMLead."""
    expect(page.get_by_text("Sahkan bahawa bahan milik pembangun dan UTM")).to_be_visible()
    opens_to_all(page)
    page.locator("main").get_by_role("link", name="Kursus", exact=True).click()
    control(page, "field").select_option(label="Teknologi")
    is_saved(page)
    opens_to_all(page)
    goes_on(page, "Keperluan")
    page.goto(f"/proposals/{proposal.pk}/draft/confirm/")
    for tick in page.locator("main input[type=checkbox]").all():
        tick.check()
    opens_to_all(page)
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_role("button", name="Hantar permohonan kepada UTMLead").click()
    expect(page.get_by_text("Cadangan telah dihantar.")).to_be_visible()
    opens_to_all(page)


def accepts(page: Page, proposal: Proposal) -> None:
    """UTMLead first registers the MOOC under the institution's account, then accepts the request."""
    page.reload()
    expect(page.get_by_text("Rekodkan pendaftaran di bawah akaun institusi UTM-MOOC.")).to_be_visible()
    page.get_by_role("link", name="Pendaftaran", exact=True).click()
    page.locator("#id_where").select_option(label="Akaun MOOC institusi")
    page.get_by_label("Nombor", exact=True).fill("UTM-MOOC-17")
    page.get_by_label("Didaftarkan pada").fill(timezone.localdate().isoformat())
    opens_to_all(page)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Pendaftaran telah direkodkan.")).to_be_visible()
    page.goto(f"/proposals/{proposal.pk}/")
    takes(page, "Terima permohonan", "Pembangunan dan penilaian kendiri")


def begins(page: Page, proposal: Proposal) -> Evaluation:
    """Begin a round of the self-evaluation."""
    page.goto(f"/proposals/{proposal.pk}/evaluations/")
    page.get_by_role("button", name=re.compile("penilaian kendiri", re.IGNORECASE)).click()
    page.wait_for_url("**/proposals/evaluations/*/")
    found = proposal.evaluations.filter(submitted_at=None).get()
    assert found.sort == Evaluation.Sort.SELF
    return found


def evaluates_once(page: Page, proposal: Proposal) -> None:
    """The first round is honest: own videos are not counted yet and logos are missing; the form says so."""
    begins(page, proposal)
    rates(page, 3)
    rates(page, 1, ["landing_page_logos"])
    ticks(page, leaving="a_1_")
    page.get_by_label("Minit terbitan asli").fill("60")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("Kriteria kualiti belum dipenuhi"))).to_be_visible()
    opens_to_all(page)
    page.get_by_role("button", name="Hantar", exact=True).click()
    expect(page.get_by_text("kriteria belum dipenuhi").first).to_be_visible()
    opens_to_all(page)


def evaluates_again(page: Page, proposal: Proposal) -> None:
    """The second round begins with what the first one said; what was missing is there now."""
    second = begins(page, proposal)
    assert second.round == 2
    expect(page.locator("#rating-landing_page_logos").get_by_label("1")).to_be_checked()
    expect(page.locator("#tick-a_1_i")).not_to_be_checked()
    rates(page, 4)
    ticks(page)
    page.get_by_label("Minit terbitan asli").fill("150")
    page.get_by_label("Alamat web kursus").fill("mooc.utm.example")
    page.get_by_label(re.compile("Bukti: alamat.*Video pengajaran")).fill(f"{ADDRESS}/video")
    page.locator("#evaluation-form").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Hantar", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("bukan alamat web")
    opens_to_all(page)
    page.get_by_label("Alamat web kursus").fill(ADDRESS)
    page.get_by_role("button", name="Hantar", exact=True).click()
    expect(page.get_by_text("Penilaian telah dihantar.")).to_be_visible()
    expect(page.get_by_text("kriteria dipenuhi").first).to_be_visible()
    opens_to_all(page)
    page.goto(f"/proposals/{proposal.pk}/")


def rates(page: Page, rating: int, indicators: list[str] | None = None) -> None:
    """Rate indicators, all twelve unless some are named."""
    for name in indicators or LAMPIRAN_A:
        page.locator(f"#rating-{name}").get_by_label(str(rating)).check()


def ticks(page: Page, leaving: str = "-") -> None:
    """Tick every point, but those whose key begins so."""
    for tick in page.locator("input[name=tick]").all():
        tick.set_checked(not str(tick.get_attribute("value")).startswith(leaving))


def appoints(page: Page, proposal: Proposal) -> None:
    """UTMLead appoints the programme coordinator and the external evaluator."""
    page.goto(f"/proposals/{proposal.pk}/evaluations/")
    for key, part, _rating, _remark in PANEL:
        page.get_by_label("Sebagai").select_option(label=part)
        page.get_by_label("Individu").select_option(label=cast.appear(key).person.name)
        page.get_by_role("button", name="Lantik", exact=True).click()
        expect(page.get_by_text("Penilai telah dilantik dan dimaklumkan.")).to_be_visible()
    opens_to_all(page)
    page.goto(f"/proposals/{proposal.pk}/")
    expect(page.get_by_text("Penyelaras program dan penilai luar belum menghantar")).to_be_visible()


def judges(visit: Visit, proposal: Proposal, judge: tuple[str, str, int, str]) -> None:
    """One of the panel judges alone: nothing of the other's is read before the own is handed in."""
    key, part, rating, remark = judge
    page = enters(visit, cast.appear(key), f"/proposals/{proposal.pk}/evaluations/")
    others = [said for name, *_, said in PANEL if name != key]
    expect(page.get_by_text(others[0])).to_have_count(0)
    page.goto(f"/proposals/{proposal.pk}/")
    expect(page.locator("#doing")).to_contain_text(part)
    page.get_by_role("link", name="Isi penilaian").click()
    page.get_by_label("Alamat web kursus").fill(ADDRESS)
    page.get_by_role("button", name="Hantar", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Berikan penarafan bagi setiap petunjuk")
    rates(page, rating)
    ticks(page)
    page.get_by_label(re.compile("^Ulasan.*Video pengajaran")).fill(remark)
    page.get_by_label("Minit terbitan asli").fill("150")
    page.get_by_role("textbox", name="Kesimpulan dan dapatan").fill(CONCLUSION)
    opens_to_all(page)
    page.get_by_role("button", name="Hantar", exact=True).click()
    expect(page.get_by_text("Penilaian telah dihantar.")).to_be_visible()


def compares(page: Page, proposal: Proposal) -> None:
    """Self-evaluation and panel stand side by side, indicator by indicator."""
    page.goto(f"/proposals/{proposal.pk}/evaluations/")
    table = page.get_by_role("table")
    for who in ("Penilaian kendiri", *(part for _key, part, *_ in PANEL)):
        expect(table.get_by_role("columnheader").filter(has_text=who)).to_be_visible()
    row = table.get_by_role("row").filter(has_text="Video pengajaran")
    expect(row.locator(".rating")).to_have_text(["4", "4", "3"])
    for *_, remark in PANEL:
        expect(row).to_contain_text(remark)
    expect(row.get_by_role("link", name="Bukti 1")).to_have_attribute("href", f"{ADDRESS}/video")
    opens_to_all(page)


def prints(page: Page, proposal: Proposal) -> None:
    """The external evaluator's form as PDF has every indicator, the ratings and the remark."""
    page.get_by_role("columnheader").get_by_role("link", name="Penilai luar").click()
    address = page.get_by_role("link", name="Cetak").get_attribute("href")
    answer = page.request.get(str(address))
    assert answer.headers["content-type"] == "application/pdf"
    assert pages_of(answer.body()) >= 1
    text = " ".join(text_of(answer.body()).split())
    for words in (TITLE, cast.appear("salmah").person.name, PANEL[1][3], CONCLUSION, "Video pengajaran"):
        assert words in text


def concludes(page: Page, proposal: Proposal) -> None:
    """UTMLead confirms the quality, describes the certificate, and the MOOC is registered."""
    page.goto(f"/proposals/{proposal.pk}/")
    takes(page, "Sahkan kualiti MOOC", "Pendaftaran")
    page.get_by_role("link", name="Pendaftaran", exact=True).click()
    page.get_by_role("link", name="Lengkapkan butiran pensijilan").click()
    page.locator("#id_code").fill("UTMOOC0017")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Butiran pensijilan telah dilengkapkan.")).to_be_visible()
    opens_to_all(page)
    page.goto(f"/proposals/{proposal.pk}/")
    takes(page, "Tamatkan pendaftaran", "Berdaftar")
    opens_to_all(page)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.code) == ("registered", "UTMOOC0017")
