"""A micro-credential of an accredited programme at UNIMAS: from the draft to the transcript and the copies."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.people import enters, opens_to_all
from tests.portal import cast
from tests.portal.applications.applicant import planned
from tests.portal.applications.test_evidence_content import pdf

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.applications.actions.mapping import ask_experts
from portal.applications.models import Application
from portal.matching.actions import Part, judge
from portal.notices.models import Mail

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

COURSE = "KMF1023"
OFFICE = "pentadbir@unimas.example"


@pytest.fixture
def dayang() -> Appointment:
    """A learner at UNIMAS, where decisions are copied to the administrator's address."""
    dayang = cast.appear("dayang")
    where = dayang.institution
    assert where is not None
    where.email = OFFICE
    where.save()
    started = timezone.localdate() - timedelta(days=17)
    cast.semester(where, starts_on=started, ends_on=date(2027, 9, 1))
    planned(dayang, COURSE)
    return dayang


def colleague(key: str, name: str, role: Role, edwin: Appointment) -> Appointment:
    """Somebody else at UNIMAS."""
    where = edwin.institution
    assert where is not None
    faculty = None if role is Role.ADMINISTRATOR else edwin.faculty
    return cast.appointment(cast.person(key, name, where.code), role, where, faculty)


def test_dayang_is_granted_credit_and_the_administrator_has_the_copy(
    visit: Visit, dayang: Appointment, tmp_path: Path
) -> None:
    edwin = cast.appear("edwin")
    dean = colleague("dekan", "Hamdan bin Sapawi", Role.DEAN, edwin)
    expert = colleague("pakar", "Mary anak Jau", Role.SUBJECT_EXPERT, edwin)
    administrator = colleague("urusetia", "Siti binti Bujang", Role.ADMINISTRATOR, edwin)

    student = enters(visit, dayang, "/applications/new/")
    applies(student, tmp_path)
    application = Application.objects.get()

    coordinator = enters(visit, edwin, f"/applications/{application.pk}/file/")
    coordinator.get_by_role("button", name="Terima dokumen").click()
    expect(coordinator.get_by_role("heading", level=1)).to_contain_text("Pemetaan kursus")
    compares(edwin, expert, application)
    coordinator.reload()
    opens_to_all(coordinator)
    coordinator.get_by_role("button", name="Simpan keputusan ini").click()
    expect(coordinator.get_by_role("heading", level=1)).to_contain_text("Keputusan fakulti")

    desk = enters(visit, dean, "/desk/")
    opens_to_all(desk)
    desk.get_by_role("link", name=re.compile("Permohonan yang menunggu peranan anda")).click()
    opens_to_all(desk)
    desk.get_by_role("link", name=application.reference).click()
    opens_to_all(desk)
    desk.get_by_role("button", name="Simpan keputusan ini").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Diputuskan")

    student.goto("/applications/transcript/")
    entry = student.get_by_role("row").filter(has_text=COURSE)
    expect(entry).to_contain_text("Pangkalan Data")
    opens_to_all(student)
    student.goto(f"/applications/{application.pk}/")
    expect(student.get_by_role("link", name="Rayu terhadap penolakan")).to_have_count(0)
    opens_to_all(student)

    is_copied(visit, administrator, dayang)


def applies(page: Page, folder: Path) -> None:
    """The claim, its certificate, the declarations; nothing is paid at UNIMAS."""
    page.get_by_role("button", name="Mulakan permohonan ini").click()
    page.get_by_role("link", name="Tambah kursus").click()
    page.get_by_role("combobox", name="Kursus yang dipohon").select_option(COURSE)
    page.get_by_label("Asas permohonan").select_option("micro_credential")
    expect(page.get_by_label("Jenis pentauliahan mikro")).to_be_visible()
    source = page.get_by_role("group", name="Sumber 1")
    source.get_by_label("Institusi").fill("Universiti Contoh")
    source.get_by_label("Kod kursus").fill("MC-101")
    source.get_by_label("Nama kursus").fill("Pangkalan Data")
    source.get_by_label("Kredit", exact=True).fill("3")
    source.get_by_label("Gred mengikut skala universiti ini").select_option("B+")
    source.get_by_label("Tarikh tamat kursus").fill("2026-08-20")
    source.get_by_label("Jenis pentauliahan mikro").select_option("accredited_programme")
    source.get_by_label("Diakreditasi?").select_option("yes")
    source.get_by_label("Pernah dituntut?").select_option("no")
    expect(page.locator("#saved-at")).to_contain_text("Disimpan")
    opens_to_all(page)
    page.get_by_role("button", name="Simpan dan kembali").last.click()

    page.get_by_role("link", name="Dokumen", exact=True).click()
    certificate = folder / "sijil.pdf"
    certificate.write_bytes(pdf())
    page.get_by_label("Fail", exact=True).set_input_files(certificate)
    page.get_by_role("button", name="Muat naik").click()
    expect(page.get_by_text("sijil.pdf telah disimpan.")).to_be_visible()
    page.get_by_role("button", name="Simpan dan kembali").click()
    page.get_by_role("link", name="Pengakuan", exact=True).click()
    for tick in page.locator("main input[type=checkbox]").all():
        tick.check()
    page.get_by_role("button", name="Simpan dan teliti").click()
    page.get_by_role("button", name="Hantar permohonan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Semakan dokumen")


def compares(coordinator: Appointment, expert: Appointment, application: Application) -> None:
    """The expert finds the whole course covered."""
    comparison = ask_experts(coordinator, application.claims.get(), [expert], version=None)
    parts = {outcome.pk: Part(Decimal(95)) for outcome in comparison.target.outcomes.all()}
    judge(expert, comparison.judgements.get(), parts)


def is_copied(visit: Visit, administrator: Appointment, dayang: Appointment) -> None:
    """The decision's email goes to the learner with a copy to the office; the administrator finds it."""
    mail = Mail.objects.get(to=dayang.person.email, copy_to=[OFFICE])
    assert mail.attachment_name.endswith(".pdf")
    page = enters(visit, administrator, "/notices/outbox/")
    opens_to_all(page)
    page.get_by_role("link", name=mail.subject).click()
    expect(page.locator("main")).to_contain_text(OFFICE)
    opens_to_all(page)
