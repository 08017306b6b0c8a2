"""The Malaysian Micro-credential Statement: its fields, what it needs, and what it never shows."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tauliah.credentials import awards

from tauliah.credentials.identity_card import MaskedNumber, exposed, masked, nric_in
from tauliah.credentials.issuer import Address, Signatory
from tauliah.credentials.statement import Learner, check_statement
from tauliah.credentials.statement_rows import LABELS, statement_document, statement_rows
from tauliah.files.packs import installed_packs
from tauliah.values.case import InvalidCase
from tauliah.values.text import Text

NRIC = "000101-13-4321"


def problems(statement):
    with pytest.raises(InvalidCase) as caught:
        check_statement(statement)
    return {problem.where: problem.message for problem in caught.value.problems}


def test_a_whole_statement_is_in_order():
    check_statement(awards.statement())


def test_every_field_of_the_guideline_is_a_row_and_no_other():
    clauses = installed_packs()["unimas"].clauses
    asked = {name for name in clauses if name.startswith("Appendix 1-")}

    assert {row.clause for row in statement_rows(awards.statement(), public=False)} == asked
    assert len(asked) == 21


def test_every_row_is_in_both_languages():
    for row in statement_rows(awards.statement(), public=False):
        for text in (row.label, *row.lines):
            assert text.ms.strip()
            assert text.en.strip()


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("serial", Text("UCM-MC-2026-000123", "UCM-MC-2026-000123")),
        ("nric", Text("******-**-4321", "******-**-4321")),
        ("programme", Text("Sarjana Muda Sains Komputer", "Bachelor of Computer Science")),
        ("institution", Text("Universiti Contoh Malaysia", "Example University of Malaysia")),
        ("language", Text("Pengantar: Bahasa Melayu, Bahasa Inggeris", "Instruction: Malay, English")),
        ("delivery", Text("teradun", "blended")),
        ("mode", Text("separuh masa", "part-time")),
        ("level", Text("Tahap 6 KKM (Sarjana Muda)", "MQF level 6 (Bachelor)")),
        ("credits", Text("1.5", "1.5")),
        ("slt", Text("60 jam", "60 hours")),
        ("duration", Text("2 Mac 2026 hingga 29 Mei 2026", "2 March 2026 to 29 May 2026")),
        ("outcomes", Text("CLO1: Menerangkan seni bina IoT.", "CLO1: Explain the architecture of IoT.")),
        ("assessment", Text("Formatif 50 %, sumatif 50 %", "Formative 50 %, summative 50 %")),
        ("grade", Text("A-", "A-")),
        ("quality", Text("MQA: diakreditasi oleh MQA (MQA/FA 0000)", "MQA: accredited by MQA (MQA/FA 0000)")),
        ("date", Text("20 Julai 2026", "20 July 2026")),
        ("signature", Text("Noraini binti Abu", "Noraini binti Abu")),
    ],
)
def test_a_field_says(field, line):
    rows = {row.field: row.lines for row in statement_rows(awards.statement(), public=False)}

    assert rows[field][0] == line


def test_a_stand_alone_course_has_no_programme():
    rows = statement_rows(awards.statement(achievement=awards.achievement(origin=None)), public=True)

    assert {row.field: row.lines for row in rows}["programme"] == (
        Text("Kursus berdiri sendiri", "Stand-alone course"),
    )


def test_the_documentation_says_where_each_field_stands():
    page = (Path(__file__).parents[3] / "docs" / "credentials.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| ([^|]+) \| `([a-z-]+)` \|", page, re.MULTILINE))

    assert listed == {label.en: field for field, label in LABELS.items()}


# --- Item 23: the identity-card number -------------------------------------------------------------


def test_no_public_face_has_an_identity_card_number_not_even_masked():
    fields = {row.field for row in statement_rows(awards.statement(), public=True)}
    document = statement_document(awards.statement())

    assert set(LABELS) - fields == {"nric"}
    assert "4321" not in str(document)
    assert list(exposed(document)) == []


def test_a_value_cannot_hold_a_whole_number():
    for number in (NRIC, NRIC.replace("-", ""), "A12345678", "*" * 3 + "12345"):
        with pytest.raises(ValueError, match="four characters"):
            MaskedNumber(number)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (NRIC, "******-**-4321"),
        ("000101134321", "******-**-4321"),
        ("A12345678", "*****5678"),
        ("A123", "****"),
    ],
)
def test_a_number_shows_its_last_four_characters(number, shown):
    assert str(masked(number)) == shown


@given(st.text(alphabet="0123456789ABC -", max_size=20))
def test_a_masked_number_never_shows_more_than_four(number):
    assert sum(c.isalnum() for c in str(masked(number))) <= 4


@pytest.mark.parametrize("where", ["serial", "learner.name"])
def test_a_number_typed_into_another_field_is_refused(where):
    changes = {"serial": f"X {NRIC}"} if where == "serial" else {"learner": Learner(name=f"Aminah {NRIC}")}

    assert where in problems(awards.statement(**changes))


@pytest.mark.parametrize("text", [NRIC, "000101134321", f"No. KP {NRIC}.", "991231-01-0001"])
def test_an_identity_card_number_is_found(text):
    assert nric_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "urn:uuid:6f1e2a54-6f0c-4f0e-9a55-000101134321",
        "991331-01-0001",
        "990132-01-0001",
        "990101-00-0001",
        "1000101134321",
        "zQm000101134321",
        "2026-07-20T00:00:00Z",
    ],
)
def test_other_figures_are_no_identity_card_number(text):
    assert nric_in(text) is None


# --- What it needs ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"serial": " "}, "serial"),
        ({"learner": Learner(name="")}, "learner.name"),
        ({"learner": Learner(name="Ali", did="ali@example.org")}, "learner.did"),
        ({"certificate": "diploma"}, "certificate"),
        ({"grade": None}, "grade"),
        ({"grade": "A++"}, "grade"),
        ({"grade": "C-"}, "grade"),
        ({"formative_mark": Decimal("100.5")}, "formative_mark"),
        ({"summative_mark": Decimal("NaN")}, "summative_mark"),
        ({"ended_on": date(2026, 3, 1)}, "ended_on"),
        ({"awarded_on": date(2026, 5, 28)}, "awarded_on"),
        ({"stamped_on": date(2026, 7, 14)}, "stamped_on"),
        ({"started_on": date(1026, 3, 1)}, "started_on"),
        ({"verify_at": "http://kelayakan.universiti.example/c/1"}, "verify_at"),
        ({"verify_at": "https://user@kelayakan.universiti.example/c/1"}, "verify_at"),
        ({"duration": Text("14 minggu", "")}, "duration.en"),
        ({"issuer": awards.issuer(did="universiti.example")}, "issuer.did"),
        ({"issuer": awards.issuer(email="kelayakan")}, "issuer.email"),
        ({"issuer": awards.issuer(crest="crest.svg")}, "issuer.crest"),
        ({"issuer": awards.issuer(name=Text("", "University"))}, "issuer.name.ms"),
        (
            {"issuer": awards.issuer(signatory=Signatory(name="", office=Text("P", "R")))},
            "issuer.signatory.name",
        ),
        (
            {"issuer": awards.issuer(address=Address(street="", locality="K", region="S", postal_code="9"))},
            "issuer.address.street",
        ),
        ({"achievement": awards.achievement(kind="degree")}, "achievement.kind"),
        ({"achievement": awards.achievement(mqf_level=9)}, "achievement.mqf_level"),
        ({"achievement": awards.achievement(credits=Decimal(-1))}, "achievement.credits"),
        ({"achievement": awards.achievement(learning_hours=Decimal(-1))}, "achievement.learning_hours"),
        ({"achievement": awards.achievement(instruction=())}, "achievement.instruction"),
        ({"achievement": awards.achievement(examination=("en", "xx"))}, "achievement.examination[1]"),
        ({"achievement": awards.achievement(delivery="online")}, "achievement.delivery"),
        ({"achievement": awards.achievement(study_mode="weekend")}, "achievement.study_mode"),
        ({"achievement": awards.achievement(outcomes=())}, "achievement.outcomes"),
        (
            {"achievement": awards.achievement(outcomes=awards.achievement().outcomes[:1] * 2)},
            "achievement.outcomes[1].code",
        ),
        (
            {"achievement": awards.achievement(assessment=awards.achievement().assessment[:1])},
            "achievement.assessment",
        ),
        ({"achievement": awards.achievement(assurance=())}, "achievement.assurance"),
        ({"achievement": awards.achievement(required_grade="Lulus")}, "achievement.required_grade"),
        ({"achievement": awards.achievement(skills=("IoT", ""))}, "achievement.skills[1]"),
    ],
)
def test_what_is_wrong_is_named_with_its_field_in_both_languages(changes, where):
    found = problems(awards.statement(**changes))

    assert list(found) == [where]
    assert found[where].ms
    assert found[where].ms != found[where].en


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200f", "\u200b", "\x00", "\n", "\ue000"])
def test_a_name_with_a_hidden_or_turning_character_is_refused(character):
    """Item 18, for our own values: the name would be read as another one."""
    found = problems(awards.statement(learner=Learner(name=f"Aminah{character} binti Salleh")))

    assert f"U+{ord(character):04X}" in found["learner.name"].en


@pytest.mark.parametrize(
    "name", ["أمينة بنت صالح", "அமினா பிந்தி சாலே", "林美玲", "D'Cruz s/o O’Neil-Ng", "Nur\u200c A"]
)
def test_names_in_every_script_are_accepted(name):
    check_statement(awards.statement(learner=Learner(name=name)))


# --- The two MOOC certificates of UTM 5.1 ----------------------------------------------------------


def accomplishment(**changes):
    return awards.statement(**({"certificate": "accomplishment", "payment": "R-2026-1"} | changes))


def participation(**changes):
    free = {"certificate": "participation", "completed_activities": True, "grade": None}
    return awards.statement(**(free | changes))


def test_both_certificates_can_be_issued():
    check_statement(accomplishment())
    check_statement(participation())
    check_statement(participation(achievement=awards.achievement(assessment=())))


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        (accomplishment(payment=None), "payment"),
        (accomplishment(grade=None), "grade"),
        (participation(payment="R-2026-1"), "payment"),
        (participation(completed_activities=None), "completed_activities"),
        (participation(completed_activities=False), "completed_activities"),
    ],
)
def test_a_certificate_needs_what_its_clause_asks(statement, where):
    found = problems(statement)

    assert list(found) == [where]
    assert "UTM 5.1" in found[where].en or where == "grade"


def test_participation_says_that_there_was_no_grade():
    rows = {row.field: row.lines[0].en for row in statement_rows(participation(), public=True)}

    assert rows["grade"] == "Completed without a grade"


def test_every_problem_is_told_at_once():
    found = problems(replace(awards.statement(), serial="", grade=None, term=""))

    assert list(found) == ["serial", "term", "grade"]
