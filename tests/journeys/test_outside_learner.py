"""An outside learner on a phone: from the catalogue through an account, fee and course to the certificate."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.people import PHONE, logs_in, overflowing, violations
from tests.portal import cast
from tests.portal.offerings import stories

from portal.accounts.models import Person
from portal.accounts.roles import Role
from portal.credentials.models import Credential
from portal.notices.models import Mail
from portal.offerings.actions.marking import enter_mark
from portal.offerings.actions.results import issue, open_sheet, submit, take
from portal.offerings.models import Enrolment, Offering, ResultSheet
from portal.offerings.tasks_learning import ask_how_it_was, issue_results
from portal.work.worker import do_what_is_ready

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
EMAIL, PASSWORD = "melur@contoh.example", "sungai-sarawak-biru-2026"
NEEDS = [{"ms": "Berumur 18 tahun ke atas", "en": "Aged 18 or over"}]


@pytest.fixture
def offered() -> Offering:
    """A running course at UNIMAS with a fee, open to all, whose final assessment was due a few days ago."""
    return stories.running_offering(learners=0, fee=Decimal("120.00"), requirements=NEEDS)


def fits(page: Page) -> None:
    """axe finds nothing on the phone, and nothing runs over its edge."""
    assert violations(page) == [], page.url
    assert overflowing(page) == [], page.url


def test_melur_goes_from_the_catalogue_to_a_verified_certificate(visit: Visit, offered: Offering) -> None:
    page = visit("/learn/", viewport=PHONE)
    finds(page)
    joins(page)
    enrols_and_pays(page)
    learns(page)
    is_marked(offered)
    answers_the_survey(page)
    is_certified(offered)
    shows_it(visit, page)


def finds(page: Page) -> None:
    """The course stands in the catalogue and says what it costs."""
    fits(page)
    page.get_by_role("link", name=re.compile("Asas Internet Benda")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Asas Internet Benda")
    fits(page)
    page.get_by_role("link", name="Daftar", exact=True).click()
    expect(page.get_by_text("Anda memerlukan akaun")).to_be_visible()
    fits(page)


def joins(page: Page) -> None:
    """An account with name, email and password; the link in the email leads on to the course."""
    page.get_by_role("main").get_by_role("link", name="Daftar").first.click()
    page.get_by_label("Nama penuh").fill("Melur binti Contoh")
    page.get_by_label("E-mel").fill(EMAIL)
    page.get_by_label("Kata laluan").first.fill(PASSWORD)
    page.get_by_label(re.compile("Kata laluan")).nth(1).fill(PASSWORD)
    fits(page)
    page.get_by_role("main").get_by_role("button", name="Daftar").click()
    fits(page)
    letter = Mail.objects.get(to=EMAIL)
    link = re.search(r"/accounts/confirm-email/\S+", letter.text)
    assert link
    page.goto(link[0])
    page.get_by_role("main").get_by_role("button").first.click()
    person = Person.objects.get(email=EMAIL)
    appointment = person.appointments.get()
    assert (appointment.role, appointment.institution) == (Role.EXTERNAL_LEARNER, None)
    if not re.search("/enrol/$", page.url):
        page.goto("/accounts/login/")
        logs_in(page, EMAIL, PASSWORD)
    page.wait_for_url("**/enrol/")


def enrols_and_pays(page: Page) -> None:
    """What is missing is said at its field; the bank's page leads back to a receipt."""
    page.get_by_role("button", name=re.compile("Daftar dan teruskan")).click()
    expect(page.get_by_role("alert")).to_contain_text("Saya mengikuti kursus sebagai")
    fits(page)
    page.get_by_label("Orang yang bekerja").check()
    page.get_by_label("Berumur 18 tahun ke atas").check()
    page.get_by_role("button", name=re.compile("Daftar dan teruskan")).click()
    expect(page.get_by_role("button", name=re.compile("Bayar RM"))).to_be_visible()
    fits(page)
    page.get_by_role("button", name=re.compile("Bayar RM")).click()
    page.get_by_role("link", name="Teruskan bayaran").click()
    page.get_by_role("button", name=re.compile("Bayar RM")).first.click()
    expect(page.get_by_role("link", name=re.compile("Resit"))).to_be_visible()
    assert Enrolment.objects.get().state == Enrolment.State.ACTIVE


def learns(page: Page) -> None:
    """The materials, one after the other, until nothing of them is left."""
    page.goto("/offerings/mine/")
    fits(page)
    page.get_by_role("link", name="Asas Internet Benda").click()
    expect(page.get_by_text("0 daripada 4 selesai")).to_be_visible()
    fits(page)
    page.get_by_role("link", name=re.compile("Teruskan dengan")).click()
    expect(page.get_by_text("Selamat datang")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Selesai, teruskan").click()
    page.get_by_role("button", name="Selesai", exact=True).click()
    expect(page.get_by_text("2 daripada 4 selesai")).to_be_visible()


def is_marked(offered: Offering) -> None:
    """Laila marks with feedback; learners are asked how it was."""
    laila, enrolment = cast.appear("laila"), Enrolment.objects.get()
    for assessment in offered.assessments.all():
        enter_mark(laila, assessment, enrolment, "82", "Penerangan yang jelas.")
    assert ask_how_it_was.func() == 1


def answers_the_survey(page: Page) -> None:
    """Marks and feedback stand on the page, and the survey is answered by touch."""
    page.reload()
    expect(page.get_by_text("Penerangan yang jelas.").first).to_be_visible()
    page.get_by_role("link", name="Jawab tinjauan").click()
    fits(page)
    for group in page.locator("form fieldset").all():
        group.get_by_role("radio").nth(3).check()
    page.get_by_role("textbox").first.fill("Contoh daripada industri.")
    page.get_by_role("button", name="Hantar jawapan").click()
    expect(page.get_by_text("Terima kasih").first).to_be_visible()


def is_certified(offered: Offering) -> None:
    """The instructor, the committee and the Senate confirm; a worker issues."""
    laila, salleh = cast.appear("laila"), cast.appear("salleh")
    sheet = open_sheet(laila, offered)
    sheet = submit(laila, sheet, version=sheet.version)
    sheet = take(salleh, sheet, "put_forward", version=sheet.version)
    for _committee in ("jppeu", "senate"):
        stories.decide(ResultSheet.objects.get(pk=sheet.pk), "approved")
    sheet = ResultSheet.objects.get(pk=sheet.pk)
    issue(salleh, sheet, version=sheet.version)
    issue_results.enqueue(sheet.pk)
    do_what_is_ready()
    assert ResultSheet.objects.get(pk=sheet.pk).state == "issued"


def shows_it(visit: Visit, page: Page) -> None:
    """The result and the certificate stand on the course's page; anybody verifies it without an account."""
    page.reload()
    expect(page.get_by_text("Lulus", exact=True)).to_be_visible()
    fits(page)
    credential = Credential.objects.get()
    page.get_by_role("link", name=re.compile(credential.serial)).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Asas Internet Benda")
    employer = visit(f"/c/{credential.public_id}", viewport=PHONE)
    expect(employer.get_by_text("Melur binti Contoh").first).to_be_visible()
    expect(employer.get_by_text("Kelayakan ini sah.")).to_be_visible()
    assert overflowing(employer) == []
