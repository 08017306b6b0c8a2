"""Bad input never breaks anything: no traceback, no hang, no code run; the error names the field."""

import copy
import json
import os
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tauliah.strategies import any_case
from typer.testing import CliRunner

from tauliah.cli.program import program
from tauliah.evaluate import evaluate
from tauliah.files.cases import read_case_text, write_case_yaml
from tauliah.files.document import LARGEST_BYTES, UnreadableDocument
from tauliah.files.packs import INSTALLED, installed_packs
from tauliah.values.case import InvalidCase

PACKS = installed_packs()
CASE = INSTALLED / "uthm" / "cases" / "vertical-diploma-all-conditions-met.yaml"
TEXT = CASE.read_text(encoding="utf-8")
SECONDS = 10
"""Far above what any answer takes; only what hangs takes longer."""


def answer(*arguments: object, given_text: bytes | None = None) -> tuple[int, list[dict[str, Any]]]:
    """The exit code and JSON lines of `tauliah evaluate`, which must not raise."""
    begin = time.perf_counter()
    result = CliRunner().invoke(
        program, ["evaluate", "--json", "--lang", "en", *map(str, arguments)], input=given_text
    )
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception

    assert time.perf_counter() - begin < SECONDS
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def error_of(path: Path) -> dict[str, Any]:
    code, (line,) = answer(path)

    assert code == 2
    assert line["case"] == str(path)
    return line["error"]


def where_of(document: Any) -> str | None:
    """Where the first problem is; nothing for a valid case."""
    try:
        evaluate(document, PACKS)
    except InvalidCase as error:
        for problem in error.problems:
            assert problem.message.ms
            assert problem.message.en
        return error.where
    return None


# ---- every place of a case, every wrong type


def places(value: Any, at: tuple[str | int, ...] = ()):
    """Every place in a document, from the outside in."""
    yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from places(part, (*at, key))


def replaced(document: Any, at: tuple[str | int, ...], value: Any) -> Any:
    if not at:
        return value
    document = copy.deepcopy(document)
    part = document
    for step in at[:-1]:
        part = part[step]
    part[at[-1]] = value
    return document


WHOLE = read_case_text(TEXT.partition("expect:")[0]) | {
    "granted": [{"credits": 6, "limits": ["vertical_limit"]}]
}
WRONG: list[Any] = [
    *(0, -1, 1, 1.5, True, False, "", "x", "B", [], {}, [1], {"a": 1}, [[]], [{}], None),
    *(float("nan"), float("inf"), 10**40, Decimal("1E+999999"), Decimal("1E-999999"), Decimal("NaN")),
    *("\x00", "😀" * 400, "2025-13-01", b"bytes", {1: 2}, {None: None}, object(), (1, 2), {3}),
]


@pytest.mark.parametrize("at", list(places(WHOLE)), ids=lambda at: ".".join(map(str, at)) or "case")
def test_a_wrong_value_anywhere_is_refused_there_or_taken(at):
    for value in WRONG:
        where = where_of(replaced(WHOLE, at, value))
        top = str(at[0]) if at else ""

        assert where is None or where.startswith((top, "claims", "kind"))


@given(any_case(), st.data())
def test_a_random_value_anywhere_never_breaks_the_evaluation(document, data):
    at = data.draw(st.sampled_from(list(places(document))))
    leaf = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.decimals()
    value = data.draw(
        st.recursive(leaf, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
    )
    changed = replaced(document, at, value)

    assert where_of(changed) is None or isinstance(where_of(changed), str)


# ---- the contract's own examples of invalid cases


def with_(at: str, value: Any) -> dict[str, Any]:
    return replaced(WHOLE, tuple(int(s) if s.isdigit() else s for s in at.split(".")), value)


def without(at: str) -> dict[str, Any]:
    *steps, last = (int(s) if s.isdigit() else s for s in at.split("."))
    document = copy.deepcopy(WHOLE)
    part: Any = document
    for step in steps:
        part = part[step]
    del part[last]
    return document


@pytest.mark.parametrize(
    ("document", "where"),
    [
        (without("kind"), "kind"),
        (without("policy"), "policy"),
        (without("applied_on"), "applied_on"),
        (without("programme.institution"), "programme.institution"),
        (without("programme.level"), "programme.level"),
        (without("programme.graduating_credits"), "programme.graduating_credits"),
        (without("claims.0.target.code"), "claims[0].target.code"),
        (without("claims.0.target.credits"), "claims[0].target.credits"),
        (without("claims.0.basis"), "claims[0].basis"),
        (without("claims.0.sources"), "claims[0].sources"),
        (with_("claims.0.sources", []), "claims[0].sources"),
        (with_("claims.0.basis", "gift"), "claims[0].basis"),
        (with_("programme.level", "undergraduate"), "programme.level"),
        (with_("claims.0.sources.0.grade", "A*"), "claims[0].sources[0].grade"),
        (with_("applied_on", "2025-02-30"), "applied_on"),
        (with_("claims.0.target.credits", -3), "claims[0].target.credits"),
        (with_("claims.0.sources.0.credits", -3), "claims[0].sources[0].credits"),
        (with_("granted.0.credits", -3), "granted[0].credits"),
        (with_("claims.0.content_overlap", 1.2), "claims[0].content_overlap"),
        (with_("claims.0.sources.0.completed_on", "2025-09-16"), "claims[0].sources[0].completed_on"),
        (with_("claims.0.sources.0.study", "other"), "claims[0].sources[0].study"),
        (with_("claims.0.basis", "mooc") | {"policy": "mqa"}, "claims[0].basis"),
    ],
)
def test_an_invalid_case_of_the_contract_is_refused_where_it_says(document, where):
    assert where_of(document) == where


@pytest.mark.parametrize("key", ["prior_studies", "granted", "student"])
def test_what_may_be_absent_may_be_absent(key):
    claim = WHOLE["claims"][0] | {"basis": "apel_c", "sources": [{"credits": 3, "clo_percent": {"CLO1": 60}}]}
    document = {k: v for k, v in (WHOLE | {"claims": [claim]}).items() if k != key}

    assert where_of(document) is None


# ---- files that are no case


def written(folder: Path, content: str | bytes, name: str = "case.yaml") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "A case must be a group of fields."),
        (b"\xef\xbb\xbf", "A case must be a group of fields."),
        (b"# nothing\n", "A case must be a group of fields."),
        (b"- a\n- b\n", "A case must be a group of fields."),
        (b"just text", "A case must be a group of fields."),
        (b"\xff\xfe\x00k", "This is not UTF-8 text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This is not UTF-8 text"),
        (b"kind: transfer\x00", "Not valid YAML"),
        (b"kind: [transfer", "Not valid YAML"),
        (b"kind: transfer\n\tpolicy: uthm", "Not valid YAML"),
        (b"%YAML 9.9\n---\nkind: transfer", "Not valid YAML"),
        (b"kind: 'transfer", "Not valid YAML"),
        (b"kind: transfer\n---\nkind: transfer\n", "A file holds one document only."),
        (b"kind: *other\n", "does not take anchors and aliases"),
        (b"kind: &a transfer\npolicy: *a\n", "does not take anchors and aliases"),
        (b"a: &a {x: 1}\nb:\n  <<: *a\n", "does not take anchors and aliases"),
        (b"kind: !!python/object/apply:os.system ['echo run > ran']\n", "does not take tags"),
        (b"kind: !!python/name:os.system\n", "does not take tags"),
        (b"kind: !!str transfer\n", "does not take tags"),
        (b"!transfer {kind: transfer}\n", "does not take tags"),
        (b"kind: transfer\nkind: fees\n", "The key “kind” stands twice."),
        (b"? [a, b]\n: c\n", "does not take keys that are not text"),
        (b"? {a: b}\n: c\n", "does not take keys that are not text"),
        (b"a: " + b"[" * 40 + b"]" * 40, "Nested too deeply; at most 32 levels."),
        (b"[" * 400_000, "Nested too deeply; at most 32 levels."),
        (b"{a: " * 200_000, "Nested too deeply; at most 32 levels."),
        (b"- " * 400_000, "Nested too deeply; at most 32 levels."),
        (b"? " * 400_000, "does not take keys that are not text"),
        (b"x" * (LARGEST_BYTES + 1), "The file is too large; 1000 kB at most."),
        (b"x" * 10_000_000, "The file is too large; 1000 kB at most."),
        (b"kind: " + b"9" * 900_000, "is not known; choose one of"),
        (b"kind: " + b"x" * 900_000, "is not known; choose one of"),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else "",
)
def test_a_yaml_file_that_is_no_case_is_refused_in_words(tmp_path, monkeypatch, content, message):
    monkeypatch.chdir(tmp_path)

    assert message in error_of(written(tmp_path, content))["message"]
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Not valid JSON at line:column 1:1"),
        (b"{", "Not valid JSON"),
        (b'{"kind": "transfer",}', "Not valid JSON"),
        (b'{"kind": "transfer" /* comment */}', "Not valid JSON"),
        (b"{'kind': 'transfer'}", "Not valid JSON"),
        (b'{"kind": "transfer", "kind": "fees"}', "stands twice"),
        (b'{"kind": NaN}', "is not known; choose one of"),
        (b'{"kind": ' + b"9" * 900_000 + b"}", "is not known; choose one of"),
        (b"[" * 400_000, "Nested too deeply"),
        (b"[" * 100 + b"]" * 100, "Nested too deeply"),
        (b'{"kind": "\\ud800"}', "half a character"),
        (b'{"\\ud800": 1}', "half a character"),
        (b'{"\\ud800": 1, "\\ud800": 1}', "stands twice"),
        (b"\xff\xfe{", "This is not UTF-8 text"),
        (json.dumps({f"k{i}": 1 for i in range(60_000)})[:-1].encode() + b', "k59999": 1}', "stands twice"),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else "",
)
def test_a_json_file_that_is_no_case_is_refused_in_words(tmp_path, content, message):
    assert message in error_of(written(tmp_path, content, "case.json"))["message"]


def test_the_place_of_what_is_not_plain_is_told(tmp_path):
    changed = TEXT.replace("code: BFC10403", "code: &a BFC10403", 1)

    assert error_of(written(tmp_path, changed))["where"] == "claims[0].target.code"


def test_the_place_of_a_key_that_stands_twice_is_told(tmp_path):
    changed = TEXT.replace("  level: bachelor\n", "  level: bachelor\n  level: diploma\n", 1)

    assert error_of(written(tmp_path, changed))["where"] == "programme.level"


@pytest.mark.parametrize(
    "number", ["1e9999999999999999999999", "9" * 5000, "-1e400", ".inf", ".nan", "0x1F", "3_0", "1:30"]
)
def test_a_strange_number_is_refused_at_its_field(tmp_path, number):
    changed = TEXT.replace("graduating_credits: 120", f"graduating_credits: {number}")
    error = error_of(written(tmp_path, changed))

    assert error["where"] == "programme.graduating_credits"


@pytest.mark.parametrize("number", ["1.2e2", "+120", "120.", "0120", "120.0000", "12e1"])
def test_a_number_may_be_written_in_any_way_of_yaml(tmp_path, number):
    changed = TEXT.replace("graduating_credits: 120", f"graduating_credits: {number}")
    code, (line,) = answer(written(tmp_path, changed))

    assert code == 0
    assert line["result"]["limits"][0]["limit_credits"] == 36


def test_words_keep_the_meaning_of_yaml_1_2():
    plain = "[no, on, NO, y, 2025-09-15, 12:30, 0o14, ~, True, .5, 1e2]"

    assert read_case_text(plain) == [
        *("no", "on", "NO", "y", "2025-09-15", "12:30", "0o14"),
        *(None, True, Decimal("0.5"), Decimal(100)),
    ]


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path):
    code, _ = answer(written(tmp_path, b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()))

    assert code == 0


def test_unusual_characters_are_kept(tmp_path):
    changed = TEXT.replace("BFC10403", '"数学 😀 {x} %s [bold]"')
    code, (line,) = answer(written(tmp_path, changed))

    assert code == 0
    assert line["result"]["claims"][0]["target"] == "数学 😀 {x} %s [bold]"


# ---- much of everything


def many(claims: int, sources: int = 1, **source: Any) -> dict[str, Any]:
    claim = WHOLE["claims"][0]
    listed = [claim["sources"][0] | {"code": f"S{j}"} | source for j in range(sources)]
    return WHOLE | {
        "claims": [
            claim | {"target": {"code": f"T{i}", "credits": 3}, "sources": listed} for i in range(claims)
        ]
    }


def test_two_hundred_claims_are_answered_and_thousands_refused(tmp_path):
    code, (line,) = answer(written(tmp_path, write_case_yaml(many(200))))

    assert (code, line["result"]["credits_accepted"]) == (0, 30)
    assert where_of(many(5000)) == "claims"


def test_ten_thousand_sources_are_answered():
    begin = time.perf_counter()

    assert where_of(many(200, 50)) is None
    assert time.perf_counter() - begin < SECONDS


def test_thousands_of_wrong_words_are_told():
    begin = time.perf_counter()

    assert where_of(many(200, 50, grade="Z", level="Z")) == "claims[0].sources[0].level"
    assert time.perf_counter() - begin < SECONDS


def test_thousands_of_unknown_keys_are_told():
    begin = time.perf_counter()

    assert where_of(WHOLE | {f"k{i}": 1 for i in range(50_000)}) is None
    assert time.perf_counter() - begin < SECONDS


def test_many_claims_for_the_same_targets_are_answered():
    document = many(60)
    for i, claim in enumerate(document["claims"]):
        claim["target"] = {"code": f"T{i // 2}", "credits": 3}
        claim["sources"] = [claim["sources"][0] | {"grade": "B" if i % 2 else "C+"}]
    document["programme"] = document["programme"] | {"mqa_accredited": True}
    begin = time.perf_counter()

    assert where_of(document) is None
    assert time.perf_counter() - begin < SECONDS


def test_two_hundred_claims_of_the_strangest_credits_are_answered():
    """Ten-thousandths of a credit, in bands and beside open learning: more totals than can be kept."""
    document = many(200)
    for i, claim in enumerate(document["claims"]):
        claim["target"] = {"code": f"T{i}", "credits": Decimal(10_000 + 7919 * i % 50_000) / 10_000}
        claim["sources"] = [
            claim["sources"][0] | {"credits": 6, "grade": "B" if i % 2 else "C+", "accredited": True}
        ]
        if i % 5 == 0:
            claim |= {"basis": "mooc", "approved_beforehand": True}
            claim["sources"][0].pop("study")
    document["programme"] = document["programme"] | {"mqa_accredited": True}
    begin = time.perf_counter()
    result = evaluate(document, PACKS)

    assert time.perf_counter() - begin < SECONDS
    assert 60 < result["credits_accepted"] <= 72


# ---- what is written is read back


PLAIN = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.decimals(-(10**15), 10**15, places=9)
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [
        "08",
        "1e5",
        "1E3",
        ".5",
        "null",
        "~",
        "on",
        "True",
        "2025-09-15",
        "0x1F",
        "<<",
        "=",
        "é\x85x",
        "\u2028",
        "\ufeffx",
        "-",
        "",
    ]
)


@given(
    st.dictionaries(
        TEXTS,
        st.recursive(
            PLAIN | TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=8
        ),
    )
)
def test_a_document_that_is_written_is_read_back_the_same(document):
    assert read_case_text(write_case_yaml(document)) == document


def refusal_of(data: bytes) -> str | None:
    """Why a document is refused; nothing where it is not."""
    try:
        read_case_text(data)
    except UnreadableDocument as error:
        return error.message.ms and error.message.en
    return None


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_a_document_or_refused(data):
    assert refusal_of(data) != ""


@given(st.data())
def test_a_case_with_damaged_bytes_is_answered_or_refused(data):
    damaged = bytearray(TEXT.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))

    assert refusal_of(bytes(damaged)) != ""
    if refusal_of(bytes(damaged)) is None:
        where_of(read_case_text(bytes(damaged)))


# ---- the command line


def test_a_thousand_cases_with_three_bad_ones(tmp_path):
    for i in range(1000):
        written(tmp_path, TEXT.replace("BFC10403", f"BFC{i:05}"), f"{i:04}.yaml")
    written(tmp_path, "kind: [", "0100.yaml")
    written(tmp_path, TEXT.replace("credits: 3}", "credits: -3}", 1), "0500.yaml")
    written(tmp_path, b"\xff", "0900.yaml")
    result = CliRunner().invoke(program, ["evaluate", "--json", str(tmp_path)])
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    errors = {Path(line["case"]).name: line["error"]["where"] for line in lines if "error" in line}

    assert result.exit_code == 2
    assert [Path(line["case"]).name for line in lines] == [f"{i:04}.yaml" for i in range(1000)]
    assert errors == {"0100.yaml": "", "0500.yaml": "claims[0].target.credits", "0900.yaml": ""}
    assert sum("result" in line for line in lines) == 997


def test_every_problem_of_a_case_is_told(tmp_path):
    changed = TEXT.replace("credits: 3}", "credits: -3}", 1).replace("level: bachelor", "level: bachelors")
    error = error_of(written(tmp_path, changed))

    assert [problem["where"] for problem in error["problems"]] == [
        "programme.level",
        "claims[0].target.credits",
    ]
    assert error["where"] == "programme.level"


@pytest.mark.parametrize("name", ["missing.yaml", "empty"])
def test_what_is_not_there_is_told(tmp_path, name):
    (tmp_path / "empty").mkdir()

    assert "There" in error_of(tmp_path / name)["message"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_a_file_without_permission_is_told(tmp_path):
    path = written(tmp_path, TEXT)
    path.chmod(0)

    assert error_of(path)["message"] == "There is no permission to read this file."


def test_a_device_is_read_no_further_than_a_case_is_large():
    assert error_of(Path("/dev/zero"))["message"] == "The file is too large; 1000 kB at most."


def test_a_case_may_come_by_standard_input():
    as_json = json.dumps(WHOLE, default=str).replace('"0.85"', "0.85").replace("DAC10103", "😀").encode()
    for given_text in (TEXT.encode(), as_json, json.dumps({"kind": "😀"}).encode()):
        code, (line,) = answer("-", given_text=given_text)

        assert line["case"] == "-"
        assert (code == 0) == ("result" in line)
        assert "error" not in line or line["error"]["where"] == "kind"


def test_standard_input_is_read_no_further_than_a_case_is_large():
    code, (line,) = answer("-", given_text=b"x" * 3_000_000)

    assert code == 2
    assert line["error"]["message"] == "The file is too large; 1000 kB at most."


@pytest.mark.parametrize(
    "arguments", [["evaluate"], ["evaluate", "--lang", "fr", "x"], ["nothing"], ["schema", "transfr"]]
)
def test_a_wrong_command_line_exits_with_2(arguments):
    result = CliRunner().invoke(program, arguments)

    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)


def test_the_program_itself_prints_no_traceback(tmp_path):
    written(tmp_path, b'{"kind": "\\ud800"}', "a.json")
    written(tmp_path, "kind: 1e9999999999999999999999", "b.yaml")
    written(tmp_path, TEXT.replace("BFC10403", "é [bold]"), "c.yaml")
    (tmp_path / os.fsdecode(b"d\xff.yaml")).write_text("kind: transfer")
    for arguments in (["evaluate"], ["evaluate", "--json"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-c", "from tauliah.cli import main; main()", *arguments, str(tmp_path)],
            capture_output=True,
            timeout=60,
            check=False,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": os.pathsep.join(sys.path),
                "PYTHONIOENCODING": "ascii",
            },
        )

        assert done.returncode == 2
        assert b"Traceback" not in done.stderr + done.stdout
