"""A MOOC at UTM: from the draft through fee, mapping and assessment; a refusal, and an appeal that wins."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.people import deputy_dean, enters, opens_to_all
from tests.portal import cast
from tests.portal.applications import stories
from tests.portal.applications.applicant import planned
from tests.portal.applications.test_evidence_content import pdf

from portal.accounts.models import Appointment
from portal.applications.actions.assessing import Mark, Sitting, arrange, mark
from portal.applications.actions.deciding import confirmed, decide
from portal.applications.actions.evidence import accept_documents, tick
from portal.applications.actions.submission import submit
from portal.applications.letters import pdf_of
from portal.applications.models import Application, Decision, TranscriptEntry
from portal.applications.process import process_of
from portal.matching.models import Judgement
from portal.payments.actions import record_payment
from portal.payments.actions.settling import Money
from portal.records.register import broken_entries

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

COURSE = "SPPM1702"


@dataclass(frozen=True, slots=True)
class Faculty:
    """Who takes part: a student, those who check, map and assess, and three who decide."""

    priya: Appointment
    devi: Appointment
    salmah: Appointment
    rashid: Appointment
    siti: Appointment
    wong: Appointment


@pytest.fixture
def people() -> Faculty:
    """A faculty in the third week of a semester, whose plan has the course."""
    priya, devi, salmah, rashid = (cast.appear(key) for key in ("priya", "devi", "salmah", "rashid"))
    today = timezone.localdate()
    assert priya.institution is not None
    cast.semester(priya.institution, starts_on=today - timedelta(days=17), ends_on=date(2027, 9, 1))
    planned(priya, COURSE)
    siti, wong = deputy_dean("siti", "Siti binti Kassim", rashid), deputy_dean("wong", "Wong Li Na", rashid)
    return Faculty(priya, devi, salmah, rashid, siti, wong)


def test_priya_goes_from_a_draft_to_the_recommendation(visit: Visit, people: Faculty, tmp_path: Path) -> None:
    student = enters(visit, people.priya, "/applications/new/")
    drafts(student, tmp_path)
    pays(student, "RM\N{NO-BREAK SPACE}10.00")
    application = Application.objects.get()
    assert application.state == "document_check"

    coordinator = enters(visit, people.devi, f"/applications/{application.pk}/file/")
    checks_documents(coordinator)
    maps(visit, people, coordinator, application)
    assesses(visit, people, coordinator, application)
    recommends(coordinator)
    are_written(application, "acknowledgement", "onsite_invitation")


def test_priya_is_refused_appeals_and_is_granted_by_others(visit: Visit, people: Faculty) -> None:
    application = recommended(people)
    refuses(visit, people, application)
    student = enters(visit, people.priya, f"/applications/{application.pk}/")
    appeals(student)
    is_granted(visit, people, student, application)
    are_written(application, "acknowledgement", "onsite_invitation", "decision", "appeal_decision")
    assert list(broken_entries(application.institution)) == []


def are_written(application: Application, *kinds: str) -> None:
    """The letters are there, in this order, as PDF."""
    letters = list(application.letters.order_by("pk"))
    assert tuple(letter.kind for letter in letters) == kinds
    assert all(pdf_of(letter).startswith(b"%PDF-") for letter in letters)


def recommended(people: Faculty) -> Application:
    """The same way by its actions, up to the dean."""
    application = stories.draft(
        people.priya,
        basis="mooc",
        policy="utm",
        platform="coursera",
        institution="Universiti Contoh",
        malaysian=False,
        certificate="completion",
        proctoring="none",
        claimed_before=False,
    )
    submit(people.priya, application, version=1)
    order = stories.again(application).order
    assert order is not None
    money = Money("cash", "R1", order.total, timezone.localdate())
    record_payment(cast.appear("tan"), order, money)
    stories.settle_mapping(application)
    application = stories.again(application)
    ticks = {item.key: True for item in process_of(application).checklists["faculty"]}
    application = tick(people.devi, application, ticks, version=application.version)
    application = accept_documents(people.devi, application, version=application.version)
    claim = application.claims.get()
    sitting = Sitting(timezone.now() + timedelta(days=1), "Makmal 2", ["written"], people.salmah)
    held = arrange(people.devi, claim, sitting, version=application.version)
    result = Mark(attended=True, identity_document="Kad pelajar", mark=Decimal(71), grade="B+")
    mark(people.salmah, held, result, version=stories.again(application).version)
    application = stories.judge_quality(people.devi, stories.again(application))
    claim = application.claims.get()
    verdict = confirmed(claim)
    assert verdict is not None
    decide(people.devi, application, "recommendation", {claim.pk: verdict}, version=application.version)
    return stories.again(application)


def drafts(page: Page, folder: Path) -> None:
    """A MOOC for a course, its certificate, the checklist of Lampiran D, both declarations."""
    opens_to_all(page)
    page.get_by_role("button", name="Mulakan permohonan ini").click()
    page.get_by_role("link", name="Tambah kursus").click()
    with page.expect_response("**/claims/new/"):
        page.get_by_role("combobox", name="Kursus yang dipohon").select_option(COURSE)
    source = page.get_by_role("group", name="Sumber 1")
    source.get_by_label("Institusi").fill("Universiti Contoh")
    source.get_by_label("Nama kursus").fill("Innovation Management")
    source.get_by_label("Kredit", exact=True).fill("3")
    source.get_by_label("Tarikh tamat kursus").fill("2026-08-20")
    source.get_by_label("Platform").select_option("coursera")
    source.get_by_label("Sijil").select_option("completion")
    source.get_by_label("Peperiksaan diawasi").select_option("none")
    source.locator("summary").click()
    source.get_by_label("MOOC Malaysia?").select_option("no")
    source.get_by_label("Pernah dituntut?").select_option("no")
    expect(page.locator("#saved-at")).to_contain_text("Disimpan")
    opens_to_all(page)
    page.get_by_role("button", name="Simpan dan kembali").last.click()

    page.get_by_role("link", name="Dokumen", exact=True).click()
    certificate = folder / "sijil.pdf"
    certificate.write_bytes(pdf())
    page.get_by_label("Jenis dokumen").select_option("certificate")
    page.get_by_label("Fail", exact=True).set_input_files(certificate)
    page.get_by_role("button", name="Muat naik").click()
    expect(page.get_by_text("sijil.pdf telah disimpan.")).to_be_visible()
    opens_to_all(page)
    page.get_by_role("button", name="Simpan dan kembali").click()

    page.get_by_role("link", name="Senarai semak dan pengakuan", exact=True).click()
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    opens_to_all(page)
    page.get_by_role("button", name="Simpan dan teliti").click()
    expect(page.get_by_text("Semuanya lengkap.")).to_be_visible()
    opens_to_all(page)
    page.get_by_role("button", name="Hantar permohonan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Menunggu bayaran")
    opens_to_all(page)


def pays(page: Page, amount: str) -> None:
    """The open order, through the sandbox's page and back, until the receipt is there."""
    page.get_by_role("link", name="Ke halaman bayaran").click()
    opens_to_all(page)
    page.get_by_role("button", name=f"Bayar {amount}").click()
    page.get_by_role("link", name="Teruskan bayaran").click()
    opens_to_all(page)
    page.get_by_role("button", name=f"Bayar {amount}").click()
    expect(page.get_by_role("link", name=re.compile("Resit"))).to_be_visible()
    opens_to_all(page)


def checks_documents(page: Page) -> None:
    """The documents are not accepted before the whole of Lampiran E is ticked."""
    opens_to_all(page)
    page.get_by_role("button", name="Terima dokumen").click()
    expect(page.get_by_role("alert")).to_contain_text("Lengkapkan senarai semak fakulti.")
    opens_to_all(page)
    for box in page.get_by_role("group", name="Senarai semak fakulti").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Terima dokumen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pemetaan kursus")


def maps(visit: Visit, people: Faculty, coordinator: Page, application: Application) -> None:
    """The expert judges each outcome; the mean is 90 %, and the application goes on by itself."""
    mapping = coordinator.locator("#mapping")
    expect(mapping.get_by_label(re.compile(COURSE))).to_be_checked()
    mapping.get_by_label(re.compile("Salmah")).check()
    mapping.get_by_role("button", name="Minta pakar ini").click()
    expect(coordinator.get_by_role("status").first).to_be_visible()
    opens_to_all(coordinator)
    judgement = Judgement.objects.get(expert=people.salmah)
    page = enters(visit, people.salmah, f"/matching/judgements/{judgement.pk}/")
    for field, share in zip(
        page.get_by_label("Peratus diliputi (%)").all(), ("100", "90", "80"), strict=True
    ):
        field.fill(share)
    expect(page.locator("#share")).to_contain_text("90 %")
    opens_to_all(page)
    page.get_by_role("button", name="Simpan penilaian saya").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("90 %")
    opens_to_all(page)
    application.refresh_from_db()
    assert application.state == "assessment"


def assesses(visit: Visit, people: Faculty, coordinator: Page, application: Application) -> None:
    """The coordinator arranges it; the assessor sees a document of identity and enters the grade."""
    coordinator.reload()
    coordinator.get_by_role("link", name="Aturkan pentaksiran bersemuka").click()
    opens_to_all(coordinator)
    coordinator.get_by_label("Ditulis").check()
    tomorrow = timezone.localtime() + timedelta(days=1)
    coordinator.get_by_label("Tarikh dan masa").fill(tomorrow.strftime("%Y-%m-%dT%H:%M"))
    coordinator.get_by_label("Tempat").fill("Makmal 2")
    coordinator.get_by_label("Pentaksir").select_option(str(people.salmah.pk))
    coordinator.get_by_role("button", name="Aturkan").click()
    expect(coordinator.get_by_text("Pentaksiran telah diatur; pelajar dimaklumkan.")).to_be_visible()
    opens_to_all(coordinator)

    assessor = enters(visit, people.salmah, f"/applications/{application.pk}/file/")
    assessor.get_by_role("link", name="Rekodkan keputusan").click()
    opens_to_all(assessor)
    assessor.get_by_label("Ya, dan identiti telah disemak").check()
    assessor.get_by_role("button", name="Rekodkan keputusan").click()
    expect(assessor.get_by_role("alert")).to_contain_text("dokumen pengenalan")
    opens_to_all(assessor)
    assessor.get_by_label("Dokumen pengenalan yang disemak").fill("Kad pelajar")
    assessor.get_by_label("Markah dalam peratus").fill("58")
    assessor.get_by_label("Gred").select_option("C+")
    assessor.get_by_role("button", name="Rekodkan keputusan").click()
    expect(assessor.get_by_text("Perakuan penyelaras").first).to_be_visible()


def recommends(page: Page) -> None:
    """The coordinator confirms what the system recommends, once the quality of the MOOC is judged."""
    page.reload()
    expect(page.get_by_label(re.compile("Sahkan syor"))).to_be_checked()
    opens_to_all(page)
    page.get_by_role("button", name="Simpan keputusan ini").click()
    expect(page.get_by_role("alert")).to_contain_text("Nilai kualiti setiap MOOC")
    page.get_by_role("link", name=re.compile("Nilai kursus")).click()
    opens_to_all(page)
    page.get_by_label("Baik", exact=True).check()
    page.get_by_label("Asas penilaian").fill("Disemak oleh panel.")
    page.get_by_label(re.compile("Kuiz")).check()
    page.get_by_label("Semua hasil dicapai").check()
    page.get_by_role("button", name="Simpan penilaian").click()
    page.get_by_role("button", name="Simpan keputusan ini").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Keputusan fakulti")


def refuses(visit: Visit, people: Faculty, application: Application) -> None:
    """Against the recommendation only with a reason, and another upholds it."""
    dean = enters(visit, people.rashid, f"/applications/{application.pk}/file/")
    opens_to_all(dean)
    dean.get_by_label("Tolak", exact=True).check()
    dean.get_by_role("button", name="Simpan keputusan ini").click()
    expect(dean.get_by_role("alert")).to_contain_text("nyatakan sebab penolakan")
    opens_to_all(dean)
    dean.get_by_label("Sebab").fill("Kajian kes tidak dinilai.")
    dean.get_by_role("button", name="Simpan keputusan ini").click()
    expect(dean.get_by_role("heading", level=1)).to_contain_text("Semakan kedua")
    expect(dean.get_by_text("Orang lain perlu membuat langkah ini")).to_be_visible()
    opens_to_all(dean)

    deputy = enters(visit, people.siti, f"/applications/{application.pk}/file/")
    opens_to_all(deputy)
    deputy.get_by_role("button", name="Sahkan penolakan").click()
    expect(deputy.get_by_role("heading", level=1)).to_contain_text("Diputuskan")
    decision = Decision.objects.get(stage="decision")
    assert (decision.outcome, decision.overrides, decision.recommended) == ("refused", True, "eligible")


def appeals(page: Page) -> None:
    """Once, with grounds, for RM 50."""
    expect(page.get_by_text("Kajian kes tidak dinilai.")).to_be_visible()
    opens_to_all(page)
    page.get_by_role("link", name="Rayu terhadap penolakan").click()
    opens_to_all(page)
    page.get_by_label("Alasan rayuan").fill("Tugasan ketiga ialah kajian kes yang dinilai.")
    page.get_by_role("button", name="Kemukakan rayuan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Menunggu bayaran rayuan")
    pays(page, "RM\N{NO-BREAK SPACE}50.00")


def is_granted(visit: Visit, people: Faculty, student: Page, application: Application) -> None:
    """Neither who refused nor who upheld decides the appeal; a third does, and there is no second one."""
    for took_part in (people.rashid, people.siti):
        page = enters(visit, took_part, f"/applications/{application.pk}/file/")
        expect(page.get_by_text("Orang lain perlu membuat langkah ini")).to_be_visible()
        expect(page.get_by_role("button", name="Simpan keputusan ini")).to_have_count(0)
    opens_to_all(page)

    third = enters(visit, people.wong, f"/applications/{application.pk}/file/")
    expect(third.get_by_text("Tugasan ketiga ialah kajian kes yang dinilai.")).to_be_visible()
    opens_to_all(third)
    third.get_by_label("Luluskan", exact=True).check()
    third.get_by_label("Sebab").fill("Kajian kes dinilai dalam tugasan ketiga.")
    third.get_by_role("button", name="Simpan keputusan ini").click()
    expect(third.get_by_role("heading", level=1)).to_contain_text("Ditutup selepas rayuan")
    opens_to_all(third)

    student.goto(f"/applications/{application.pk}/")
    expect(student.get_by_role("heading", level=1)).to_contain_text("Ditutup selepas rayuan")
    expect(student.get_by_text("keputusan itu muktamad")).to_be_visible()
    expect(student.get_by_role("link", name="Rayu terhadap penolakan")).to_have_count(0)
    pays(student, "RM\N{NO-BREAK SPACE}240.00")
    assert TranscriptEntry.objects.get().term == "Kredit Dapat"
    student.goto("/applications/transcript/")
    expect(student.get_by_text("Kredit Dapat").first).to_be_visible()
    opens_to_all(student)
