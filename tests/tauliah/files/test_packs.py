"""A pack that cannot be used is refused, and the message names file and field."""

import shutil
from pathlib import Path

import pytest

from tauliah.files.packs import INSTALLED, BadPack, installed_packs, load_pack

ENTRY = {"names_of_institution": ["Universiti Contoh"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the made-up pack, to be damaged."""
    shutil.copytree(INSTALLED / "contoh", tmp_path / "contoh", ignore=shutil.ignore_patterns("cases"))
    return tmp_path / "contoh"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")

    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_copy_of_a_pack_is_a_pack(folder):
    assert load_pack(folder, ENTRY).name == "contoh"


def test_a_pack_of_ones_own_stands_beside_the_installed_ones_or_replaces_them(folder):
    (folder.parent / "registry.yaml").write_text(
        "packs:\n  contoh: {names_of_institution: [Universiti Saya]}\n"
    )
    packs = installed_packs(folder.parent)

    assert set(packs) == set(installed_packs())
    assert packs["contoh"].names_of_institution == ("Universiti Saya",)
    assert packs["uthm"].name == "uthm"


@pytest.mark.parametrize("name", ["clauses.yaml", "rules.yaml"])
def test_a_file_that_is_not_there_is_named(folder, name):
    (folder / name).unlink()

    with pytest.raises(BadPack, match=name):
        load_pack(folder, ENTRY)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: [", "Not valid YAML"),
        ("a: &x 1", "does not take anchors"),
        ("a: 1\na: 2", "stands twice"),
        ("[]", "contoh"),
        ("bases: 3", "contoh"),
        ("bases: [prior_study]\nrules: {no_such_rule: {}}", "no_such_rule"),
        ("bases: [prior_study]\nrules: {window: {message: {pass: {ms: a}}}}", "en"),
        ("bases: [prior_study]\nlimits: {overall_limit: {when: {no_such_column: x}}}", "no_such_column"),
        ("bases: [prior_study]\nlimits: {overall_limit: {when: {basis: no_such_basis}}}", "no_such_basis"),
        ("bases: [prior_study]\nlimits: {vertical_limit: {}}", "vertical_limit"),
        ("bases: [prior_study]\nlimits: {overall_limit: {clauses: [no_such_clause]}}", "no_such_clause"),
    ],
)
def test_rules_that_cannot_be_used_are_named(folder, content, message):
    (folder / "rules.yaml").write_text(content)

    with pytest.raises(BadPack, match=message):
        load_pack(folder, ENTRY)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("label:", "lable:", "label"),
        ("unit:", "units:", "unit"),
        ("values:", "value:", "values"),
        ("20", "2O", "Invalid isoformat"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(folder, old, new, message):
    path = next(p for p in sorted((folder / "parameters").glob("*.yaml")) if "unit: percent" in p.read_text())
    change(path, old, new)

    with pytest.raises(BadPack, match=message):
        load_pack(folder, ENTRY)


@pytest.mark.parametrize("registry", ["packs: [a]", "packs: {a: 3}", "[", "packs: {a: {}}"])
def test_a_registry_that_cannot_be_used_is_named(tmp_path, registry):
    (tmp_path / "registry.yaml").write_text(registry)

    with pytest.raises(BadPack, match=str(tmp_path)):
        installed_packs(tmp_path)
