"""The form of a proposal, filled in page by page as a developer does."""

from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect
from tests.portal.proposals import made

from portal.proposals.field import Field
from portal.proposals.fields import sections_of
from portal.proposals.forms_draft import entry_of

CHECKED = frozenset({"answer", "tick", "ticks", "codes"})
PATIENCE = 30_000
"""How long a page may take on a machine that does much else, in milliseconds."""


def fills(page: Page, kind: str, policy: str, name: str, **changes: Any) -> None:
    """Fill in one page of the form with a complete proposal’s words, and what is changed of them."""
    section = next(one for one in sections_of(kind, policy) if one.name == name)
    types(page, section.fields, entry_of(made.CONTENT | changes, section.fields))


def types(page: Page, fields: Sequence[Field], entry: Mapping[str, Any], within: str = "") -> None:
    """Type an entry; what it does not say stays as it is."""
    for field in fields:
        given, place = entry.get(field.name), f"{within}{field.name}"
        if not given:
            continue
        if field.type == "rows":
            adds(page, field, given, place)
        elif field.type in CHECKED:
            for value in given if isinstance(given, list) else [given]:
                control(page, f'{place}"][value="{value}').check()
        elif field.type == "choice":
            control(page, place).select_option(given)
        else:
            control(page, place).fill(given)


def adds(page: Page, field: Field, rows: Sequence[Mapping[str, Any]], place: str) -> None:
    """Add a row for each entry and type in it."""
    for number, row in enumerate(rows):
        here = f"{place}[{number}]."
        page.locator(f'button[value="add_row:{place}"]').click()
        expect(control(page, here + field.rows[0].name)).to_be_visible(timeout=PATIENCE)
        types(page, field.rows, row, here)


def control(page: Page, name: str) -> Locator:
    """The control of a name."""
    return page.locator(f'#case [name="{name}"]:not([type=hidden])')


def is_saved(page: Page) -> None:
    """What was typed is saved by itself once the typing stops."""
    page.locator("#case").press("Tab")
    expect(page.locator("#saved")).to_contain_text("Disimpan", timeout=PATIENCE)


def goes_on(page: Page, heading: str) -> None:
    """Save the page and go on to the next one."""
    page.get_by_role("button", name="Simpan dan teruskan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading, timeout=PATIENCE)
