"""The printed decision: always the same, always readable, never broken by what people type."""

import copy
import json
import os
import shutil
import subprocess
import sys
import time
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tauliah.evaluate import evaluate
from tauliah.files import typesetting
from tauliah.files.packs import installed_packs
from tauliah.files.pdf import decision_pdf
from tauliah.files.typst.decision import WORDS, Decision
from tauliah.values.vocabulary import VOCABULARY

MARKUP = r"#let x = 1 $a^2$ *b* _i_ @r <l> \ // c `k` = t - ~ ' \" [z] {y} & % https://x.y/z"

CASE: dict[str, Any] = {
    "kind": "transfer",
    "policy": "uthm",
    "applied_on": "2025-09-15",
    "student": {"status": "active", "standing": "good", "semester": 1, "week": 2},
    "programme": {
        "institution": "UTHM",
        "field": "Kejuruteraan awam",
        "level": "bachelor",
        "mode": "coursework",
        "graduating_credits": 120,
        "mqa_accredited": False,
    },
    "prior_studies": [
        {"id": "dip", "institution": "Politeknik Merlimau", "level": "diploma", "outcome": "completed"}
        | {"accredited": True}
    ],
    "granted": [{"credits": 6, "limits": ["vertical_limit", "overall_limit"]}],
}


def claim(code: str, grade: str | None = "B", title: str | None = None) -> dict[str, Any]:
    source = {"study": "dip", "code": "DAC10103", "credits": 3, "grade": grade, "transferred_before": False}
    return {
        "target": {"code": code, "title": title, "credits": 3},
        "basis": "prior_study",
        "graded": False,
        "content_overlap": 0.85,
        "sources": [source | {"completed_on": "2023-05-30"}],
    }


def case(*claims: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(CASE) | {"claims": list(claims)}


def printed(document: dict[str, Any], language: str = "ms") -> bytes:
    packs = installed_packs()
    return decision_pdf(document, evaluate(document, packs), packs["uthm"], language)


def view(document: dict[str, Any], language: str = "ms") -> dict[str, Any]:
    packs = installed_packs()
    return Decision(document, evaluate(document, packs), packs["uthm"], language).view()


@cache
def reader() -> str:
    return shutil.which("pdftotext") or pytest.skip("pdftotext (poppler-utils) is not installed")


def text_of(document: bytes) -> str:
    return subprocess.run(
        [reader(), "-", "-"], input=document, capture_output=True, check=True
    ).stdout.decode()


def test_is_an_archivable_and_accessible_file():
    document = printed(case(claim("BFC10103")))

    assert document.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in document
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in document
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document


def test_bears_the_day_of_application_and_the_language():
    document = printed(case(claim("BFC10103")), "en")

    assert b"(D:20250915000000Z)" in document
    assert b"/Lang(en)" in document


def test_same_result_gives_the_same_bytes_in_another_process():
    document = case(claim("BFC10103"), claim("BFC10203", grade=None), claim("中文"))
    script = (
        "import sys, json; from tauliah.evaluate import evaluate; from tauliah.files.pdf import decision_pdf;"
        "from tauliah.files.packs import installed_packs as p; d = json.loads(sys.argv[1]);"
        "sys.stdout.buffer.write(decision_pdf(d, evaluate(d, p()), p()['uthm'], 'ms'))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "12345", "TZ": "Asia/Kuala_Lumpur"}
    again = subprocess.run(
        [sys.executable, "-c", script, json.dumps(document)], capture_output=True, check=True, env=environment
    )

    assert again.stdout == printed(document)


def test_uses_no_font_of_the_machine():
    families = typesetting.fonts().families()

    assert families == [
        "DejaVu Sans Mono",
        "Libertinus Serif",
        "New Computer Modern",
        "New Computer Modern Math",
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "ms",
            [
                "Keputusan semakan pindah kredit",
                "Tidak layak",
                "Perlu bukti",
                "Halaman 1 daripada",
                "baki 27",
            ],
        ),
        (
            "en",
            [
                "Outcome of the credit transfer check",
                "Not eligible",
                "Needs evidence",
                "Page 1 of",
                "27 left",
            ],
        ),
    ],
)
def test_says_everything_in_words(language: str, expected: list[str]):
    document = case(claim("BFC10103", title="Statik"), claim("BFC10203", "C"), claim("BFC10303", None))

    text = text_of(printed(document, language))

    assert [words for words in expected if words not in text] == []


def test_tells_found_and_required_as_people_write_them():
    shown = {c["label"]: c for c in view(case(claim("BFC10103")))["claims"][0]["checks"]}

    expected = {
        "minimum_grade": ("B", "sekurang-kurangnya C+"),
        "content_overlap": ("85 %", "sekurang-kurangnya 80 %"),
        "currency": ("30 Mei 2023", "tidak lebih awal daripada 15 September 2020"),
        "not_transferred_before": ("tidak", "tidak"),
        "prior_outcome": ("tamat", "tamat"),
        "credit_value": ("3", "sekurang-kurangnya 3"),
    }
    for rule, (found, required) in expected.items():
        check = shown[VOCABULARY["rule"][rule].ms]
        assert (check["found"], check["required"]) == (found, required)


def test_lists_every_cited_clause_with_its_text():
    document = case(claim("BFC10103"), claim("BFC10203", "C"))
    packs = installed_packs()
    result = evaluate(document, packs)

    clauses = view(document)["clauses"]

    cited = {c for each in result["claims"] for check in each["checks"] for c in check["clauses"]}
    cited |= {c for limit in result["limits"] for c in limit["clauses"]}
    assert {clause["id"] for clause in clauses} == cited
    assert all(clause["text"] == packs["uthm"].clauses[clause["id"]].text.ms for clause in clauses)


def test_shows_how_far_each_limit_is_used():
    limit = view(case(claim("BFC10103")))["limits"][0]

    assert limit["used"] == "9 daripada 36 kredit digunakan"
    assert limit["parts"] == ["6 diberi sebelum ini", "3 diterima dalam permohonan ini", "baki 27"]
    assert (limit["granted-share"], limit["accepted-share"]) == (6 / 36, 3 / 36)


def test_markup_comes_out_literally():
    text = text_of(printed(case(claim("#$*_@<>\\", title=MARKUP))))

    assert "#$*_@<>\\" in text
    assert MARKUP in " ".join(text.replace("\xa0", " ").split())


def test_a_long_code_is_neither_cut_nor_changed():
    code = "ABC-" * 15

    text = text_of(printed(case(claim(code))))

    assert "".join(text.split()).count(code) >= 2


def test_forty_claims_with_long_codes_print_quickly():
    document = case(*(claim(f"{i:02d}{'W' * 58}", title="Tajuk yang panjang " * 12) for i in range(40)))
    packs = installed_packs()
    result = evaluate(document, packs)

    started = time.perf_counter()
    printed_document = decision_pdf(document, result, packs["uthm"], "ms")

    assert time.perf_counter() - started < 5
    assert text_of(printed_document).count("Halaman ") > 10


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("中", "[U+4E2D]"),
        ("a\u202eb", "a[U+202E]b"),
        ("a\u0000b", "a[U+0000]b"),
        ("a\ue000b", "a[U+E000]b"),
        ("\U0001f600", "[U+1F600]"),
        ("Ḳ\u0953", "[U+0953]"),
        ("é ž Ω ж", "é ž Ω ж"),
    ],
)
def test_what_no_font_can_show_is_named(typed: str, expected: str):
    assert expected in text_of(printed(case(claim(typed))))


def test_very_many_strange_characters_are_not_tried_one_by_one():
    document = case(
        *(claim("".join(map(chr, range(0x4E00 + 200 * i, 0x4E00 + 200 * i + 200)))) for i in range(3))
    )

    started = time.perf_counter()
    printed(document)

    assert time.perf_counter() - started < 5


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=60), st.text(max_size=120))
@example(MARKUP, MARKUP)
@example("\u0600\u0953", "\u1e72\u0953")
def test_no_text_can_break_it(code: str, title: str):
    document = case(claim(code, title=title))
    document["programme"]["institution"] = document["prior_studies"][0]["institution"] = code

    assert printed(document).startswith(b"%PDF-1.7")


def test_every_word_is_there_in_both_languages():
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))

    assert [name for name, word in words.items() if not (word["ms"] and word["en"])] == []
