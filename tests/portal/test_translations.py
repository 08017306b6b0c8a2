"""Malay is complete: nothing untranslated, nothing doubtful, the compiled catalogue in step."""

import ast
import gettext
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django import forms
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils import translation

PORTAL = Path(__file__).parents[2] / "src" / "portal"
CATALOGUE = PORTAL / "locale" / "ms" / "LC_MESSAGES" / "django.po"
ENTRY = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr)(?:\[\d\])? (".*")$|^(".*")$')
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def entries(catalogue: Path) -> list[dict[str, str]]:
    """Read the entries of a catalogue: msgid, msgid_plural where there is one, msgstr, comments."""
    found = []
    for block in re.split(r"\n{2,}", catalogue.read_text(encoding="utf-8")):
        entry = {"comments": "\n".join(line for line in block.splitlines() if line.startswith("#"))}
        keyword = ""
        for line in block.splitlines():
            if match := ENTRY.match(line):
                keyword = match[1] or keyword
                entry[keyword] = entry.get(keyword, "") + ast.literal_eval(match[2] or match[3])
        if "msgid" in entry:
            found.append(entry)
    return found


@pytest.fixture(scope="module")
def malay() -> list[dict[str, str]]:
    return entries(CATALOGUE)


def test_every_message_has_malay_words(malay: list[dict[str, str]]) -> None:
    assert len(malay) > 100
    assert [e["msgid"] for e in malay if not e["msgstr"].strip()] == []


def test_no_translation_is_doubtful(malay: list[dict[str, str]]) -> None:
    assert [e["msgid"] for e in malay if "fuzzy" in e["comments"]] == []


def test_every_translation_fills_in_the_same_values(malay: list[dict[str, str]]) -> None:
    different = [
        e["msgid"]
        for e in malay
        if set(PLACEHOLDER.findall(e["msgid"] + e.get("msgid_plural", "")))
        != set(PLACEHOLDER.findall(e["msgstr"]))
    ]

    assert different == []


def test_the_compiled_catalogue_says_the_same(malay: list[dict[str, str]]) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        words = gettext.GNUTranslations(compiled)._catalog
    written = {(e["msgid"], 0) if "msgid_plural" in e else e["msgid"]: e["msgstr"] for e in malay}

    assert words == written


@pytest.mark.skipif(
    not shutil.which("xgettext"), reason="xgettext (gettext) is not installed; .ci/packages installs it"
)
def test_every_message_of_the_portal_is_in_the_catalogue(malay: list[dict[str, str]], tmp_path: Path) -> None:
    copy = tmp_path / "portal"
    shutil.copytree(PORTAL, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "static"))
    catalogue = copy / CATALOGUE.relative_to(PORTAL)
    catalogue.unlink()
    manage = PORTAL.parents[1] / "manage.py"
    subprocess.run(
        [sys.executable, str(manage), "makemessages", "-l", "ms", "--no-wrap"],
        cwd=copy,
        check=True,
        capture_output=True,
        env={"PATH": f"{Path(shutil.which('xgettext') or '').parent}", "TAULIAH_VAR": str(tmp_path / "var")},
    )
    used = {e["msgid"] for e in entries(catalogue)}

    assert used - {e["msgid"] for e in malay} == set()
    assert {e["msgid"] for e in malay} - used == set()


def test_the_catalogues_write_email_in_one_way(malay: list[dict[str, str]]) -> None:
    libraries = PORTAL / "people" / "library_words" / "ms" / "LC_MESSAGES" / "django.po"

    assert [
        e["msgid"]
        for e in [*malay, *entries(libraries)]
        if re.search(r"\bemel\b", e["msgstr"], re.IGNORECASE)
    ] == []


class Asking(forms.Form):
    name = forms.CharField()
    email = forms.EmailField()


def test_django_words_a_mistake_as_the_portal_does() -> None:
    with translation.override("ms"):
        mistakes = Asking({"email": "siti"}).errors

        assert mistakes["name"] == ["Maklumat ini wajib diisi."]
        assert mistakes["email"] == ["Masukkan alamat e-mel yang sah, contohnya nama@universiti.edu.my."]


def test_a_common_password_is_not_called_short() -> None:
    """Django's own Malay says of it that it is too short."""
    with translation.override("ms"), pytest.raises(ValidationError, match="terlalu biasa"):
        CommonPasswordValidator().validate("password1234")
