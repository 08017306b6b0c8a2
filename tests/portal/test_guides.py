"""The guides of the e-learning centre name pages and buttons as the portal does, in both languages."""

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.packs import packs

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "src/portal/locale/ms/LC_MESSAGES/django.mo"
NAMED = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")


def said(language: str) -> Iterator[str]:
    """What the portal says in a language: its catalogue, and the steps of the policies' processes."""
    with CATALOGUE.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    found: dict[str | tuple[str, int], str] = vars(catalogue)["_catalog"]
    for words, malay in found.items():
        yield malay if language == "ms" else words if isinstance(words, str) else words[0]
    for pack in packs().values():
        for process in pack.processes.values():
            for step in process.steps.values():
                yield getattr(step.label, language)


@pytest.mark.parametrize(("page", "language"), [("courses.md", "en"), ("kursus.md", "ms")])
def test_a_guide_names_what_the_portal_shows(page: str, language: str) -> None:
    named = set(NAMED.findall((ROOT / "docs" / page).read_text(encoding="utf-8")))

    assert len(named) > 30
    assert named - set(said(language)) == set()


def test_both_guides_have_the_same_parts() -> None:
    malay, english = (
        re.findall(r"^(#+|\d\.|-|\|)", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
        for page in ("kursus.md", "courses.md")
    )
    assert malay == english
