"""Every case of every pack, and the published cases beside the checkout, answers as it expects."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tauliah.cli.program import program
from tauliah.evaluate import evaluate
from tauliah.expect import differences, error_difference
from tauliah.files.cases import case_files, read_case
from tauliah.files.packs import INSTALLED, installed_packs
from tauliah.values.case import InvalidCase

PACKS = installed_packs()
OWN = {name: INSTALLED / name / "cases" for name in PACKS}
SHARED = Path(__file__).parents[2] / "shared" / "cases"
PUBLISHED = {folder.name: folder for folder in sorted(SHARED.glob("*")) if folder.name in PACKS}


def listed(folders: dict[str, Path]) -> list:
    return [
        pytest.param(path, id=f"{pack}/{path.stem}")
        for pack, folder in folders.items()
        for path in case_files([folder])
        if path.is_file()
    ]


def differences_in(path: Path) -> list[str]:
    document = read_case(path)
    expected = document["expect"]
    try:
        result = evaluate(document, PACKS)
    except InvalidCase as error:
        return error_difference(expected, error.where)
    if "error" in expected:
        return [f"expected an error at {expected['error']}, the case is valid"]
    return differences(expected, result)


@pytest.mark.parametrize("path", listed(OWN))
def test_a_pack_answers_as_its_case_expects(path):
    assert differences_in(path) == []


@pytest.mark.skipif(
    not PUBLISHED,
    reason="the published cases (../shared/cases) are not beside this checkout",
)
@pytest.mark.parametrize("path", listed(PUBLISHED))
def test_a_published_case_is_answered_as_it_expects(path):
    assert differences_in(path) == []


@pytest.mark.parametrize("pack", OWN)
def test_every_case_of_a_pack_is_for_that_pack_and_says_why(pack):
    cases = list(case_files([OWN[pack]]))

    assert cases
    for path in cases:
        assert read_case(path)["policy"] == pack, path
        assert path.read_text(encoding="utf-8").startswith("# "), path


def run(*arguments: object):
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


@pytest.mark.parametrize("pack", OWN)
def test_check_passes_all_cases_of_a_pack(pack):
    count = len(list(case_files([OWN[pack]])))
    answer = run("check", OWN[pack])

    assert answer.output == f"{count} passed, 0 failed\n"
    assert answer.exit_code == 0


CASE = INSTALLED / "uthm" / "cases" / "vertical-diploma-all-conditions-met.yaml"


def test_check_tells_each_difference_and_exits_with_1(tmp_path):
    changed = CASE.read_text(encoding="utf-8").replace("outcome: eligible", "outcome: ineligible")
    (tmp_path / "changed.yaml").write_text(changed.replace("credits_accepted: 3", "credits_accepted: 4"))
    (tmp_path / "same.yaml").write_text(CASE.read_text(encoding="utf-8"))
    answer = run("check", tmp_path)

    assert answer.output.splitlines() == [
        f"{tmp_path}/changed.yaml: claims.BFC10403.outcome: expected ineligible, found eligible",
        f"{tmp_path}/changed.yaml: credits_accepted: expected 4, found 3",
        "1 passed, 1 failed",
    ]
    assert answer.exit_code == 1


def test_check_exits_with_2_for_a_file_it_cannot_read(tmp_path):
    (tmp_path / "broken.yaml").write_text("kind: [transfer\n")
    (tmp_path / "same.yaml").write_text(CASE.read_text(encoding="utf-8"))
    answer = run("check", "--lang", "en", tmp_path)

    assert answer.output.splitlines()[0].startswith(f"{tmp_path}/broken.yaml: Not valid YAML at line")
    assert answer.output.splitlines()[-1] == "1 passed, 0 failed"
    assert answer.exit_code == 2


def test_check_looks_only_at_cases_that_say_what_they_expect(tmp_path):
    (tmp_path / "silent.yaml").write_text(CASE.read_text(encoding="utf-8").partition("expect:")[0])
    answer = run("check", tmp_path)

    assert answer.output == "0 passed, 0 failed\n"
    assert answer.exit_code == 0


def test_check_compares_where_a_case_is_invalid(tmp_path):
    text = CASE.read_text(encoding="utf-8").partition("expect:")[0].replace("credits: 3}", "credits: -3}")
    (tmp_path / "as-expected.yaml").write_text(text + 'expect:\n  error: "claims[0].target.credits"\n')
    (tmp_path / "elsewhere.yaml").write_text(text + 'expect:\n  error: "claims[0].basis"\n')
    (tmp_path / "not-expected.yaml").write_text(text + "expect:\n  credits_accepted: 3\n")
    valid = text.replace("credits: -3}", "credits: 3}")
    (tmp_path / "valid.yaml").write_text(valid + 'expect:\n  error: "claims[0].basis"\n')
    answer = run("check", tmp_path)

    assert answer.output.splitlines() == [
        f"{tmp_path}/elsewhere.yaml: error: expected at claims[0].basis, found at claims[0].target.credits",
        f"{tmp_path}/not-expected.yaml: error: expected none, found one at claims[0].target.credits",
        f"{tmp_path}/valid.yaml: error: expected at claims[0].basis, the case is valid",
        "1 passed, 3 failed",
    ]
    assert answer.exit_code == 1
