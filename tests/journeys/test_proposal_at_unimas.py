"""A lecturer of UNIMAS takes a course from the first line of its proposal to the Senate and into the register."""

import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.people import enters, opens_to_all
from tests.journeys.proposal_form import fills, goes_on, is_saved
from tests.portal import cast
from tests.portal.applications.test_evidence_content import pdf

from portal.credentials.models import Achievement
from portal.proposals.models import Attachment, Proposal
from portal.records.register import broken_entries

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "Micro-Credential in Pemikiran Reka Bentuk"
PAGES = (
    ("course", "Kursus", "Keperluan"),
    ("need", "Keperluan", "Hasil pembelajaran"),
    ("outcomes", "Hasil pembelajaran", "Penyampaian"),
    ("delivery", "Penyampaian", "Rancangan kandungan"),
    ("content", "Rancangan kandungan", "Pentaksiran"),
    ("assessment", "Pentaksiran", "Pelajar dan pensyarah"),
    ("learners", "Pelajar dan pensyarah", "Pelaksanaan kursus"),
    ("running", "Pelaksanaan kursus", TITLE),
)
"""Each page of the form with its heading, and the heading of what comes after it."""
BEFORE_VETTING = ("content_developed", "videos_developed", "promo_video_developed", "materials_uploaded")
QUESTION = "Berapa orang daripada 34 responden ialah majikan?"
ANSWER = "20 daripada 34 responden ialah majikan; analisis dilengkapkan."


def test_laila_takes_a_course_from_its_proposal_to_the_senate(visit: Visit, tmp_path: Path) -> None:
    for key in ("rosli", "unggat"):
        cast.appear(key)
    laila = enters(visit, cast.appear("laila"), "/proposals/")
    writes(laila)
    attaches(laila, tmp_path)
    confirms(laila)
    hands_in(laila, "Hantar permohonan")
    proposal = Proposal.objects.get()
    assert proposal.state == "head_review"

    winnie = enters(visit, cast.appear("winnie"), "/proposals/")
    is_approved_by_the_faculty(visit, winnie, proposal)
    salleh = enters(visit, cast.appear("salleh"), f"/proposals/{proposal.pk}/")
    returns_with_a_comment(salleh)
    answers(laila, proposal)
    winnie.goto(f"/proposals/{proposal.pk}/")
    takes(winnie, "Lulus bagi kursus tanpa akreditasi", "Penilaian pusat")
    is_approved_by_the_centre(visit, salleh, proposal)

    develops(laila, salleh, proposal, tmp_path)
    is_vetted(visit, salleh, proposal)
    passes_the_committees(visit, proposal)
    is_registered(salleh, proposal)
    assert list(broken_entries(proposal.institution)) == []


def takes(page: Page, step: str, state: str) -> None:
    """Take a step; the page says where the course stands then."""
    page.get_by_role("button", name=step, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(state)


def writes(page: Page) -> None:
    """A new proposal; page by page what is typed is saved, and the page says what it makes of it."""
    page.get_by_role("link", name="Cadangan baharu").first.click()
    page.get_by_label(re.compile("berdiri sendiri")).check()
    page.get_by_label(re.compile("Tajuk dalam bahasa Melayu")).fill(TITLE)
    page.get_by_label(re.compile("Tajuk dalam bahasa Inggeris")).fill("Micro-Credential in Design Thinking")
    page.get_by_role("button", name="Mulakan draf").click()
    opens_to_all(page)
    page.locator("main").get_by_role("link", name="Kursus", exact=True).click()
    for name, heading, following in PAGES:
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        titles = {"name_ms": TITLE, "name_en": "Micro-Credential in Design Thinking"}
        fills(page, "stand_alone", "unimas", name, source="demand", hours="38", **titles)
        is_saved(page)
        advises(page, name)
        opens_to_all(page)
        goes_on(page, following)


def advises(page: Page, name: str) -> None:
    """Beside the plan stands the learning time, beside the assessment its matrix against the outcomes."""
    if name == "content":
        expect(page.locator(".time-table tfoot")).to_contain_text("20.33–38.33")
    if name == "assessment":
        expect(page.locator(".matrix")).to_contain_text("CLO2")
        expect(page.locator(".matrix")).not_to_contain_text("tidak ditaksir")


def attaches(page: Page, folder: Path) -> None:
    """The market survey is uploaded; without it the proposal is not handed in."""
    expect(page.get_by_text("Lampirkan kaji selidik pasaran")).to_be_visible()
    survey = folder / "kaji-selidik.pdf"
    survey.write_bytes(pdf())
    page.locator("main").get_by_role("link", name="Fail", exact=True).click()
    page.get_by_label("Jenis dokumen").select_option(label="Kaji selidik pasaran dan analisisnya")
    page.locator("#files").set_input_files(survey)
    page.get_by_label("Fail ini tidak melanggar hak cipta sesiapa.").check()
    page.get_by_role("button", name="Lampirkan").click()
    expect(page.get_by_text("kaji-selidik.pdf telah disimpan.")).to_be_visible()
    opens_to_all(page)


def confirms(page: Page) -> None:
    """Policies read, ownership and copyright."""
    page.locator(".crumbs").get_by_role("link").last.click()
    page.get_by_role("link", name="Pengesahan", exact=True).click()
    page.get_by_label(re.compile("Saya telah membaca dasar ini")).check()
    page.get_by_label(re.compile("memiliki bahan pengajaran")).check()
    opens_to_all(page)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Semuanya sudah sedia.")).to_be_visible()


def hands_in(page: Page, step: str) -> None:
    page.get_by_role("button", name=step, exact=True).click()
    expect(page.get_by_text("Cadangan telah dihantar.")).to_be_visible()


def is_approved_by_the_faculty(visit: Visit, winnie: Page, proposal: Proposal) -> None:
    """The deputy dean cannot approve what the PTj itself proposes before its head endorsed the demand."""
    winnie.get_by_role("link", name=TITLE).click()
    expect(winnie.get_by_text("Ketua PTj memperakukan dahulu kursus")).to_be_visible()
    opens_to_all(winnie)
    rosli = enters(visit, cast.appear("rosli"), f"/proposals/{proposal.pk}/")
    rosli.get_by_role("button", name="Perakukan permintaan").click()
    expect(rosli.get_by_role("button", name="Perakukan permintaan")).to_have_count(0)
    opens_to_all(rosli)
    winnie.reload()
    takes(winnie, "Lulus bagi kursus tanpa akreditasi", "Penilaian pusat")
    opens_to_all(winnie)


def returns_with_a_comment(page: Page) -> None:
    """The centre asks at the field of the analysis, and returns the proposal with the reason."""
    field = page.locator("#field-survey_analysis")
    field.locator("summary").click()
    field.get_by_role("textbox").fill(QUESTION)
    field.get_by_role("button", name="Simpan ulasan").click()
    expect(page.locator("#field-survey_analysis")).to_contain_text(QUESTION)
    back = page.locator("#step-return_centre")
    back.locator("summary").click()
    back.get_by_label("Sebab").fill("Lengkapkan analisis kaji selidik.")
    opens_to_all(page)
    back.get_by_role("button", name="Kembalikan untuk pembetulan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pembetulan")


def answers(page: Page, proposal: Proposal) -> None:
    """The lecturer finds the comment, mends the field, answers, and hands in again; both versions stay."""
    page.goto("/proposals/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("Lengkapkan analisis kaji selidik.")).to_be_attached()
    page.get_by_role("link", name="Teruskan menulis").click()
    expect(page.get_by_text("1 ulasan")).to_be_visible()
    expect(page.get_by_text("Tandakan setiap ulasan sebagai selesai.")).to_be_visible()
    page.get_by_role("link", name="Keperluan", exact=True).click()
    expect(page.get_by_text(QUESTION)).to_be_visible()
    page.locator("#f-survey_analysis").fill(ANSWER)
    is_saved(page)
    page.locator(".answer-it summary").click()
    page.get_by_label("Jawapan", exact=True).fill(ANSWER)
    opens_to_all(page)
    page.get_by_role("button", name="Hantar jawapan").click()
    expect(page.get_by_text("Jawapan telah disimpan.")).to_be_visible()
    page.get_by_role("button", name="Selesai", exact=True).click()
    expect(page.get_by_text(re.compile("Selesai: Laila"))).to_be_visible()
    page.goto(f"/proposals/{proposal.pk}/draft/")
    hands_in(page, "Hantar semula")
    page.goto(f"/proposals/{proposal.pk}/versions/")
    expect(page.locator(".difference")).to_contain_text("dilengkapkan")
    opens_to_all(page)


def is_approved_by_the_centre(visit: Visit, salleh: Page, proposal: Proposal) -> None:
    """The centre evaluates by its checklist; its director approves."""
    salleh.goto(f"/proposals/{proposal.pk}/")
    salleh.get_by_role("button", name=re.compile("penilaian pusat", re.IGNORECASE)).click()
    for tick in salleh.locator("input[name=tick]").all():
        tick.check()
    salleh.get_by_role("button", name="Hantar", exact=True).click()
    expect(salleh.get_by_role("alert")).to_contain_text("Tulis apa yang didapati")
    salleh.get_by_role("textbox", name="Kesimpulan dan dapatan").fill(
        "Sejajar dan setara; sesuai dibangunkan."
    )
    opens_to_all(salleh)
    salleh.get_by_role("button", name="Hantar", exact=True).click()
    expect(salleh.get_by_text("Penilaian telah dihantar.")).to_be_visible()
    opens_to_all(salleh)

    catherine = enters(visit, cast.appear("catherine"), f"/proposals/{proposal.pk}/")
    opens_to_all(catherine)
    takes(catherine, "Lulus untuk pembangunan", "Pembangunan")


def develops(laila: Page, salleh: Page, proposal: Proposal, folder: Path) -> None:
    """Milestone by milestone with the official percentages; a file of the developer’s own; then vetting."""
    salleh.goto(f"/proposals/{proposal.pk}/milestones/")
    reaches(salleh, "table_4_approved")
    laila.goto(f"/proposals/{proposal.pk}/milestones/")
    opens_to_all(laila)
    for name in BEFORE_VETTING[:-1]:
        reaches(laila, name)
    slides = folder / "slaid.pdf"
    slides.write_bytes(pdf())
    card = laila.locator("#materials_uploaded")
    card.get_by_text("Muat naik fail").click()
    card.locator("input[type=file]").set_input_files(slides)
    card.get_by_label(re.compile("Tiada apa-apa dalam fail ini")).check()
    card.get_by_role("button", name="Muat naik", exact=True).click()
    expect(card.get_by_role("link", name="slaid.pdf")).to_be_visible()
    reaches(laila, BEFORE_VETTING[-1])
    opens_to_all(laila)
    laila.goto(f"/proposals/{proposal.pk}/")
    takes(laila, "Hantar bahan untuk semakan", "Semakan pakar bidang")
    assert proposal.attachments.get(kind=Attachment.Kind.MILESTONE).own_work


def reaches(page: Page, name: str) -> None:
    """Mark a milestone as done."""
    card = page.locator(f"#{name}")
    card.get_by_role("button", name=re.compile("^Selesai")).click()
    expect(page.locator(f"#{name}.done")).to_be_visible()


def is_vetted(visit: Visit, salleh: Page, proposal: Proposal) -> None:
    """Only the appointed expert vets; the centre accepts the vetting and presents the course."""
    unggat = cast.appear("unggat")
    salleh.goto(f"/proposals/{proposal.pk}/vetting/")
    salleh.get_by_label("Individu").select_option(label=unggat.person.name)
    opens_to_all(salleh)
    salleh.get_by_role("button", name="Lantik", exact=True).click()
    expect(salleh.get_by_text("Pakar telah dilantik dan dimaklumkan.")).to_be_visible()

    expert = enters(visit, unggat, f"/proposals/{proposal.pk}/")
    expert.get_by_role("link", name="Semak kursus").click()
    expert.get_by_role("button", name="Kursus lulus").click()
    expect(expert.get_by_role("alert")).to_contain_text("Kursus lulus apabila semua perkara ditandakan")
    for tick in expert.locator("input[name=item]").all():
        tick.check()
    opens_to_all(expert)
    expert.get_by_role("button", name="Kursus lulus").click()
    expect(expert.get_by_text("Keputusan anda telah disimpan")).to_be_visible()

    salleh.goto(f"/proposals/{proposal.pk}/")
    takes(salleh, "Terima hasil semakan", "Pembentangan oleh pusat")
    takes(salleh, "Bentangkan kepada jawatankuasa", "Perakuan JPPEU")
    opens_to_all(salleh)


def passes_the_committees(visit: Visit, proposal: Proposal) -> None:
    """JPPEU endorses and the Senate approves, each in a meeting of its own."""
    page = enters(visit, cast.appear("abu"), "/desk/")
    is_decided(page, "Jawatankuasa JPPEU", "7/2026", "senate", proposal)
    is_decided(page, "Senat", "12/2026", "registration", proposal)


def is_decided(page: Page, committee: str, number: str, state: str, proposal: Proposal) -> None:
    """Plan a meeting, put the course on its agenda, record the approval."""
    page.get_by_role("link", name="Mesyuarat", exact=True).first.click()
    page.get_by_role("link", name="Rancang mesyuarat").first.click()
    page.get_by_label("Jawatankuasa").select_option(label=committee)
    page.get_by_label("Nombor mesyuarat").fill(number)
    page.get_by_label("Diadakan pada").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name=re.compile("Pilih daripada")).click()
    page.get_by_role("checkbox", name=TITLE).check()
    page.get_by_role("button", name="Masukkan yang ditandakan").click()
    page.get_by_role("link", name="Rekodkan keputusan").click()
    page.get_by_label("Keputusan bagi semua yang lain").select_option(label="Diluluskan")
    opens_to_all(page)
    page.get_by_role("button", name="Rekodkan keputusan ini").click()
    expect(page.get_by_text(re.compile("keputusan direkodkan"))).to_be_visible()
    proposal.refresh_from_db()
    assert proposal.state == state


def is_registered(page: Page, proposal: Proposal) -> None:
    """The university’s number, the words of the certificate, and the course is registered."""
    page.goto(f"/proposals/{proposal.pk}/registrations/")
    page.locator("#id_where").select_option(label="Sistem universiti")
    page.get_by_label("Nombor", exact=True).fill("UNIMAS/MC/2026/14")
    page.get_by_label("Didaftarkan pada").fill(timezone.localdate().isoformat())
    opens_to_all(page)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Pendaftaran telah direkodkan.")).to_be_visible()
    page.get_by_role("link", name="Lengkapkan butiran pensijilan").click()
    opens_to_all(page)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Butiran pensijilan telah dilengkapkan.")).to_be_visible()
    page.get_by_role("link", name="Gambaran keseluruhan").click()
    takes(page, "Tamatkan pendaftaran", "Berdaftar")
    opens_to_all(page)
    proposal.refresh_from_db()
    assert proposal.state == "registered"
    assert proposal.achievement == Achievement.objects.get(code=proposal.code)
