"""People at their browsers: they log in once, and every page they see opens to all and fits a phone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize
from tests.journeys.conftest import Visit
from tests.portal import cast

from portal.accounts.models import Appointment
from portal.accounts.roles import Role

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


def enters(visit: Visit, who: Appointment, path: str) -> Page:
    """A browser of somebody's own in which they logged in on the way to a page."""
    page = visit(path, viewport=DESKTOP)
    logs_in(page, who.person.email)
    page.wait_for_url(f"**{path}")
    return page


def logs_in(page: Page, email: str, password: str = cast.PASSWORD) -> None:
    """Fill in the login page."""
    page.get_by_label("E-mel").fill(email)
    page.get_by_label("Kata laluan").first.fill(password)
    page.get_by_role("button", name="Log masuk", exact=True).click()


def opens_to_all(page: Page) -> None:
    """axe finds nothing at a desk, and on a phone nothing runs over the edge."""
    assert violations(page) == [], page.url
    page.set_viewport_size(PHONE)
    assert overflowing(page) == [], page.url
    page.set_viewport_size(DESKTOP)


def violations(page: Page) -> list[str]:
    """What axe complains of, with the place."""
    return [
        f"{found['id']}: {node['target']} {node.get('failureSummary', '')}"
        for found in Axe().run(page).response["violations"]
        for node in found["nodes"]
    ]


def overflowing(page: Page) -> list[str]:
    """What reaches over the page's right edge, if the page can be moved sideways."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
            [...document.querySelectorAll('main *')]
                .filter(one => one.getBoundingClientRect().right > window.innerWidth + 1)
                .map(one => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 40)}`)
                .concat('the page')"""
    )
    return found


def deputy_dean(key: str, name: str, like: Appointment) -> Appointment:
    """Another who may decide in the faculty where somebody works."""
    person = cast.person(key, name, like.institution.code if like.institution else "")
    return cast.appointment(person, Role.DEPUTY_DEAN, like.institution, like.faculty)
