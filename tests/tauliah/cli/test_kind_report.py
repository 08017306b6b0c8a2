"""Reports of every kind but transfer, in both languages."""

from io import StringIO

import pytest
from rich.console import Console

from tauliah.cli.answers import Answer
from tauliah.cli.kind_report import PARTS
from tauliah.cli.report import show
from tauliah.evaluate import KINDS, evaluate
from tauliah.files.packs import installed_packs
from tauliah.values.vocabulary import WORDS

PACKS = installed_packs()
SECTIONS = list(WORDS["section"])
CASES = {
    "certificate": (
        {
            "kind": "fees",
            "policy": "utm",
            "item": "certificate",
            "level": "bachelor",
            "credits": 3,
            "distribute": True,
            "roles": {"facilitator": True, "assessor": False},
        },
        ["450.00", "382.50", "Jadual 4(i)"],
    ),
    "open fee": (
        {"kind": "fees", "policy": "utm", "item": "credit_transfer"},
        ["10.00", "level", "provider"],
    ),
    "learning time": (
        {
            "kind": "learning_time",
            "policy": "unimas",
            "activities": [{"type": "essay", "pages": 2}, {"type": "quiz", "questions": 4}],
        },
        ["132–140", "2.2-essay"],
    ),
    "course code": (
        {
            "kind": "course_code",
            "policy": "unimas",
            "origin": "accredited_course",
            "code": "TMN4033",
            "title": "IoT",
            "part": 2,
        },
        ["TMN4033MCB", "1.5(e)-divided"],
    ),
    "open course code": (
        {"kind": "course_code", "policy": "unimas", "origin": "stand_alone", "title": "IoT", "number": 2},
        ["quality_verified"],
    ),
    "qualification": (
        {
            "kind": "qualification",
            "policy": "unimas",
            "on": "2026-01-10",
            "programme": {"level": "bachelor", "graduating_credits": 120},
            "meets_entry_requirement": False,
            "credits": {
                "own_micro_credentials": 40,
                "other_micro_credentials": 90,
                "stand_alone": 3,
                "stand_alone_verified": 0,
            },
        },
        ["APEL.M", "84", "Table 2-share", "1.5(m)-30-percent"],
    ),
    "proposal": (
        {"kind": "proposal", "policy": "unimas", "sections": SECTIONS, "title": "IoT"},
        ["1.5(e)", "✗", "?", "✓"],
    ),
    "milestones": (
        {"kind": "milestones", "policy": "unimas", "done": ["proposal_approved"]},
        ["15 %", "Table 3-8", "✓"],
    ),
    "all milestones": (
        {"kind": "milestones", "policy": "unimas", "done": list(WORDS["milestone"])},
        ["100 %"],
    ),
    "quality": (
        {"kind": "mooc_quality", "policy": "utm", "ratings": {"activities": 3}},
        ["3.0", "Lampiran A 9(2)"],
    ),
    "load": (
        {
            "kind": "teaching_load",
            "policy": "utm",
            "category": "skills",
            "participants": 400,
            "completions": 30,
        },
        ["2", "Jadual 2(c)"],
    ),
    "open load": ({"kind": "teaching_load", "policy": "utm", "category": "general"}, ["lecture_credits"]),
    "upkeep": (
        {"kind": "mooc_upkeep", "policy": "utm", "on": "2026-01-01", "last_maintained_on": "2023-11-30"},
        ["2023", "3.3.2.2"],
    ),
}


def printed(case, language):
    out = StringIO()
    show(Console(file=out, width=300), Answer("case.yaml", case, result=evaluate(case, PACKS)), language)
    return out.getvalue()


def test_every_kind_but_transfer_has_its_report():
    assert {*PARTS} == {*KINDS} - {"transfer"} == {case["kind"] for case, _ in CASES.values()}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", ["ms", "en"])
def test_a_report_shows_the_answer_with_its_clauses(name, language):
    case, shown = CASES[name]
    text = printed(case, language)

    assert [words for words in (*shown, case["policy"]) if words not in text] == []
    assert "{" not in text


@pytest.mark.parametrize("name", CASES)
def test_the_two_languages_differ(name):
    case, _ = CASES[name]

    assert printed(case, "ms") != printed(case, "en")
