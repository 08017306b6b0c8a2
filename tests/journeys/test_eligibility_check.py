"""Two people check which of their credits transfer."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey

PHONE = {"width": 390, "height": 844}


def fits_its_width(page: Page) -> bool:
    """Whether nothing runs over the page's edge."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_aminah_checks_her_diploma_on_her_phone_in_malay(visit: Visit) -> None:
    page = visit("/", viewport=PHONE, has_touch=True, is_mobile=True)
    page.get_by_role("link", name="Mula semak").click()
    page.get_by_label("Kredit bergraduat").fill("125")
    page.get_by_label("Diakreditasi oleh MQA?").select_option("Ya")
    page.get_by_label("Semester ke-").fill("1")

    study = page.get_by_role("group", name="Pengajian 1", exact=True)
    study.get_by_label("Institusi").fill("Politeknik Merlimau")
    study.get_by_label("Peringkat").select_option("Diploma")
    study.get_by_label("Keputusan").select_option("Tamat")
    study.get_by_label("Diakreditasi atau diiktiraf?").select_option("Ya")

    first = page.get_by_role("group", name="Kursus 1", exact=True)
    fill_course(first, "BFC10103", "B", "85")
    expect(first.get_by_label("Pengajian terdahulu")).to_contain_text("1. Diploma, Politeknik Merlimau")

    page.get_by_role("button", name="Tambah kursus").click()
    second = page.get_by_role("group", name="Kursus 2", exact=True)
    expect(second.get_by_label("Kod kursus").first).to_be_focused()
    fill_course(second, "BFC10303", "C", "90")
    assert fits_its_width(page)

    page.get_by_role("button", name="Semak kelayakan").last.click()
    title = page.get_by_role("heading", name="3 daripada 6 kredit diterima")
    expect(title).to_be_focused()
    refused = page.get_by_role("article", name="BFC10303")
    expect(refused).to_contain_text("Tidak layak")
    expect(refused).to_contain_text("Gred C; sekurang-kurangnya C+.")
    expect(page.get_by_role("status")).to_contain_text("Semakan selesai: 3 kredit diterima.")
    assert fits_its_width(page)

    refused.get_by_role("link", name="5(a)(i)").first.click()
    expect(page).to_have_url(re.compile(r"/policies/uthm/clauses/"))
    page.go_back()
    expect(page.get_by_role("heading", name="3 daripada 6 kredit diterima")).to_be_visible()


def fill_course(course: object, code: str, grade: str, overlap: str) -> None:
    """Fill in a course and what was taken for it."""
    course.get_by_label("Kod kursus").first.fill(code)
    course.get_by_label("Kredit").first.fill("3")
    course.get_by_label("Kesetaraan").fill(overlap)
    source = course.get_by_role("group", name="Sumber 1")
    source.get_by_label("Kod kursus").fill("DAC10103")
    source.get_by_label("Kredit", exact=True).fill("3")
    source.get_by_label("Gred").select_option(grade)
    source.get_by_label("Tarikh tamat kursus").fill("2025-05-30")
    source.get_by_label("Hasil pindah kredit?").select_option("Tidak")


def test_devi_checks_in_english_without_javascript(visit: Visit) -> None:
    page = visit("/", java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which of your credits transfer?")
    page.get_by_role("link", name="Try an example").click()

    page.get_by_role("button", name="Add a course", exact=True).click()
    seventh = page.get_by_role("group", name="Course 7", exact=True)
    seventh.get_by_label("Course code").first.fill("BFC99")
    seventh.get_by_label("Based on").select_option("MOOC")
    seventh.get_by_role("button", name="Use").click()
    seventh = page.get_by_role("group", name="Course 7", exact=True)
    expect(seventh.get_by_label("Platform")).to_be_visible()

    page.get_by_role("button", name="Check eligibility").last.click()
    mistakes = page.get_by_role("alert")
    expect(mistakes).to_contain_text("Course 7: Credits: This is required.")
    mistakes.get_by_role("link").click()
    expect(page).to_have_url(re.compile("#claims-6-target-credits$"))

    page.get_by_role("button", name="Remove course 7").click()
    page.get_by_role("button", name="Check eligibility").last.click()
    expect(page.get_by_role("heading", name="9 of 18 credits accepted")).to_be_visible()

    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("heading", name="9 of 18 credits accepted")).to_be_visible()

    with page.expect_download() as case:
        page.get_by_role("button", name="Case as YAML").click()
    assert case.value.suggested_filename == "tauliah-kes.yaml"

    page.get_by_role("link", name="Open it").click()
    expect(page.get_by_role("heading", name="9 of 18 credits accepted")).to_be_visible()
    assert "?c=" in page.url


def test_starting_over_asks_first(visit: Visit) -> None:
    page = visit("/transfer/check/?example")
    page.get_by_text("Mula semula").click()
    page.get_by_role("link", name="Ya, kosongkan borang").click()
    expect(page.get_by_label("Kredit bergraduat")).to_have_value("")


def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    page = visit("/transfer/check/?example")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Terus ke kandungan")).to_be_focused()
    page.get_by_label("Kredit bergraduat").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="9 daripada 18 kredit diterima")).to_be_focused()


def test_what_is_typed_while_the_form_is_on_its_way_is_kept(visit: Visit) -> None:
    page = visit("/")
    held: list[Route] = []
    page.route("**/transfer/check/", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/transfer/check/"):
        page.locator("[name='claims[0].basis']").select_option("mooc")
    code = page.locator("[name='claims[0].sources[0].code']")
    code.press_sequentially("DFC2")
    held[0].continue_()
    expect(page.locator("[name='claims[0].sources[0].platform']")).to_be_visible()
    expect(code).to_have_value("DFC2")
    expect(code).to_be_focused()
    code.press_sequentially("0113")
    expect(code).to_have_value("DFC20113")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_shuts_anyone_out(visit: Visit, colours: str, width: int) -> None:
    page = visit("/", color_scheme=colours, viewport={"width": width, "height": 900})
    assert serious(page) == []

    page.get_by_role("button", name="Semak kelayakan").last.click()
    page.get_by_role("alert").wait_for()
    assert serious(page) == []

    page.goto("/transfer/check/?example")
    page.get_by_role("button", name="Semak kelayakan").last.click()
    page.get_by_role("heading", name="9 daripada 18 kredit diterima").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert serious(page) == []
    assert fits_its_width(page)


def serious(page: Page) -> list[str]:
    """What axe finds that would keep people from using the page."""
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {node['target']} {node.get('failureSummary', '')}"
        for v in found
        if v["impact"] in {"serious", "critical", "moderate"}
        for node in v["nodes"]
    ]
