"""Values side by side: what differs, under which conditions, and which one is stricter."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauliah.files.packs import installed_packs
from tauliah.files.questions import installed_questions
from tauliah.policy.compare import Difference, Side, below, differing_values, marks, rank_of
from tauliah.transfer.conflict import COLUMNS

PACKS, QUESTIONS = installed_packs(), {q.name: q for q in installed_questions().asked}
DAY = date(2026, 1, 1)


def differences(question: str, *names: str) -> list[Difference]:
    sides = [Side(PACKS[name], DAY) for name in names]
    baselines = [None if name == "mqa" else Side(PACKS["mqa"], DAY) for name in names]
    asked = QUESTIONS[question]
    return [d for a in asked.values for d in differing_values(sides, baselines, asked, a, COLUMNS)]


def told(question: str, *names: str) -> list[tuple[dict[str, tuple[str, ...]], list[object]]]:
    """Conditions (without the basis) and values of each difference."""
    return [
        ({name: values for name, values in d.when if name != "basis"}, [a.value for a in d.answers])
        for d in differences(question, *names)
    ]


def test_the_minimum_grade_differs_by_level_of_study() -> None:
    assert told("minimum_grade", "mqa", "uthm") == [
        ({"study_level": ("undergraduate",)}, ["C", "C+"]),
        ({"study_level": ("postgraduate",)}, ["C", "B+"]),
    ]


def test_a_better_grade_is_stricter_and_asking_more_than_mqa_is_not_lax() -> None:
    found = differences("minimum_grade", "mqa", "uthm")[0]

    assert [(a.mark, a.below_baseline) for a in found.answers] == [("laxer", False), ("stricter", False)]
    assert [a.clauses for a in found.answers] == [("criteria.grade",), ("5(a)(i)",)]


def test_parameters_of_different_names_answer_one_question() -> None:
    (found,) = differences("mobility_limit", "mqa", "uthm")

    assert [(a.parameter, a.value) for a in found.answers] == [
        ("mobility_limit", "1/3"),
        ("external_graded_limit", "50/100"),
    ]
    assert [a.below_baseline for a in found.answers] == [False, True]


def test_residency_is_cut_by_level_where_only_one_policy_does_so() -> None:
    longer = next(
        d for d in differences("residency", "mqa", "uthm") if ("programme_level", ("bachelor",)) in d.when
    )

    assert [(a.value, a.mark, a.below_baseline) for a in longer.answers] == [
        ({"months": 12}, "stricter", False),
        ({"months": 6}, "laxer", True),
    ]


def test_a_semester_and_six_months_differ_without_either_being_stricter() -> None:
    other = next(
        d for d in differences("residency", "mqa", "uthm") if ("programme_level", ("bachelor",)) not in d.when
    )

    assert [a.value for a in other.answers] == [{"semesters": 1}, {"months": 6}]
    assert [a.mark for a in other.answers] == [None, None]


def test_residency_in_months_stands_beside_a_share_of_the_credits() -> None:
    found = differences("residency", "mqa", "unimas")

    assert {a.parameter for d in found for a in d.answers} == {"residency", "awarding_share"}


def test_diploma_to_bachelor_goes_to_30_or_50_percent() -> None:
    assert ({"mqa_accredited": (True,)}, ["30/100", "50/100"]) in told("vertical_limit", "mqa", "uthm")


def test_the_stand_alone_limit_rises_to_70_percent_where_quality_is_verified() -> None:
    assert told("stand_alone_limit", "uthm", "unimas") == [({"all_verified": (True,)}, ["30/100", "70/100"])]


def test_windows_differ_between_the_first_weeks_and_week_8() -> None:
    weeks = [[a.value for a in d.answers] for d in differences("window", "uthm", "utm")]

    assert ["first_weeks", "until_week"] in weeks
    assert [2, 8] in weeks


def test_silence_is_told_where_the_question_says_so() -> None:
    found = differences("window", "mqa", "uthm")

    assert found
    assert {d.answers[0].parameter for d in found} == {None}
    assert {a.mark for d in found for a in d.answers} == {None}


def test_the_path_from_certificate_to_diploma_is_closed_at_uthm() -> None:
    found = told("direction", "mqa", "uthm")

    assert ({"level": ("certificate",), "programme_level": ("diploma",)}, [True, False]) in found


def test_values_before_their_first_day_are_not_there() -> None:
    pack = PACKS["mqa"]
    sides = [Side(pack, date(2016, 5, 22)), Side(pack, date(2016, 5, 23))]
    question = QUESTIONS["direction"]

    found = differing_values(sides, [None, None], question, question.values[0], COLUMNS)

    assert [[a.value for a in d.answers] for d in found] == [[False, True]]
    assert dict(found[0].when)["level"] == ("certificate",)
    assert dict(found[0].when)["programme_level"] == ("diploma",)


@pytest.mark.parametrize("name", sorted(PACKS))
def test_a_policy_does_not_differ_from_itself(name: str) -> None:
    assert [d for question in QUESTIONS for d in differences(question, name, name)] == []


@given(st.sampled_from(sorted(QUESTIONS)), st.lists(st.sampled_from(sorted(PACKS)), min_size=2, max_size=3))
def test_changing_the_order_changes_only_the_order(question: str, names: list[str]) -> None:
    forward, back = differences(question, *names), differences(question, *reversed(names))

    assert [(d.label, d.when, d.answers[::-1]) for d in forward] == [
        (d.label, d.when, d.answers) for d in back
    ]


@given(st.lists(st.none() | st.tuples(st.sampled_from(["a", "b"]), st.fractions(0, 3)), max_size=5))
def test_only_what_compares_is_marked(ranks: list[tuple[str, Fraction] | None]) -> None:
    for own, mark in zip(ranks, marks(ranks), strict=True):
        others = [other for other in ranks if other and own and other[0] == own[0]]
        assert (mark == "stricter") == (own is not None and own == max(others) and own != min(others))
        assert (mark == "laxer") == (own is not None and own == min(others) and own != max(others))


def test_what_is_stricter_goes_by_unit_and_order() -> None:
    assert below(rank_of("C", "grade", "higher"), rank_of("C+", "grade", "higher"))
    assert below(rank_of("50/100", "fraction", "lower"), rank_of("1/3", "fraction", "lower"))
    assert below(rank_of({"months": 6}, "duration", "higher"), rank_of({"months": 12}, "duration", "higher"))
    assert not below(
        rank_of({"months": 6}, "duration", "higher"), rank_of({"semesters": 9}, "duration", "higher")
    )
    assert rank_of("accepted", "acceptance", None) is None


def test_every_condition_of_a_value_has_a_name_for_people() -> None:
    used = {
        column
        for pack in PACKS.values()
        for question in QUESTIONS.values()
        for asked in question.values
        for name in asked.parameters
        if name in pack.parameters
        for _, rows in pack.parameters[name].history
        for row in rows
        for column in row.when
    }

    assert used - set(COLUMNS.fixed) - set(installed_questions().columns) == set()


def test_every_question_asks_for_parameters_that_some_pack_has() -> None:
    known = {name for pack in PACKS.values() for name in pack.parameters}

    assert {n for q in QUESTIONS.values() for a in q.values for n in a.parameters} - known == set()
