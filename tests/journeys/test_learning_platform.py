"""A course whose learning lives elsewhere: from a library's LMS into Tauliah, and from Tauliah into a tool."""

from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pylti1p3.grade import Grade
from pytest_django import Settings
from tests.journeys.conftest import Visit
from tests.journeys.people import DESKTOP, enters, logs_in, opens_to_all
from tests.portal import cast
from tests.portal.lti import lms as platform
from tests.portal.lti import made, software
from tests.portal.lti.browser import DAYANG, LAILA

from portal.lti.keys import published_keys
from portal.lti.models import CourseLink, Side, Tool
from portal.offerings.models import Enrolment, Mark, Offering

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def offering(settings: Settings, address: str) -> Offering:
    """Laila's offering with a quiz; Tauliah is where the browser finds it."""
    settings.TAULIAH_ADDRESS = address
    running = made.offering()
    made.assessment(running)
    return running


def test_a_lecturer_connects_her_moodle_and_takes_roster_and_marks(
    visit: Visit, offering: Offering, address: str
) -> None:
    dayang = cast.appear("dayang")
    with platform.running(f"{address}/lti/unimas/tool") as moodle:
        registered = made.lms(site=moodle.site)
        moodle.registration.set_tool_key_set(published_keys(registered.institution, Side.TOOL))
        moodle.people |= {"u-laila": LAILA, "u-dayang": DAYANG}
        moodle.members += [
            {
                "user_id": "u-dayang",
                "roles": [platform.LEARNER],
                "name": "Dayang N.",
                "email": DAYANG["email"],
            },
            {"user_id": "u-2", "roles": [platform.LEARNER], "name": "Tetamu", "email": "tetamu@x.example"},
            {"user_id": "u-laila", "roles": [platform.INSTRUCTOR], "name": "Laila", "email": LAILA["email"]},
        ]

        page = visit("/healthz", viewport=DESKTOP)
        page.goto(f"{moodle.site}/course?as=u-laila")
        page.get_by_role("link", name="Tauliah").click()
        logs_in(page, "laila@unimas.example")
        connects(page)
        takes_the_roster(page)
        takes_the_marks(page, moodle)
    centre = enters(visit, cast.appear("salleh"), f"/lti/lms/{registered.pk}/accounts/")
    opens_to_all(centre)
    for place in (f"/lti/lms/{registered.pk}/", "/lti/lms/new/"):
        centre.goto(f"{address}{place}")
        opens_to_all(centre)

    assert Enrolment.objects.get().person == dayang.person
    assert Mark.objects.get().mark == Decimal("85.00")


def connects(page: Page) -> None:
    """Say which offering the course of the LMS is."""
    expect(page.get_by_role("heading", name="Penawaran yang mana?")).to_be_visible()
    opens_to_all(page)
    page.get_by_label("Penawaran").select_option(index=1)
    page.get_by_role("button", name="Sambungkan").click()
    expect(page.get_by_role("heading", name="Sains Data (Moodle)")).to_be_visible()
    opens_to_all(page)
    assert CourseLink.objects.get().offering.proposal.code == "MOOC1013"


def takes_the_roster(page: Page) -> None:
    """Look at the roster, then enrol who is recognised."""
    page.get_by_role("button", name="Baca senarai pelajar").click()
    expect(page.get_by_text("1 orang akan didaftarkan.")).to_be_visible()
    expect(page.get_by_role("row", name="Tetamu")).to_contain_text("tiada akaun di sini")
    opens_to_all(page)
    page.get_by_role("button", name="Daftarkan mereka").click()
    expect(page.get_by_text("1 baris diambil.")).to_be_visible()
    page.get_by_role("link", name="Sains Data (Moodle)").click()


def takes_the_marks(page: Page, moodle: platform.Lms) -> None:
    """Have the LMS make a column; when it is graded there, look at the results and take them."""
    page.get_by_role("link", name="Namakan lajur").click()
    page.get_by_label("Pentaksiran").select_option("Kuiz 1")
    page.get_by_label("Lajur LMS").select_option("make")
    opens_to_all(page)
    page.get_by_role("button", name="Simpan").click()
    moodle.results["1"] = [{"userId": "u-dayang", "resultScore": 85, "resultMaximum": 100}]
    page.get_by_role("button", name="Baca keputusan").click()
    expect(page.get_by_text("1 markah akan ditambah atau diubah.")).to_be_visible()
    opens_to_all(page)
    page.get_by_role("button", name="Ambil markah").click()
    expect(page.get_by_text("1 baris diambil.")).to_be_visible()


def test_a_learner_opens_a_tool_and_its_score_is_a_mark(visit: Visit, offering: Offering) -> None:
    salleh, laila, dayang = (cast.appear(key) for key in ("salleh", "laila", "dayang"))
    made.enrolled(offering, dayang)
    port = software.free_port()
    registers(enters(visit, salleh, "/lti/"), f"http://127.0.0.1:{port}")
    places(enters(visit, laila, f"/lti/offerings/{offering.pk}/"))
    tool = Tool.objects.get()
    running = software.Software(tool)
    Tool.objects.update(keys=running.jwks(), keys_at=timezone.now())

    with software.running(running, port) as launches:
        page = enters(visit, dayang, f"/lti/offerings/{offering.pk}/")
        opens_to_all(page)
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Buka").click()
        expect(opened.value.get_by_role("heading", name="Selamat datang, Dayang Nurul")).to_be_visible()

    grade = Grade().set_score_given(9).set_score_maximum(10).set_timestamp(timezone.now().isoformat())
    grade.set_activity_progress("Completed").set_grading_progress("FullyGraded")
    launches[0].get_ags().put_grade(grade.set_user_id(launches[0].get_launch_data()["sub"]))
    assert Mark.objects.get().mark == Decimal("90.00")


def registers(page: Page, site: str) -> None:
    """The e-learning centre registers a tool by its addresses."""
    opens_to_all(page)
    page.get_by_role("link", name="Daftarkan alat").click()
    page.get_by_label("Nama").first.fill("Alat CFLEX")
    page.get_by_label("URL permulaan log masuk").fill(f"{site}/login")
    page.get_by_label("URI pengalihan").fill(f"{site}/launch")
    page.get_by_label("URL set kunci awam").fill(f"{site}/keys")
    opens_to_all(page)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text(Tool.objects.get().client_id)).to_be_visible()
    opens_to_all(page)


def places(page: Page) -> None:
    """The lecturer puts it into her offering, as a quiz."""
    opens_to_all(page)
    page.get_by_role("link", name="Letakkan alat di sini").click()
    page.get_by_label("Alat luar").select_option("Alat CFLEX")
    page.get_by_label("Tajuk").fill("Kursus dalam alat")
    page.get_by_label("Skornya ialah markah bagi").select_option("Kuiz 1")
    opens_to_all(page)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("link", name="Buka Kursus dalam alat")).to_be_visible()
    opens_to_all(page)
