"""The audit at the command line: clean packs, plain words, figures, exit codes."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from tauliah.cli.program import program
from tauliah.files.packs import INSTALLED, installed_packs

PACKS = sorted(installed_packs())


def run(*arguments: str):
    return CliRunner().invoke(program, ["audit", *map(str, arguments)])


@pytest.mark.parametrize("name", PACKS)
def test_nothing_is_missing_from_an_installed_pack(name):
    answer = run(name, "--json")

    assert json.loads(answer.output)[0]["findings"] == []
    assert answer.exit_code == 0


def test_without_names_every_pack_is_told_of():
    answer = run("--lang", "en")

    told = [line for line in answer.output.splitlines() if not line.startswith(" ")]
    assert sorted(told) == PACKS


def copied(folder, name="contoh"):
    """A folder of one's own with a copy of an installed pack."""
    shutil.copytree(INSTALLED / name, folder / name)
    (folder / "registry.yaml").write_text(
        f"packs:\n  {name}:\n    names_of_institution: [Universiti Contoh]\n"
    )
    return folder / name


def test_what_is_missing_is_told_in_both_languages(tmp_path):
    pack = copied(tmp_path)
    (pack / "cases" / "minimum-grade-from-2024.yaml").unlink()

    english, malay = (
        run("contoh", "--packs", tmp_path, "--lang", "en"),
        run("contoh", "--packs", tmp_path, "--lang", "ms"),
    )

    assert "add a case with `applied_on: 2024-01-01`." in english.output
    assert "tambah kes dengan `applied_on: 2024-01-01`." in malay.output
    assert (english.exit_code, malay.exit_code) == (1, 1)


def test_what_would_keep_a_pack_from_being_used_is_told_as_a_finding(tmp_path):
    rules = copied(tmp_path) / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(
        text.replace('clauses: ["4.1"]', 'clauses: ["4.1x"]').replace("from_own: false", "own: false")
    )

    answer = run("contoh", "--packs", tmp_path, "--lang", "en")

    assert "rules.minimum_grade: There is no clause 4.1x in clauses.yaml." in answer.output
    assert "conditions.residency: There is no column called “own”." in answer.output
    assert answer.exit_code == 1


def test_a_name_that_is_no_pack_ends_with_2():
    answer = run("tiada", "--lang", "en")

    assert answer.exit_code == 2
    assert "uthm" in answer.output


def test_the_figures_add_up():
    for entry in json.loads(run("--json").output):
        pack = installed_packs()[entry["pack"]]
        assert entry["clauses"] == len(pack.clauses)
        assert entry["realised"] == sum(bool(clause.realised_by) for clause in pack.clauses.values())
        for way, figures in entry["by_way"].items():
            assert figures["clauses"] == sum(way in c.realised_as for c in pack.clauses.values())
            assert 0 <= figures["realised"] <= figures["clauses"]
