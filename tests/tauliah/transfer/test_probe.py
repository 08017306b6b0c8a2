"""The conflict report's cases: each difference that must be found, found by claims the policies decide."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tauliah.files.packs import installed_packs
from tauliah.files.questions import installed_questions
from tauliah.policy.compare import Side
from tauliah.transfer.conflict import conflicts
from tauliah.transfer.probe import ask
from tauliah.transfer.situation import Situation
from tauliah.transfer.variation import BASES, situations, variations

PACKS = installed_packs()
NAMES = sorted(PACKS)
DAY = date(2026, 1, 1)


def report(*sides: str | tuple[str, date]) -> dict[str, Any]:
    dated = [side if isinstance(side, tuple) else (side, DAY) for side in sides]
    asked = installed_questions()
    return conflicts(
        [Side(PACKS[name], day) for name, day in dated], asked.asked, PACKS[asked.baseline], asked.columns
    )


def rows(found: dict[str, Any], question: str, kind: str = "case") -> list[dict[str, Any]]:
    return [
        row for q in found["questions"] if q["name"] == question for row in q["rows"] if row["kind"] == kind
    ]


def row(found: dict[str, Any], question: str, words: str, kind: str = "case") -> dict[str, Any]:
    """The row of a question whose label or conditions have these English words."""
    listed = [
        each
        for each in rows(found, question, kind)
        if words in "; ".join([each["label"]["en"], *(c["en"] for c in each["when"])])
    ]
    assert listed, [each["label"]["en"] for each in rows(found, question, kind)]
    return listed[0]


def outcomes(found: dict[str, Any]) -> list[str | None]:
    return [answer.get("outcome") for answer in found["answers"]]


MQA_UTHM = report("mqa", "uthm")


def test_grade_c_is_enough_for_mqa_and_not_for_uthm() -> None:
    found = row(MQA_UTHM, "minimum_grade", "grade C")

    assert outcomes(found) == ["eligible", "ineligible"]
    assert [a["mark"] for a in found["answers"]] == ["laxer", "stricter"]
    assert [c["id"] for c in found["answers"][0]["clauses"]] == ["criteria.grade"]
    assert "5(a)(i)" in [c["id"] for c in found["answers"][1]["clauses"]]


def test_mobility_over_a_third_is_laxer_than_mqa() -> None:
    found = row(MQA_UTHM, "mobility_limit", "41 of 120 credits")

    assert outcomes(found) == ["over_limit", "eligible"]
    assert [a["below_baseline"] for a in found["answers"]] == [False, True]
    assert found["answers"][0]["decided_by"] == ["mobility_limit"]


def test_residency_of_a_bachelor_programme_is_12_or_6_months() -> None:
    value = row(MQA_UTHM, "residency", "to: Bachelor", "value")
    case = row(MQA_UTHM, "residency", "bachelor to bachelor")

    assert [a["said"]["en"] for a in value["answers"]] == ["12 months", "6 months"]
    assert [a["conditions"][0]["amount"] for a in case["answers"]] == ["months 12", "months 6"]
    assert all(a["clauses"] for a in case["answers"])


def test_exemption_means_no_credit_for_mqa_and_credit_without_grade_at_uthm() -> None:
    (found,) = rows(MQA_UTHM, "exemption", "word")

    mqa, uthm = found["answers"]
    assert (mqa["awards"], uthm["awards"]) == (["exemption"], ["credit_without_grade"])
    assert mqa["said"]["en"] == "course exemption (0 credits, Replacement course)"
    assert uthm["said"]["en"] == "credit without grade (3 credits)"
    assert "exemption" in [c["id"] for c in mqa["clauses"]]
    assert "2(b)" in [c["id"] for c in uthm["clauses"]]


def test_an_exempted_general_studies_subject_brings_no_credit() -> None:
    found = row(MQA_UTHM, "exemption", "MPU course, Certificate to Bachelor")

    assert [(a["outcome"], a["award"], a["credits"]) for a in found["answers"]] == [
        ("eligible", "exemption", 0),
        ("ineligible", "none", 0),
    ]


def test_uthm_closes_its_window_after_the_first_semester_or_two_weeks() -> None:
    assert outcomes(row(MQA_UTHM, "window", "semester 2")) == ["eligible", "ineligible"]
    assert outcomes(row(MQA_UTHM, "window", "week 3")) == ["eligible", "ineligible"]


def test_utm_takes_applications_up_to_week_8() -> None:
    found = report("uthm", "utm")

    assert outcomes(row(found, "window", "week 9")) == ["eligible", "ineligible"]
    assert not [r for r in rows(found, "window") if "week 8" in r["label"]["en"].split("; ")]


def test_a_verified_stand_alone_micro_credential_goes_further_at_unimas() -> None:
    found = row(report("uthm", "unimas"), "stand_alone_limit", "Quality-verified")

    assert "37 of 120 credits" in found["label"]["en"]
    assert outcomes(found) == ["over_limit", "eligible"]


def test_certificate_to_diploma_depends_on_the_day() -> None:
    found = report(("mqa", date(2016, 5, 22)), ("mqa", date(2016, 5, 23)))

    case = row(found, "certificate_to_diploma", "Certificate to Diploma")
    assert outcomes(case) == ["ineligible", "eligible"]
    assert [c["id"] for c in case["answers"][1]["clauses"]] == ["vertical.certificate-diploma"]


@pytest.mark.parametrize(("day", "expected"), [(date(2016, 5, 22), None), (date(2016, 5, 23), "eligible")])
def test_certificate_to_diploma_is_closed_at_uthm_whatever_the_day(day: date, expected: str | None) -> None:
    found = rows(report(("mqa", day), ("uthm", day)), "certificate_to_diploma")

    assert [outcomes(each) for each in found] == ([[expected, "ineligible"]] if expected else [])


def test_the_clock_on_the_course_runs_everywhere_at_uthm_and_for_resumed_studies_at_mqa() -> None:
    found = row(MQA_UTHM, "currency", "course completed 5 years and a day ago")

    bases = [condition["en"] for condition in found["when"]]
    assert outcomes(found) == ["eligible", "ineligible"]
    assert "Prior study, diploma to bachelor" in bases
    assert "Resumed study" not in bases
    assert not [r for r in rows(MQA_UTHM, "currency") if "exactly 5 years" in r["label"]["en"]]


def test_the_clock_on_leaving_runs_at_uthm_only() -> None:
    value = row(MQA_UTHM, "currency", "Years since the studies were left", "value")

    assert [a["said"]["en"] for a in value["answers"]] == ["not stated", "5"]
    assert ask(Side(PACKS["uthm"], DAY), studies_left(5, 0)).outcome == "eligible"  # type: ignore[union-attr]
    late = ask(Side(PACKS["uthm"], DAY), studies_left(5, 1))
    assert late is not None
    assert "prior_outcome" in late.decided_by


def studies_left(years: int, days: int) -> Situation:
    span = (years, days)
    return Situation(
        "resumed_study",
        from_level="bachelor",
        graded=True,
        outcome="withdrawn",
        cause=True,
        left=span,
        taken=span,
    )


def test_the_clock_on_the_certificate_runs_at_utm_and_not_at_unimas() -> None:
    found = row(report("utm", "unimas"), "currency", "course completed 5 years and a day ago")

    assert outcomes(found) == ["ineligible", "eligible"]
    assert "6.1.3" in [c["id"] for c in found["answers"][0]["clauses"]]


def test_diploma_to_bachelor_goes_to_30_percent_or_with_grade_b_to_50() -> None:
    found = row(MQA_UTHM, "vertical_limit", "60 of 120 credits, grade B")

    assert outcomes(found) == ["over_limit", "eligible"]
    assert found["below_baseline"]
    said = [label for r in rows(MQA_UTHM, "vertical_limit") for label in r["label"]["en"].split("; ")]
    assert "37 of 120 credits, grade B-" not in said
    assert "61 of 120 credits" not in said
    assert "36 of 120 credits" not in said


def test_bases_that_only_one_policy_answers_are_told() -> None:
    (found,) = rows(MQA_UTHM, "scope", "scope")

    assert found["answers"][0]["stated"] is False
    assert "APEL(C)" in found["answers"][1]["said"]["en"]


def test_the_national_baseline_is_asked_although_it_is_not_compared() -> None:
    found = report("uthm", "contoh")

    assert any(a["below_baseline"] for q in found["questions"] for r in q["rows"] for a in r["answers"])
    assert len(found["sides"]) == 2


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_beside_itself_gives_nothing(name: str) -> None:
    assert report(name, name)["questions"] == []


@settings(max_examples=12)
@given(
    st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True),
    st.sampled_from([DAY, date(2012, 3, 4), date(2016, 5, 23)]),
)
def test_swapping_the_policies_mirrors_the_report(names: list[str], day: date) -> None:
    forward = report(*((name, day) for name in names))
    back = report(*((name, day) for name in reversed(names)))

    mirrored = [
        {**q, "rows": [{**r, "answers": r["answers"][::-1]} for r in q["rows"]]} for q in forward["questions"]
    ]
    assert mirrored == back["questions"]
    assert forward["sides"][::-1] == back["sides"]


@pytest.mark.parametrize("name", NAMES)
def test_a_claim_in_order_is_a_valid_case_of_every_policy_that_covers_it(name: str) -> None:
    side = Side(PACKS[name], DAY)

    answered = {situation.basis for _, situation in BASES if ask(side, situation)}

    assert answered == set(PACKS[name].bases)


@pytest.mark.parametrize("name", NAMES)
def test_every_basis_has_a_claim_that_the_policy_accepts(name: str) -> None:
    side = Side(PACKS[name], DAY)

    accepted = {s.basis for _, s in BASES if (o := ask(side, s)) and o.outcome == "eligible"}

    assert accepted == set(PACKS[name].bases)


def test_claims_are_tried_on_both_sides_of_every_threshold() -> None:
    labels = {variation.label.en for variation in variations([Side(PACKS[name], DAY) for name in NAMES])}

    expected = {"grade C", "grade C-", "grade C+", "grade B", "content overlap 80 %", "content overlap 79 %"}
    expected |= {"course completed exactly 5 years ago", "course completed 5 years and a day ago"}
    expected |= {"week 2", "week 3", "week 8", "week 9", "40 of 120 credits", "41 of 120 credits"}
    expected |= {"84 of 120 credits", "85 of 120 credits", "lowest learning outcome 49 %", "MPU course"}
    assert expected - labels == set()


def test_no_situation_is_tried_twice_with_a_change() -> None:
    tried = [s for _, _, _, s, usual in situations([Side(PACKS["uthm"], DAY)]) if usual is not None]

    assert len(tried) == len(set(tried))
