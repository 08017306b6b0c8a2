"""The command line as people use it: reports in their language, packs, schemas, and quiet endings."""

import json
import sys

import pytest
from typer.testing import CliRunner

from tauliah.cli import answers, program
from tauliah.cli import evaluate as evaluate_module
from tauliah.files.packs import INSTALLED, installed_packs

CASES = INSTALLED / "uthm" / "cases"
PACKS = installed_packs()


def run(*arguments: object, **env: str):
    return CliRunner().invoke(program.program, [str(a) for a in arguments], env={"COLUMNS": "200", **env})


def shown(case: str, language: str) -> str:
    result = run("evaluate", "--lang", language, CASES / f"{case}.yaml")

    assert result.exit_code == 0
    return result.output


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "ms",
            [
                "Dasar uthm, versi 2020-01-01",
                "3 kredit diterima; 3 mungkin diterima jika semua bukti lengkap.",
                "BFC10403  Layak      pindah kredit tanpa gred       3",
                "Had pindah kredit menegak: 3 daripada 36 kredit digunakan; baki 33.",
                "Makluman",
            ],
        ),
        (
            "en",
            [
                "Policy uthm, version 2020-01-01",
                "3 credits accepted; 3 possible if all evidence turns out well.",
                "BFC10403  Eligible  credit without grade        3",
                "Vertical transfer limit: 3 of 36 credits used; 33 left.",
                "Notices",
            ],
        ),
    ],
)
def test_a_decision_is_reported_in_the_persons_language(language, lines):
    report = shown("vertical-diploma-all-conditions-met", language)

    assert [line for line in lines if line not in report] == []


def test_what_fails_and_what_is_open_stand_with_their_clauses():
    report = shown("three-conditions-fail-and-one-is-open", "en")

    assert "✗ Minimum grade: Grade C-; at least C+ is needed. [5(a)(i), 5(a)]" in report
    assert "? " in report


def test_bands_conditions_and_next_steps_are_reported():
    bands = shown("band-below-b-takes-b-minus-not-b", "en")
    steps = shown("second-bachelor-from-elsewhere-carries-residency", "en")

    assert "Vertical transfer limit: the part up to 36 credits: 36/36" in bands
    assert "What to do next" in bands
    assert "Conditions" in steps


def test_an_invalid_case_is_reported_with_its_field():
    result = run("evaluate", "--lang", "en", CASES / "invalid-negative-credits.yaml")

    assert "This case is not valid:" in result.output
    assert "claims[0].target.credits: Must not be negative." in result.output
    assert result.exit_code == 2


def test_other_kinds_are_reported_too():
    result = run("evaluate", "--lang", "en", INSTALLED / "utm" / "cases")

    assert result.exit_code in (0, 2)
    assert "Traceback" not in result.output


def test_no_colour_reaches_a_file():
    assert "\x1b[" not in shown("vertical-diploma-all-conditions-met", "ms")


@pytest.mark.parametrize(
    ("locale", "heading"),
    [
        ({"LC_ALL": "en_GB.UTF-8"}, "Policy uthm"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "en_US.UTF-8"}, "Policy uthm"),
        ({"LC_ALL": "ms_MY.UTF-8", "LANG": "en_US.UTF-8"}, "Dasar uthm"),
        ({"LC_ALL": "C"}, "Dasar uthm"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, "Dasar uthm"),
    ],
)
def test_the_locale_decides_the_language_where_nothing_else_does(locale, heading):
    result = run("evaluate", CASES / "vertical-diploma-all-conditions-met.yaml", **locale)

    assert heading in result.output


@pytest.mark.parametrize(("language", "heading"), [("ms", "Garis panduan"), ("en", "Guideline")])
def test_the_packs_are_listed(language, heading):
    result = run("policies", "--lang", language)

    assert result.exit_code == 0
    assert heading in result.output
    assert all(name in result.output for name in PACKS)


def test_the_packs_are_listed_as_json():
    listed = {entry["name"]: entry for entry in json.loads(run("policies", "--json").output)}

    assert set(listed) == set(PACKS)
    assert listed["mqa"]["versions"] == ["2010-12-28", "2016-05-23"]
    assert listed["uthm"]["clauses"] == len(PACKS["uthm"].clauses)
    assert listed["uthm"]["rules"] == len(PACKS["uthm"].rules)


def test_a_schema_names_what_is_required():
    schema = json.loads(run("schema", "transfer").output)

    assert {"kind", "policy", "applied_on", "programme", "claims"} <= set(schema["required"])


def test_without_a_kind_the_schema_takes_any():
    schema = json.loads(run("schema").output)

    assert len(schema["oneOf"]) == 10


def test_a_kind_that_is_none_gets_a_hint():
    result = run("schema", "transfr", "--lang", "en")

    assert "Did you mean transfer?" in result.output
    assert result.exit_code == 2


@pytest.mark.parametrize("command", ["evaluate", "check", "policies"])
def test_a_folder_of_packs_that_cannot_be_used_ends_the_command(tmp_path, command):
    arguments = [] if command == "policies" else [CASES]
    result = run(command, "--packs", tmp_path, *arguments)

    assert "registry.yaml" in result.output
    assert result.exit_code == 2


def test_many_files_show_their_progress_on_a_terminal_only(monkeypatch):
    seen = []

    def tracked(answers, **how):
        seen.append((how["total"], how["disable"]))
        return answers

    monkeypatch.setattr(evaluate_module, "track", tracked)
    run("evaluate", CASES)
    run("evaluate", "--json", CASES)

    assert seen == [(len(list(CASES.iterdir())), True)] * 2


def test_a_fault_of_ours_is_told_and_stops_nothing(monkeypatch):
    def broken(document, packs):
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(answers, "evaluate", broken)
    result = run(
        "evaluate",
        "--json",
        "--lang",
        "en",
        CASES / "overlap-79-percent.yaml",
        CASES / "overlap-79-percent.yaml",
    )
    errors = [json.loads(line)["error"] for line in result.output.splitlines()]

    assert [error["where"] for error in errors] == ["", ""]
    assert errors[0]["message"].startswith("An internal error; please report this case")
    assert result.exit_code == 2


@pytest.mark.parametrize(("ending", "code"), [(BrokenPipeError(), 0), (KeyboardInterrupt(), 130)])
def test_a_reader_that_goes_away_and_a_ctrl_c_end_quietly(monkeypatch, ending, code):
    class Closing:
        closed = False

        def close(self):
            self.closed = True

    def interrupted():
        raise ending

    stream = Closing()
    monkeypatch.setattr(program, "program", interrupted)
    monkeypatch.setattr(sys, "stderr", stream)
    with pytest.raises(SystemExit) as end:
        program.main()

    assert end.value.code == code
    assert stream.closed == (code == 0)


def test_a_file_named_twice_is_answered_twice_and_an_empty_folder_is_told(tmp_path):
    case = CASES / "overlap-79-percent.yaml"
    result = run("evaluate", "--json", "--lang", "en", case, case, tmp_path)
    lines = [json.loads(line) for line in result.output.splitlines()]

    assert [line["case"] for line in lines] == [str(case), str(case), str(tmp_path)]
    assert lines[-1]["error"]["message"] == "There are no case files here."
