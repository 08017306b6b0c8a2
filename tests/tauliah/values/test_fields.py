"""What a field refuses, where, and in which words: what is wrong and what to do, in both languages."""

import copy
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tauliah.evaluate import evaluate
from tauliah.files.packs import installed_packs
from tauliah.transfer.case import TransferCase
from tauliah.values.case import InvalidCase, parse, path
from tauliah.values.text import Text

PACKS = installed_packs()
CASE: dict[str, Any] = {
    "kind": "transfer",
    "policy": "uthm",
    "applied_on": "2025-09-15",
    "student": {"status": "active", "semester": 1, "week": 2, "final_semester": False},
    "programme": {"institution": "UTHM", "level": "bachelor", "graduating_credits": 120, "duration_years": 4},
    "prior_studies": [{"id": "dip", "level": "diploma", "outcome": "completed", "accredited": True}],
    "granted": [{"credits": 6, "limits": ["vertical_limit"]}],
    "claims": [
        {
            "target": {"code": "BFC10403", "credits": 3},
            "basis": "prior_study",
            "content_overlap": 0.85,
            "sources": [
                {"study": "dip", "code": "DAC1", "credits": 3, "grade": "B", "completed_on": "2024-01-31"}
            ],
        }
    ],
}
GONE = object()


def changed(where: str, value: Any) -> dict[str, Any]:
    """The case with the value at `where` (`claims.0.target.code`) replaced or taken out."""
    case = copy.deepcopy(CASE)
    *steps, last = where.split(".")
    part: Any = case
    for step in steps:
        part = part[int(step)] if isinstance(part, list) else part[step]
    key = int(last) if isinstance(part, list) else last
    if value is GONE:
        del part[key]
    else:
        part[key] = value
    return case


def problems(case: dict[str, Any]) -> list[tuple[str, Text]]:
    with pytest.raises(InvalidCase) as error:
        evaluate(case, PACKS)
    return [(problem.where, problem.message) for problem in error.value.problems]


REQUIRED = Text("Maklumat ini wajib diisi.", "This is required.")
LIST = Text("Hendaklah senarai.", "Must be a list.")
GROUP = Text("Hendaklah kumpulan medan (kunci: nilai).", "Must be a group of fields (key: value).")
TEXT = Text("Hendaklah teks.", "Must be text.")
TRUTH = Text("Hendaklah true, false atau null.", "Must be true, false or null.")
NUMBER = Text("Hendaklah nombor.", "Must be a number.")
FINITE = Text("Hendaklah nombor terhingga.", "Must be a finite number.")
NEGATIVE = Text("Tidak boleh negatif.", "Must not be negative.")
WHOLE = Text("Hendaklah nombor bulat.", "Must be a whole number.")
DATE = Text(
    "Hendaklah tarikh berbentuk TTTT-BB-HH, contohnya 2025-09-15.",
    "Must be a date of the form YYYY-MM-DD, for example 2025-09-15.",
)
YEARS = Text("Tahun hendaklah antara 1900 hingga 2200.", "The year must be from 1900 to 2200.")


@pytest.mark.parametrize(
    ("where", "value", "shown_at", "message"),
    [
        ("kind", GONE, "kind", REQUIRED),
        ("kind", None, "kind", REQUIRED),
        ("policy", GONE, "policy", REQUIRED),
        ("applied_on", GONE, "applied_on", REQUIRED),
        ("programme", GONE, "programme", REQUIRED),
        ("programme.institution", GONE, "programme.institution", REQUIRED),
        ("programme.level", GONE, "programme.level", REQUIRED),
        ("programme.graduating_credits", GONE, "programme.graduating_credits", REQUIRED),
        ("claims", GONE, "claims", REQUIRED),
        ("claims.0.target.code", GONE, "claims[0].target.code", REQUIRED),
        ("claims.0.target.credits", GONE, "claims[0].target.credits", REQUIRED),
        ("claims.0.basis", GONE, "claims[0].basis", REQUIRED),
        ("claims.0.sources", GONE, "claims[0].sources", REQUIRED),
        ("claims", [], "claims", Text("Sekurang-kurangnya satu diperlukan.", "At least one is needed.")),
        ("claims.0.sources", [], "claims[0].sources", Text("Sekurang-kurangnya satu diperlukan.", "At least one is needed.")),
        ("claims", {}, "claims", LIST),
        ("claims.0.sources", "DAC1", "claims[0].sources", LIST),
        ("claims.0", "BFC", "claims[0]", GROUP),
        ("claims.0.target", [], "claims[0].target", GROUP),
        ("programme.institution", 3, "programme.institution", TEXT),
        ("programme.institution", "", "programme.institution", Text("Tidak boleh kosong.", "Must not be empty.")),
        ("claims.0.target.code", "x" * 301, "claims[0].target.code", Text("Terlalu panjang; paling banyak 300.", "Too long; 300 at most.")),
        ("claims", [CASE["claims"][0]] * 201, "claims", Text("Terlalu panjang; paling banyak 200.", "Too long; 200 at most.")),
        ("claims.0.graded", "yes", "claims[0].graded", TRUTH),
        ("claims.0.graded", 1, "claims[0].graded", TRUTH),
        ("claims.0.target.credits", "3", "claims[0].target.credits", NUMBER),
        ("claims.0.target.credits", True, "claims[0].target.credits", NUMBER),
        ("claims.0.target.credits", float("nan"), "claims[0].target.credits", FINITE),
        ("claims.0.target.credits", Decimal("Infinity"), "claims[0].target.credits", FINITE),
        ("claims.0.target.credits", -3, "claims[0].target.credits", NEGATIVE),
        ("claims.0.target.credits", 1001, "claims[0].target.credits", Text("Paling banyak 1,000.", "Must be 1,000 or less.")),
        ("claims.0.target.credits", Decimal("3.00001"), "claims[0].target.credits", Text("Paling banyak 4 tempat perpuluhan.", "At most 4 decimal places.")),
        ("programme.duration_years", Decimal("3.555"), "programme.duration_years", Text("Paling banyak 2 tempat perpuluhan.", "At most 2 decimal places.")),
        ("claims.0.content_overlap", 1.01, "claims[0].content_overlap", Text("Paling banyak 1.", "Must be 1 or less.")),
        ("claims.0.content_overlap", -0.1, "claims[0].content_overlap", NEGATIVE),
        ("programme.standard_limit_percent", 101, "programme.standard_limit_percent", Text("Paling banyak 100.", "Must be 100 or less.")),
        ("granted.0.credits", -1, "granted[0].credits", NEGATIVE),
        ("student.week", 1.5, "student.week", WHOLE),
        ("student.week", 10**9, "student.week", WHOLE),
        ("student.week", -1, "student.week", NEGATIVE),
        ("student.semester", 0, "student.semester", Text("Dikira bermula dari 1.", "Counted from 1.")),
        ("applied_on", "2025-02-30", "applied_on", Text("Tarikh 2025-02-30 tidak wujud dalam kalendar.", "There is no such day as 2025-02-30.")),
        ("applied_on", "15/9/2025", "applied_on", DATE),
        ("applied_on", 2025, "applied_on", DATE),
        ("applied_on", "2025-9-15", "applied_on", DATE),
        ("applied_on", "1899-12-31", "applied_on", YEARS),
        ("applied_on", "2201-01-01", "applied_on", YEARS),
        ("prior_studies.0.ended_on", "2021-02-29", "prior_studies[0].ended_on", Text("Tarikh 2021-02-29 tidak wujud dalam kalendar.", "There is no such day as 2021-02-29.")),
        (
            "claims.0.sources.0.completed_on",
            "2025-09-16",
            "claims[0].sources[0].completed_on",
            Text("Kursus tamat selepas tarikh permohonan (2025-09-15).", "The course was completed after the application date (2025-09-15)."),
        ),
        (
            "claims.0.sources.0.study",
            "other",
            "claims[0].sources[0].study",
            Text("Pengajian “other” tiada dalam prior_studies.", "The study “other” is not among prior_studies."),
        ),
        (
            "claims.0.sources.0.study",
            None,
            "claims[0].sources[0].study",
            Text("Nyatakan pengajian terdahulu (id daripada prior_studies).", "Name the prior study (an id from prior_studies)."),
        ),
        (
            "prior_studies",
            [{"id": "dip"}, {"id": "dip"}],
            "prior_studies[1].id",
            Text("Id “dip” sudah digunakan; beri id yang lain.", "The id “dip” is used already; give another."),
        ),
    ],
)  # fmt: skip
def test_a_field_refuses_what_it_cannot_hold(where, value, shown_at, message):
    assert problems(changed(where, value)) == [(shown_at, message)]


@pytest.mark.parametrize(
    ("where", "value", "shown_at", "hint"),
    [
        ("kind", "transfr", "kind", "transfer"),
        ("policy", "uthn", "policy", "uthm"),
        ("programme.level", "bachelors", "programme.level", "bachelor"),
        ("claims.0.sources.0.grade", "B ", "claims[0].sources[0].grade", "B"),
        ("claims.0.basis", "prior-study", "claims[0].basis", "prior_study"),
        ("claims.0.target.subject", "mpuu", "claims[0].target.subject", "mpu"),
        ("granted.0.limits.0", "vertical", "granted[0].limits[0]", "vertical_limit"),
        ("student.status", "aktive", "student.status", "active"),
        ("prior_studies.0.outcome", "complete", "prior_studies[0].outcome", "completed"),
    ],
)
def test_a_word_that_is_not_known_gets_the_nearest_as_a_hint(where, value, shown_at, hint):
    ((found, message),) = problems(changed(where, value))

    assert found == shown_at
    assert message.ms.startswith(f"“{value}” tidak dikenali; pilih satu daripada: ")
    assert message.en.startswith(f"“{value}” is not known; choose one of: ")
    assert message.ms.endswith(f"Maksud anda {hint}?")
    assert message.en.endswith(f"Did you mean {hint}?")


def test_a_word_far_from_all_gets_no_hint():
    ((_, message),) = problems(changed("programme.level", "xyzzy"))

    assert message.en.endswith("doctorate.")


def test_a_long_word_is_shown_in_short():
    ((_, message),) = problems(changed("programme.level", "x" * 5000))

    assert len(message.en) < 300


def test_no_special_subject_is_said_by_leaving_it_out():
    ((where, _),) = problems(changed("claims.0.target.subject", "none"))

    assert where == "claims[0].target.subject"


def test_every_problem_is_told_at_once():
    case = changed("claims.0.target.credits", -1)
    case["programme"]["level"] = "none"
    del case["applied_on"]

    assert [where for where, _ in problems(case)] == [
        "applied_on",
        "programme.level",
        "claims[0].target.credits",
    ]


def test_a_basis_the_policy_does_not_cover_is_told_with_those_it_covers():
    case = changed("claims.0.basis", "apel_c") | {"policy": "mqa"}
    ((where, message),) = problems(case)

    assert where == "claims[0].basis"
    assert "prior_study, same_institution" in message.ms
    assert "prior_study, same_institution" in message.en


def test_a_number_too_long_to_be_written_is_refused():
    assert problems(changed("claims.0.target.credits", 10**5000)) == [("claims[0].target.credits", FINITE)]


@pytest.mark.parametrize("document", [None, [], "transfer", 3])
def test_a_document_that_is_no_group_of_fields_is_refused(document):
    with pytest.raises(InvalidCase) as error:
        evaluate(document, PACKS)

    assert error.value.where == ""
    assert error.value.message == Text(
        "Kes hendaklah kumpulan medan (kunci: nilai).", "A case must be a group of fields."
    )


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("student", None),
        ("prior_studies.0.level", None),
        ("granted", None),
        ("granted.0.limits", None),
        ("claims.0.content_overlap", None),
        ("claims.0.target.title", "Statik"),
        ("applied_on", date(2025, 9, 15)),
        ("applied_on", datetime(2025, 9, 15, 10, 30)),
        ("claims.0.target.credits", 0),
        ("claims.0.target.credits", 2.5),
        ("student.week", Decimal("2.0")),
        ("programme.standard_limit_percent", 0),
    ],
)
def test_a_field_takes_what_it_can_hold(where, value):
    assert evaluate(changed(where, value), PACKS)["kind"] == "transfer"


@pytest.mark.parametrize(
    ("where", "key", "hint"),
    [
        ("", "aplied_on", "applied_on"),
        ("programme", "levle", "level"),
        ("claims.0.target", "credit", "credits"),
        ("claims.0.sources.0", "grades", "grade"),
        ("prior_studies.0", "acredited", "accredited"),
    ],
)
def test_an_unknown_key_is_told_with_a_hint(where, key, hint):
    case = copy.deepcopy(CASE)
    part: Any = case
    for step in where.split(".") if where else ():
        part = part[int(step)] if isinstance(part, list) else part[step]
    part[key] = "whatever"
    notices = {n["where"]: n["message"] for n in evaluate(case, PACKS)["notices"]}
    place = path([int(s) if s.isdigit() else s for s in (*where.split("."), key) if s])

    assert notices[place]["ms"] == f"Medan ini tidak dikenali dan tidak dibaca. Maksud anda {hint}?"
    assert notices[place]["en"] == f"This field is not known and was not read. Did you mean {hint}?"


def test_an_unknown_key_far_from_all_is_told_without_a_hint():
    notices = evaluate(CASE | {"xyzzy": 1}, PACKS)["notices"]

    assert {
        "where": "xyzzy",
        "message": {
            "ms": "Medan ini tidak dikenali dan tidak dibaca.",
            "en": "This field is not known and was not read.",
        },
    } in notices


def test_an_error_reads_as_text_too():
    with pytest.raises(InvalidCase, match=r"claims\[0\].target.credits: Must not be negative\."):
        parse(TransferCase, changed("claims.0.target.credits", -1))
