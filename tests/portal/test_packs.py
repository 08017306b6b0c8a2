"""The packs that the portal serves."""

import shutil
from pathlib import Path

import pytest

from portal.packs import packs
from tauliah.files.packs import INSTALLED


def test_the_installed_packs_are_served() -> None:
    assert {"uthm", "mqa"} <= set(packs())


def test_they_are_read_once() -> None:
    assert packs() is packs()


def test_an_institution_may_add_its_own(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    shutil.copytree(INSTALLED / "uthm", tmp_path / "kolej")
    (tmp_path / "registry.yaml").write_text(
        "packs:\n  kolej: {names_of_institution: [Kolej]}\n", encoding="utf-8"
    )
    settings.TAULIAH_PACKS = tmp_path

    assert packs()["kolej"].names_of_institution == ("Kolej",)
    assert "uthm" in packs()
