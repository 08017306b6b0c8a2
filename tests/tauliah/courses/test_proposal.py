"""Completeness of a proposal, check by check and reading by reading."""

from copy import deepcopy
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauliah.evaluate import evaluate
from tauliah.files.packs import installed_packs
from tauliah.values.case import InvalidCase
from tauliah.values.vocabulary import WORDS

PACKS = installed_packs()
CHECKS = [
    "sections",
    "market_survey",
    "delivery_mode",
    "title",
    "origin_level",
    "assessment_total",
    "continuous_and_final",
    "outcomes_assessed",
    "unit_assessment",
]
SHARED = [
    "justification",
    "entry_requirement",
    "synopsis",
    "lecturers",
    "learning_outcomes",
    "study_session",
    "offer_period",
    "course_level",
    "learner_commitment",
    "assessment_method",
    "promotion",
    "continuous_improvement",
    "fee",
]
COMPLETE = {
    "kind": "proposal",
    "policy": "unimas",
    "origin": "accredited_course",
    "delivery": "blended",
    "online_share": Decimal("0.5"),
    "conventional_origin": True,
    "mpu": False,
    "level": "bachelor",
    "title": "Micro-Credential in IoT Fundamentals",
    "sections": ["original_course", *SHARED, "curriculum_structure"],
    "learning_outcomes": ["CLO1", "CLO2"],
    "assessments": [
        {"type": "continuous", "percent": 40, "outcomes": ["CLO1"]},
        {"type": "final", "percent": 60, "outcomes": ["CLO2"]},
    ],
    "units": 5,
    "units_with_assessment": 5,
}
STAND_ALONE = {
    **COMPLETE,
    "origin": "stand_alone",
    "sections": ["market_survey", *SHARED, "course_content"],
    "market_survey_respondents": 30,
}


def answer(base=COMPLETE, **fields):
    return evaluate({**base, **fields}, PACKS)


def outcomes(found):
    return {check["rule"]: check["outcome"] for check in found["checks"]}


def test_a_complete_accredited_proposal_has_no_market_survey_and_no_modules():
    found = answer()

    assert outcomes(found) == {name: "pass" for name in CHECKS if name != "market_survey"}
    assert found["complete"] is True
    assert found["missing_sections"] == []


def test_a_complete_stand_alone_proposal():
    found = answer(STAND_ALONE)

    assert outcomes(found) == dict.fromkeys(CHECKS, "pass")
    assert found["complete"] is True


@pytest.mark.parametrize(
    "missing",
    [
        "origin",
        "delivery",
        "online_share",
        "conventional_origin",
        "level",
        "title",
        "sections",
        "units",
        "assessments",
    ],
)
def test_a_proposal_with_something_unknown_is_not_complete(missing):
    found = answer(**{missing: None})

    assert found["complete"] is False
    assert "unknown" in outcomes(found).values()
    assert "fail" not in outcomes(found).values()


def test_missing_sections_stand_in_the_guidelines_order():
    found = answer(sections=["synopsis"])

    assert found["missing_sections"][0] == "original_course"
    assert found["missing_sections"][-1] == "fee"
    assert found["missing_sections"] == [s for s in WORDS["section"] if s in found["missing_sections"]]
    assert len(found["missing_sections"]) == 14


def test_a_stand_alone_proposal_needs_its_own_two_sections():
    found = answer(STAND_ALONE, sections=SHARED)

    assert found["missing_sections"] == ["market_survey", "course_content"]
    assert "2.1-form-table-4-samc" in found["checks"][0]["clauses"]


def test_missing_sections_are_not_known_without_the_list():
    assert answer(sections=None)["missing_sections"] is None


def test_sections_without_an_origin_wait_unless_all_are_there():
    every_one = [*WORDS["section"]]

    assert outcomes(answer(origin=None, sections=SHARED))["sections"] == "unknown"
    assert outcomes(answer(origin=None, sections=every_one))["sections"] == "pass"
    assert outcomes(answer(origin=None, sections=SHARED[1:]))["sections"] == "fail"


@pytest.mark.parametrize(
    ("origin", "respondents", "outcome"),
    [
        ("stand_alone", 29, "fail"),
        ("stand_alone", 30, "pass"),
        ("stand_alone", None, "unknown"),
        (None, 29, "unknown"),
        (None, 30, "pass"),
        ("accredited_course", 3, None),
    ],
)
def test_market_survey(origin, respondents, outcome):
    found = answer(STAND_ALONE, origin=origin, market_survey_respondents=respondents)

    assert outcomes(found).get("market_survey") == outcome


@pytest.mark.parametrize(
    ("delivery", "share", "conventional", "mpu", "outcome"),
    [
        ("blended", "0.3", True, False, "pass"),
        ("blended", "0.79", True, False, "pass"),
        ("blended", "0.7901", True, False, "fail"),
        ("blended", "0.2999", True, False, "fail"),
        ("blended", "0.9", True, True, "pass"),
        ("blended", "0.9", True, None, "unknown"),
        ("blended", "0.5", True, None, "pass"),
        ("blended", "0.1", True, None, "fail"),
        ("blended", None, True, False, "unknown"),
        ("blended", "0.1", False, False, "pass"),
        ("blended", None, False, False, "pass"),
        ("blended", "0.5", None, False, "unknown"),
        ("odl", None, True, False, "fail"),
        ("odl", None, True, True, "pass"),
        ("odl", None, True, None, "unknown"),
        ("odl", None, False, None, "pass"),
        ("odl", None, None, True, "pass"),
        ("odl", None, None, False, "unknown"),
        ("conventional", None, None, None, "pass"),
        (None, "0.5", True, False, "unknown"),
    ],
)
def test_delivery_mode(delivery, share, conventional, mpu, outcome):
    online = None if share is None else Decimal(share)
    found = answer(delivery=delivery, online_share=online, conventional_origin=conventional, mpu=mpu)

    assert outcomes(found)["delivery_mode"] == outcome


@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        ("Micro-Credential in IoT", "pass"),
        ("micro-credential  in IoT", "pass"),
        ("Micro-Credential Certification in IoT", "pass"),
        ("Micro-Award in IoT", "pass"),
        ("Micro-Certification in IoT", "pass"),
        ("IoT Fundamentals", "fail"),
        ("Micro-Credential in", "fail"),
        ("Diploma in IoT", "fail"),
        ("", "fail"),
        (None, "unknown"),
    ],
)
def test_title(title, outcome):
    assert outcomes(answer(title=title))["title"] == outcome


@pytest.mark.parametrize("level", WORDS["level"])
def test_every_level_but_foundation_may_be_the_origin(level):
    assert outcomes(answer(level=level))["origin_level"] == ("fail" if level == "foundation" else "pass")


@pytest.mark.parametrize(
    ("percents", "outcome"),
    [
        (["33.4", "33.3", "33.3"], "pass"),
        (["50", "49.99"], "fail"),
        (["50", None], "unknown"),
        (["60", "60", None], "fail"),
        ([], "fail"),
    ],
)
def test_assessment_total(percents, outcome):
    listed = [{"percent": None if p is None else Decimal(p)} for p in percents]

    assert outcomes(answer(assessments=listed))["assessment_total"] == outcome


@pytest.mark.parametrize(
    ("types", "outcome"),
    [
        (["continuous", "final"], "pass"),
        (["continuous", "continuous"], "fail"),
        (["final"], "fail"),
        (["final", None], "unknown"),
        (["continuous", "final", None], "pass"),
    ],
)
def test_continuous_and_final(types, outcome):
    found = answer(assessments=[{"type": one} for one in types])

    assert outcomes(found)["continuous_and_final"] == outcome


@pytest.mark.parametrize(
    ("assessed", "outcome"),
    [
        ([["CLO1", "CLO2"]], "pass"),
        ([["CLO1"]], "fail"),
        ([["CLO1"], None], "unknown"),
        ([["CLO1", "CLO2"], None], "unknown"),
        ([["CLO1", "CLO2", "CLO3"]], "fail"),
        ([["CLO3"], None], "fail"),
    ],
)
def test_outcomes_assessed(assessed, outcome):
    found = answer(assessments=[{"outcomes": one} for one in assessed])

    assert outcomes(found)["outcomes_assessed"] == outcome


@pytest.mark.parametrize(("having", "outcome"), [(4, "fail"), (5, "pass"), (None, "unknown")])
def test_unit_assessment(having, outcome):
    assert outcomes(answer(units_with_assessment=having))["unit_assessment"] == outcome


UMPSA = {
    "kind": "proposal",
    "policy": "umpsa",
    "learning_outcomes": ["CLO1", "CLO2", "CLO3"],
    "course_type": "mooc",
    "modules": [{"outcomes": ["CLO1"]}, {"outcomes": ["CLO2"]}, {"outcomes": ["CLO3"]}],
}


def built_on(*listed):
    return [{"outcomes": outcomes} for outcomes in listed]


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({}, "pass"),
        ({"learning_outcomes": ["CLO1", "CLO2", "CLO3", "CLO4"]}, "pass"),
        ({"modules": built_on(["CLO1"], ["CLO1"], ["CLO2"])}, "pass"),
        ({"modules": built_on(["CLO1"], ["CLO2"])}, "fail"),
        ({"modules": built_on(["CLO1"], ["CLO2"]), "course_type": "micro_credential"}, "pass"),
        ({"modules": built_on(["CLO1"], ["CLO2"]), "course_type": None}, "unknown"),
        ({"course_type": None}, "pass"),
        ({"modules": built_on(["CLO1"], ["CLO2"], ["CLO9"])}, "fail"),
        ({"modules": built_on(["CLO1"], ["CLO2"], [])}, "fail"),
        ({"modules": built_on(["CLO1"], ["CLO2"], None)}, "unknown"),
        ({"modules": built_on(["CLO1", "CLO2"], ["CLO2"], None)}, "fail"),
        ({"learning_outcomes": None}, "unknown"),
        ({"modules": None}, "unknown"),
    ],
)
def test_modules_are_all_that_umpsa_asks(fields, outcome):
    found = answer(UMPSA, **fields)

    assert outcomes(found) == {"modules": outcome}
    assert found["complete"] is (outcome == "pass")


@pytest.mark.parametrize(
    ("modules", "clauses"),
    [
        (built_on(["CLO1"], ["CLO2"]), ["4.1-modules"]),
        (
            built_on(["CLO1"], ["CLO9"]),
            ["4.1-one-outcome", "4.1-from-outcomes", "4.1-state-outcome", "4.1-modules"],
        ),
        (
            built_on(["CLO1"], None),
            ["4.1-one-outcome", "4.1-from-outcomes", "4.1-state-outcome", "4.1-modules"],
        ),
    ],
)
def test_too_few_modules_rest_on_the_clause_of_their_number_alone(modules, clauses):
    """The guideline suggests the number, and demands one outcome of each module."""
    assert answer(UMPSA, modules=modules)["checks"][0]["clauses"] == clauses


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"units": 4, "units_with_assessment": 5}, "units_with_assessment"),
        ({"sections": ["fee", "colour"]}, "sections[1]"),
        ({"assessments": [{"percent": 101}]}, "assessments[0].percent"),
        ({"assessments": [{"type": "oral"}]}, "assessments[0].type"),
        ({"market_survey_respondents": -1}, "market_survey_respondents"),
        ({"online_share": Decimal("1.01")}, "online_share"),
        ({"origin": "workshop"}, "origin"),
    ],
)
def test_what_cannot_be_is_named_at_its_field(fields, where):
    with pytest.raises(InvalidCase) as error:
        answer(**fields)

    assert error.value.where == where


def test_every_check_has_words_in_both_languages_and_clauses():
    for found in (
        answer(),
        answer(STAND_ALONE),
        answer(sections=[], title="x"),
        answer({**UMPSA, "modules": None}),
    ):
        for check in found["checks"]:
            assert check["clauses"], check["rule"]
            assert check["message"]["ms"] != check["message"]["en"]
            assert "{" not in check["message"]["ms"]
            assert set(check["clauses"]) <= set(PACKS[found["policy"]].clauses)


names = st.sampled_from(["CLO1", "CLO2", "CLO3"])
maybe = lambda strategy: st.none() | strategy  # noqa: E731
proposals = st.fixed_dictionaries(
    {
        "origin": maybe(st.sampled_from(WORDS["course_origin"])),
        "delivery": maybe(st.sampled_from(WORDS["delivery"])),
        "online_share": maybe(st.sampled_from([Decimal(x) / 100 for x in (0, 29, 30, 79, 80, 100)])),
        "conventional_origin": maybe(st.booleans()),
        "mpu": maybe(st.booleans()),
        "level": maybe(st.sampled_from(WORDS["level"])),
        "title": maybe(st.sampled_from(["Micro-Credential in IoT", "Diploma in IoT"])),
        "sections": maybe(st.just(list(WORDS["section"])) | st.lists(st.sampled_from(WORDS["section"]))),
        "market_survey_respondents": maybe(st.sampled_from([29, 30])),
        "learning_outcomes": maybe(st.lists(names, unique=True)),
        "modules": maybe(
            st.lists(st.fixed_dictionaries({"outcomes": maybe(st.lists(names, max_size=2))}), max_size=4)
        ),
        "assessments": maybe(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "type": maybe(st.sampled_from(WORDS["assessment_type"])),
                        "percent": maybe(st.sampled_from([40, 50, 60, 100])),
                        "outcomes": maybe(st.lists(names, max_size=3)),
                    }
                ),
                max_size=3,
            )
        ),
        "units": maybe(st.just(3)),
        "units_with_assessment": maybe(st.sampled_from([2, 3])),
        "course_type": maybe(st.sampled_from(WORDS["course_type"])),
    }
)


def without_one_thing(case):
    """The case with one known thing made unknown, for each thing there is."""
    for key, value in case.items():
        if value is not None:
            yield {**case, key: None}
        if key in ("modules", "assessments"):
            for i, part in enumerate(value or ()):
                for name in part:
                    poorer = deepcopy(case)
                    poorer[key][i][name] = None
                    yield poorer


@given(proposals, st.sampled_from(["unimas", "umpsa"]))
def test_no_failure_becomes_a_pass_by_taking_information_away(case, policy):
    full = {"kind": "proposal", "policy": policy, **case}
    before = outcomes(answer(full))
    for poorer in without_one_thing(case):
        after = outcomes(answer({**full, **poorer}))
        for name, outcome in before.items():
            assert not (outcome == "fail" and after.get(name) == "pass"), name
            assert not (outcome == "fail" and name not in after), name
            assert not (outcome == "unknown" and after.get(name, "unknown") != "unknown"), name
