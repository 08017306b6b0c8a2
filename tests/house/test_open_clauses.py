"""`docs/coverage.md` lists what the packs leave open of the work of people: no less, no more, each with a reason."""

import re
from pathlib import Path

import pytest

from tauliah.files.packs import installed_packs
from tauliah.policy.coverage import reaches

PAGE = Path(__file__).resolve().parents[2] / "docs" / "coverage.md"
WORK = ("workflow", "record", "notification", "document", "page", "permission", "report")
SECTIONS = {
    "uthm": re.compile(""),
    "mqa": re.compile(""),
    "utm": re.compile(""),
    "unimas": re.compile(""),
    "umpsa": re.compile(""),
}
"""The clauses that are accounted for, by how they begin."""


def open_clauses(pack: str) -> dict[str, str]:
    """The clauses of a pack that nothing carries out in some way of work, with these ways."""
    found = {
        clause.id: ", ".join(way for way in clause.realised_as if way in WORK and not reaches(clause, way))
        for clause in installed_packs()[pack].clauses.values()
        if SECTIONS[pack].match(clause.id)
    }
    return {name: ways for name, ways in found.items() if ways}


def listed(pack: str) -> dict[str, tuple[str, str]]:
    """What the page lists for a pack: for each clause its open ways and the reason."""
    text = PAGE.read_text(encoding="utf-8")
    section = text.partition(f"\n## {pack}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", section, re.MULTILINE)
    return {name: (ways, why) for name, ways, why in rows if name != "clause"}


@pytest.mark.parametrize("pack", SECTIONS)
def test_the_page_lists_what_is_open_and_nothing_else(pack: str) -> None:
    assert {name: ways for name, (ways, _why) in listed(pack).items()} == open_clauses(pack)


@pytest.mark.parametrize("pack", SECTIONS)
def test_each_has_a_reason(pack: str) -> None:
    assert [name for name, (_ways, why) in listed(pack).items() if not why.endswith(".")] == []
