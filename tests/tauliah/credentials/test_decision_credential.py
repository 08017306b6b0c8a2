"""A credit-transfer decision as a credential: signed here, verified and read elsewhere, the same values."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tauliah.credentials import awards

from tauliah.credentials.badge_schema import schema_problems
from tauliah.credentials.decision import (
    CheckMade,
    CourseDecision,
    SourceCourse,
    check_decision,
    decision_of,
)
from tauliah.credentials.decision_document import decision_credential
from tauliah.credentials.decision_reading import is_decision, read_decision
from tauliah.credentials.document import open_badge
from tauliah.credentials.verify import verify
from tauliah.evaluate import evaluate
from tauliah.files.cases import case_files, read_case
from tauliah.files.contexts import published
from tauliah.files.packs import INSTALLED, installed_packs
from tauliah.values.case import InvalidCase
from tauliah.values.vocabulary import WORDS

URL, POLICY_URL = f"{awards.HOST}/d/42", f"{awards.HOST}/policies/uthm"
ISSUE = awards.issue(statement_url=None)


def credential(decision):
    return decision_credential(decision, awards.issuer(), ISSUE, url=URL, policy_url=POLICY_URL)


def test_what_was_decided_is_read_back_from_the_verified_credential():
    signed = awards.signed(credential(awards.decision()))
    known = {awards.DID: awards.issuer().name}
    found = verify(json.loads(json.dumps(signed)), at=awards.NOW, contexts=published(), known=known)

    assert (found.signature.outcome, found.issuer.outcome, found.schema.outcome) == ("yes", "yes", "yes")
    assert read_decision(signed) == awards.decision()


def test_a_changed_grade_no_longer_verifies():
    signed = awards.signed(credential(awards.decision()))
    grade = next(
        r for r in signed["credentialSubject"]["result"] if r["resultDescription"].endswith("source-1-grade")
    )
    grade["value"] = "A"

    assert verify(signed, at=awards.NOW, contexts=published()).signature.outcome == "no"


words = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=20)
credits = st.decimals(0, 40, places=2).map(lambda d: Decimal(str(d)).normalize() + 0)
courses = st.builds(
    CourseDecision,
    code=words,
    title=st.none() | words,
    target_credits=credits,
    basis=st.sampled_from(WORDS["basis"]),
    outcome=st.just("eligible"),
    award=st.sampled_from(WORDS["award"]),
    credits=credits,
    grade=st.none() | st.sampled_from(WORDS["grade"]),
    sources=st.lists(
        st.builds(
            SourceCourse,
            institution=st.none() | words,
            code=st.none() | words,
            title=st.none() | words,
            credits=st.none() | credits,
            grade=st.none() | words,
            level=st.none() | st.sampled_from(WORDS["level"]),
            completed_on=st.none() | st.dates(date(1990, 1, 1), date(2026, 1, 1)),
        ),
        max_size=3,
    ).map(tuple),
    checks=st.lists(
        st.builds(
            CheckMade,
            rule=st.sampled_from(WORDS["rule"]),
            outcome=st.sampled_from(("pass", "fail", "unknown")),
            clauses=st.lists(words, max_size=3, unique=True).map(tuple),
        ),
        max_size=4,
        unique_by=lambda check: check.rule,
    ).map(tuple),
)


@given(st.lists(courses, min_size=1, max_size=3).map(tuple))
def test_any_decision_is_read_back_as_it_was(decided):
    decided = tuple(replace(c, title=None if c.title == c.code else c.title) for c in decided)
    decision = awards.decision(courses=decided)
    try:
        check_decision(decision)
    except InvalidCase:
        return
    made = credential(decision)

    assert read_decision(made) == decision
    assert schema_problems(made) == []


def decided(path):
    case = read_case(path)
    result = evaluate(case, installed_packs())
    return case, decision_of(
        case, result, reference="R/1", student="Aminah", decided_on=date(2026, 1, 1), programme="Sarjana Muda"
    )


TRANSFERS = [
    path
    for path in sorted(case_files([INSTALLED / "uthm" / "cases"]))
    if (case := read_case(path)).get("kind") == "transfer" and "error" not in case.get("expect", {})
]


@pytest.mark.parametrize("path", TRANSFERS, ids=lambda path: path.stem)
def test_every_case_of_a_pack_becomes_a_credential_and_comes_back(path):
    _, decision = decided(path)

    assert read_decision(credential(decision)) == decision


def test_original_values_come_from_the_study_where_the_source_has_none():
    case = {
        "kind": "transfer",
        "policy": "uthm",
        "applied_on": "2025-09-15",
        "programme": {"institution": "UTHM", "level": "bachelor", "graduating_credits": 125, "mqa_accredited": True},
        "prior_studies": [{"id": "dip", "institution": "Politeknik Contoh", "level": "diploma", "outcome": "completed", "accredited": True}],
        "claims": [
            {
                "target": {"code": "BFC10403", "credits": 3},
                "basis": "prior_study",
                "content_overlap": 0.85,
                "sources": [{"study": "dip", "code": "DAC10103", "credits": 3, "grade": "B", "completed_on": "2023-05-30"}],
            }
        ],
    }  # fmt: skip
    result = evaluate(case, installed_packs())
    decision = decision_of(
        case, result, reference="R", student="A", decided_on=date(2025, 10, 1), programme="P"
    )

    (source,) = decision.courses[0].sources
    assert (source.institution, source.level, source.grade, source.credits) == (
        "Politeknik Contoh",
        "diploma",
        "B",
        Decimal(3),
    )
    assert source.completed_on == date(2023, 5, 30)
    assert "5(a)(i)" in {c.rule: c.clauses for c in decision.courses[0].checks}["minimum_grade"]
    assert decision.policy == "uthm"


def test_another_credential_is_not_read_as_a_decision():
    badge = open_badge(awards.statement(), awards.issue())

    assert not is_decision(badge)
    with pytest.raises(InvalidCase, match="not a credit transfer decision"):
        read_decision(badge)


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.pop("result"),
        lambda s: s["result"][0].pop("alignment"),
        lambda s: s["result"][0].update(value="granted"),
        lambda s: s["result"].__delitem__(2),
        lambda s: s["achievement"].pop("alignment"),
        lambda s: s.update(identifier=[]),
        lambda s: s.update(activityEndDate="yesterday"),
        lambda s: next(r for r in s["result"] if r["resultDescription"].endswith("#1-credits")).update(
            value="x"
        ),
    ],
)
def test_a_decision_with_something_missing_is_refused_with_words(change):
    document = credential(awards.decision())
    change(document["credentialSubject"])

    with pytest.raises(InvalidCase) as caught:
        read_decision(document)

    assert caught.value.message.ms


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"student": "Aminah 000101-13-4321"}, "student"),
        ({"reference": ""}, "reference"),
        ({"level": "degree"}, "level"),
        ({"courses": ()}, "courses"),
        ({"student": "Ami\u202enah"}, "student"),
        ({"remarks": "Aminah, 000101-13-4321"}, "credentialSubject.narrative"),
    ],
)
def test_a_decision_that_cannot_be_certified_is_told_why(changes, where):
    with pytest.raises(InvalidCase) as caught:
        credential(awards.decision(**changes))

    assert caught.value.where == where


def test_a_refused_course_carries_no_credits():
    granted, refused = awards.decision().courses
    wrong = replace(refused, credits=Decimal(3))

    with pytest.raises(InvalidCase) as caught:
        credential(awards.decision(courses=(granted, wrong)))

    assert caught.value.where == "courses[1].credits"
