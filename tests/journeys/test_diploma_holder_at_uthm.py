"""A diploma holder at UTHM, all the way: from the check of her own to the letter of decision."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.people import DESKTOP, enters, opens_to_all
from tests.journeys.test_applicant import COURSES, aminah_enrols, applies
from tests.portal import cast
from tests.portal.applications.test_letters import read

from portal.applications.letters import pdf_of
from portal.applications.models import Application, TranscriptEntry
from portal.matching.models import Judgement
from portal.notices.models import Mail
from portal.records.register import broken_entries

__all__ = ["aminah_enrols"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
REFUSED, REASON = "BFC10303", "Amali hidraulik tidak diliputi."


def test_aminah_goes_from_the_check_to_the_letter(visit: Visit, aminah_enrols: str, tmp_path: Path) -> None:
    bakar, fatimah = cast.appear("bakar"), cast.appear("fatimah")
    halimah, hassan = cast.appear("halimah"), cast.appear("hassan")
    student = visit("/transfer/check/?example", viewport=DESKTOP)
    applies(student, aminah_enrols, tmp_path)
    application = Application.objects.get()

    file = f"/applications/{application.pk}/file/"
    coordinator = enters(visit, bakar, file)
    accepts_and_asks(coordinator)
    compares(enters(visit, fatimah, "/desk/"))
    recommends(coordinator)
    decides(enters(visit, halimah, file))
    upholds(enters(visit, hassan, file))
    reads(student, application)
    assert list(broken_entries(application.institution)) == []


def accepts_and_asks(page: Page) -> None:
    """The coordinator accepts the documents and asks an expert about every course."""
    opens_to_all(page)
    page.get_by_role("button", name="Terima dokumen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pemetaan kursus")
    mapping = page.locator("#mapping")
    mapping.get_by_label(re.compile("Fatimah")).check()
    mapping.get_by_role("button", name="Minta pakar ini").click()
    expect(page.get_by_role("status").first).to_be_visible()
    opens_to_all(page)


def compares(page: Page) -> None:
    """The expert works off the comparisons that were asked for, one after the other."""
    opens_to_all(page)
    for asked in Judgement.objects.order_by("pk"):
        page.goto(f"/matching/judgements/{asked.pk}/")
        for field in page.get_by_label("Peratus diliputi (%)").all():
            field.fill("90")
        page.get_by_role("button", name="Simpan penilaian saya").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("90 %")
    opens_to_all(page)


def recommends(page: Page) -> None:
    """The coordinator confirms what the system recommends of each course."""
    page.reload()
    expect(page.get_by_label(re.compile("Sahkan syor"))).to_have_count(5)
    opens_to_all(page)
    page.get_by_role("button", name="Simpan keputusan ini").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Keputusan fakulti")


def decides(page: Page) -> None:
    """The dean confirms four and refuses one against the recommendation, with a reason."""
    opens_to_all(page)
    hydraulics = page.get_by_role("group", name=re.compile(REFUSED))
    hydraulics.get_by_label("Tolak", exact=True).check()
    hydraulics.get_by_label("Sebab").fill(REASON)
    page.get_by_role("button", name="Simpan keputusan ini").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Semakan kedua")


def upholds(page: Page) -> None:
    """A second pair of eyes upholds the refusal."""
    opens_to_all(page)
    page.get_by_role("button", name="Sahkan penolakan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Diputuskan")


def reads(page: Page, application: Application) -> None:
    """The student finds the decision with its reason, the transcript, and the letter that was mailed to her."""
    page.goto(f"/applications/{application.pk}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Diputuskan")
    expect(page.get_by_text(REASON)).to_be_visible()
    opens_to_all(page)

    letter = application.letters.get(kind="decision")
    shown = page.request.get(page.get_by_role("link", name="Surat keputusan").get_attribute("href") or "")
    assert shown.body() == pdf_of(letter)
    told = read(letter)
    assert all(code in told for code in COURSES)
    assert REASON in told
    assert "Pengecualian Kredit" in told
    mail = Mail.objects.get(key__startswith=f"letter-{letter.pk}:")
    assert (mail.to, mail.attachment) == (application.student.person.email, letter.file.name)

    assert TranscriptEntry.objects.filter(term="Pengecualian Kredit").count() == len(COURSES) - 1
    page.goto("/applications/transcript/")
    expect(page.get_by_role("row").filter(has_text="BFC10103")).to_contain_text("Pengecualian Kredit")
    expect(page.get_by_role("row").filter(has_text=REFUSED)).to_have_count(0)
    opens_to_all(page)
