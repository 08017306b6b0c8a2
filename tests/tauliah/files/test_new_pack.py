"""A new pack loads at once, answers its case, and its audit tells what is missing; nothing is overwritten."""

import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tauliah.cli.program import program
from tauliah.files.audit import audit_of, trials_of
from tauliah.files.document import read_file
from tauliah.files.new_pack import NoNewPack, new_pack
from tauliah.files.packs import INSTALLED, installed_packs, proposed_pack, proposed_packs
from tauliah.values.text import Text

TITLE = Text('Garis Panduan "Baharu": $satu', "New 'Guideline' # two")


def made(folder: Path, name: str = "baharu") -> list[Path]:
    return new_pack(name, TITLE, "Universiti Baharu", date(2025, 7, 1), folder)


def test_a_new_pack_loads_and_answers_its_case(tmp_path):
    made(tmp_path)

    pack = installed_packs(tmp_path)["baharu"]
    trials = list(trials_of(pack, tmp_path / "baharu"))

    assert (pack.title, pack.institution.en) == (TITLE, "Universiti Baharu")
    assert pack.versions == (date(2025, 7, 1),)
    assert [trial.result["claims"][0]["outcome"] for trial in trials] == ["eligible"]


def test_every_file_is_commented_in_both_languages(tmp_path):
    for path in made(tmp_path):
        comments = re.findall(r"# (.+)", path.read_text(encoding="utf-8"))
        assert any(re.search(r"\b(dan|ini|yang|demi|mesti)\b", line) for line in comments), path
        assert any(re.search(r"\b(the|what|which)\b", line, re.IGNORECASE) for line in comments), path


def test_the_audit_of_a_new_pack_tells_what_is_missing(tmp_path):
    made(tmp_path)

    found = audit_of(installed_packs(tmp_path)["baharu"], tmp_path / "baharu")

    told = {(finding.where, finding.message.en) for finding in found}
    assert ("rules.minimum_grade", "No case shows this rule not met (fail).") in told
    assert ("parameters.overall_limit", "No case fills the limit of 30/100 exactly.") in told
    assert any(
        where == "parameters.minimum_grade" and "last compared with the guideline" in words
        for where, words in told
    )
    assert not any(where.startswith("clauses") for where, _ in told)


def test_a_new_pack_is_a_draft(tmp_path):
    made(tmp_path)

    assert "baharu" not in installed_packs(tmp_path, drafts=False)
    assert proposed_packs(tmp_path) == {"baharu": tmp_path / "baharu"}
    assert proposed_pack(tmp_path / "baharu").draft


def test_a_second_pack_joins_the_registry(tmp_path):
    made(tmp_path)
    before = (tmp_path / "registry.yaml").read_text(encoding="utf-8")
    made(tmp_path, "kedua")

    after = (tmp_path / "registry.yaml").read_text(encoding="utf-8")

    assert after.startswith(before)
    assert list(read_file(tmp_path / "registry.yaml")["packs"]) == ["baharu", "kedua"]
    assert {"baharu", "kedua"} <= set(installed_packs(tmp_path))


@pytest.mark.parametrize("name", ["Baharu", "a", "1a", "a b", "../a", "", "a" * 41, "ñandu", "uthm\n"])
def test_a_name_that_is_none_is_refused(tmp_path, name):
    with pytest.raises(NoNewPack):
        made(tmp_path, name)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["uthm", "mqa", "contoh", "preview"])
def test_a_name_that_is_taken_is_refused(tmp_path, name):
    with pytest.raises(NoNewPack, match="already"):
        made(tmp_path, name)


def test_nothing_is_overwritten(tmp_path):
    kept = [(path, path.read_text(encoding="utf-8")) for path in made(tmp_path)]

    with pytest.raises(NoNewPack, match="nothing was written"):
        made(tmp_path)

    assert [(path, path.read_text(encoding="utf-8")) for path, _ in kept] == kept


def test_a_registry_with_other_keys_is_left_alone(tmp_path):
    (tmp_path / "registry.yaml").write_text("packs: {}\nother: 1\n")

    with pytest.raises(NoNewPack, match="other than"):
        made(tmp_path)

    assert (tmp_path / "registry.yaml").read_text() == "packs: {}\nother: 1\n"
    assert not (tmp_path / "baharu").exists()


def test_the_installed_folder_is_no_place_for_it():
    with pytest.raises(NoNewPack, match="outside the program"):
        made(INSTALLED)


def run(*arguments: str):
    return CliRunner().invoke(program, ["new-pack", *arguments])


def test_the_command_tells_what_it_wrote_and_what_comes_next(tmp_path):
    into = tmp_path / "sendiri"
    words = ("--title-ms", "A", "--title-en", "B", "--institution", "C", "--into", str(into), "--lang", "en")

    first, second = run("baharu", *words), run("baharu", *words)

    assert first.exit_code == 0
    assert first.output.splitlines()[0] == f"Written: {into}/registry.yaml"
    assert first.output.splitlines()[-1].endswith(f"tauliah audit baharu --packs {into}")
    assert second.exit_code == 2
    assert "nothing was written" in second.output
