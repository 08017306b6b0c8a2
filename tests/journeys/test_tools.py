"""A lecturer plans a micro-credential with the tools."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey

PHONE = {"width": 390, "height": 844}


def answered(page: Page) -> None:
    """Wait as a person does: until what was asked has been answered, after the pause that asking waits for."""
    page.wait_for_timeout(900)
    page.wait_for_function("!document.querySelector('.htmx-request')")
    page.wait_for_timeout(200)


def test_farah_adds_up_her_learning_time_on_her_phone(visit: Visit) -> None:
    page = visit("/tools/", viewport=PHONE, has_touch=True, is_mobile=True)
    page.get_by_role("link", name="Kalkulator masa pembelajaran").click()
    page.get_by_role("group", name="Aktiviti 1", exact=True).get_by_label("Minit").fill("30")
    page.get_by_role("group", name="Aktiviti 3", exact=True).get_by_label("Soalan").fill("20")
    page.get_by_role("button", name="Buang Aktiviti 2").click()
    expect(page.locator("#in-short")).to_have_text("0.05–0.1 kredit")

    page.get_by_role("button", name="Tambah aktiviti").click()
    third = page.get_by_role("group", name="Aktiviti 3", exact=True)
    expect(third).to_be_visible()
    answered(page)
    third.get_by_label("Aktiviti").select_option("Esei")
    expect(third.get_by_label("Halaman")).to_be_visible(timeout=15_000)
    answered(page)
    third = page.get_by_role("group", name="Aktiviti 3", exact=True)
    third.get_by_label("Halaman").press_sequentially("70")
    answered(page)
    expect(page.locator("#in-short")).to_have_text("1.8–1.85 kredit", timeout=15_000)
    expect(third.get_by_label("Halaman")).to_be_focused()

    page.get_by_label("Kredit yang dituntut").fill("3")
    expect(page.locator("#result")).to_contain_text("Tuntutan 3 kredit terlalu tinggi")
    page.get_by_role("button", name="Kira").last.click()
    expect(page.get_by_role("heading", name="1.8–1.85 kredit")).to_be_focused()
    assert "beside.claimed_credits=3" in page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_devi_works_out_a_fee_in_english_without_javascript(visit: Visit) -> None:
    page = visit("/fees/calculator/", java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.get_by_role("button", name="English").click()
    page.get_by_label("What is paid for").select_option("Price of the certificate")
    page.get_by_role("button", name="Use").nth(1).click()
    page.get_by_label("Credits", exact=True).fill("3")
    page.get_by_label("Is there a facilitator?").select_option("No")
    page.get_by_label("Is there an assessor?").select_option("Yes")
    page.get_by_role("button", name="Work it out").last.click()
    expect(page.get_by_role("heading", name="RM 450.00", exact=True)).to_be_visible()
    expect(page.locator("#answer")).to_contain_text("133.87")

    with page.expect_download() as case:
        page.get_by_role("button", name="Case as YAML").click()
    page.goto("/fees/calculator/")
    page.get_by_text("Open a case").click()
    page.get_by_label("File").set_input_files(case.value.path())
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("heading", name="RM 450.00", exact=True)).to_be_visible()


@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 360)])
def test_no_tool_shuts_anyone_out(visit: Visit, colours: str, width: int) -> None:
    page = visit("/tools/", color_scheme=colours, viewport={"width": width, "height": 900})
    assert serious(page) == []
    addresses = [link.get_attribute("href") for link in page.locator(".tool-card a").all()]
    assert len(addresses) >= 9

    for address in addresses:
        page.goto(str(address))
        page.locator("#case .submit .button.primary").click()
        page.locator("#result, .mistakes").first.wait_for()
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")

        assert serious(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


def serious(page: Page) -> list[str]:
    """What axe finds that would keep people from using the page."""
    return [
        f"{v['id']}: {node['target']} {node.get('failureSummary', '')}"
        for v in Axe().run(page).response["violations"]
        if v["impact"] in {"serious", "critical", "moderate"}
        for node in v["nodes"]
    ]
