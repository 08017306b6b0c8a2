"""The quality of a MOOC, check by check and reading by reading."""

from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauliah.courses.mooc_quality import Ratings
from tauliah.evaluate import evaluate
from tauliah.files.packs import installed_packs
from tauliah.values.case import InvalidCase
from tauliah.values.vocabulary import WORDS

PACKS = installed_packs()
TOPIC = {"outcomes": 1, "activities": 2, "resources": 1}
VIDEO = {"minutes": 160, "original_minutes": 130, "presenter_appears": True, "weeks": 5}
READY = {
    "kind": "mooc_quality",
    "policy": "utm",
    "ratings": dict.fromkeys(WORDS["indicator"], 4),
    "topics": [TOPIC] * 5,
    "learning_outcomes": [{"assessments": 1}] * 4,
    "assessment_percents": [40, 20, 40],
    "video": VIDEO,
    "creative_commons": True,
    "disclaimer": True,
}


def answer(packs=PACKS, **fields):
    return evaluate({**READY, **fields}, packs)


def outcomes(found):
    return {check["rule"]: check["outcome"] for check in found["checks"]}


def outcome_of(check, **fields):
    return outcomes(answer(**fields))[check]


def test_the_fields_are_the_indicators_of_the_vocabulary():
    assert tuple(Ratings.model_fields) == WORDS["indicator"]


def test_a_mooc_is_ready_when_everything_passes():
    found = answer()

    assert set(outcomes(found).values()) == {"pass"}
    assert found["ready"] is True
    assert found["mean_rating"] == 4.0


def test_ready_is_open_while_something_is_unknown_and_false_once_something_fails():
    assert answer(disclaimer=None)["ready"] is None
    assert answer(disclaimer=None, topics=[TOPIC])["ready"] is False


def test_there_is_no_mark_to_pass_unless_a_pack_sets_one():
    lowest = dict.fromkeys(WORDS["indicator"], 1)
    assert answer(ratings=lowest)["ready"] is True

    utm = PACKS["utm"]
    stated = utm.parameters["least_mean_rating"]
    day, (row,) = stated.history[0]
    stricter = replace(stated, history=((day, (replace(row, value="2.5"),)),))
    packs = {"utm": replace(utm, parameters={**utm.parameters, "least_mean_rating": stricter})}
    assert outcomes(answer(packs, ratings=lowest))["ratings"] == "fail"
    assert outcomes(answer(packs, ratings={**lowest, "copyright": None}))["ratings"] == "unknown"
    assert outcomes(answer(packs))["ratings"] == "pass"


@pytest.mark.parametrize(
    ("ratings", "mean"),
    [
        ({}, None),
        (None, None),
        ({"activities": 3}, 3.0),
        ({"activities": 3, "copyright": None, "assessment": 4}, 3.5),
        ({"activities": 1, "copyright": 1, "assessment": 3}, 1.67),
        (dict(zip(WORDS["indicator"], [1] * 7 + [2], strict=False)), 1.13),  # 1.125
    ],
)
def test_the_mean_is_of_the_ratings_given(ratings, mean):
    found = answer(ratings=ratings)

    assert found["mean_rating"] == mean
    assert outcomes(found)["ratings"] == "unknown"


@pytest.mark.parametrize(
    ("minutes", "weeks", "outcome"),
    [
        (160, 4, "fail"),
        (149, 5, "fail"),
        (150, 5, "pass"),
        (150, 10, "pass"),
        (None, 5, "unknown"),
        (None, 4, "fail"),
        (149, None, "fail"),
        (150, None, "unknown"),
    ],
)
def test_video_length_asks_150_minutes_and_5_weeks_and_no_more(minutes, weeks, outcome):
    video = {**VIDEO, "minutes": minutes, "weeks": weeks, "original_minutes": None}

    assert outcome_of("video_length", video=video) == outcome


@pytest.mark.parametrize(
    ("total", "original", "outcome"),
    [
        (150, 105, "pass"),
        (150, Decimal("104.99"), "fail"),
        (0, 0, "fail"),
        (0, None, "fail"),
        (None, 90, "unknown"),
        (150, None, "unknown"),
    ],
)
def test_video_original(total, original, outcome):
    video = {**VIDEO, "minutes": total, "original_minutes": original}

    assert outcome_of("video_original", video=video) == outcome


@pytest.mark.parametrize(
    ("logo", "disclaimer", "outcome"),
    [(False, None, "fail"), (None, False, "fail"), (True, None, "unknown"), (True, True, "pass")],
)
def test_copyright_fails_with_one_part_missing_whatever_the_other(logo, disclaimer, outcome):
    assert outcome_of("copyright", creative_commons=logo, disclaimer=disclaimer) == outcome


@pytest.mark.parametrize(
    ("count", "outcome"), [(1, "fail"), (2, "pass"), (7, "pass"), (8, "fail"), (None, "unknown")]
)
def test_learning_outcomes_are_2_to_7(count, outcome):
    listed = None if count is None else [{"assessments": 1}] * count

    assert outcome_of("learning_outcomes", learning_outcomes=listed) == outcome


@pytest.mark.parametrize(
    ("field", "check", "least"),
    [
        ("outcomes", "topic_outcomes", 1),
        ("activities", "topic_activities", 2),
        ("resources", "topic_resources", 1),
    ],
)
def test_every_topic_has_enough(field, check, least):
    for amount, outcome in ((least, "pass"), (least - 1, "fail"), (None, "unknown")):
        assert outcome_of(check, topics=[*READY["topics"], {**TOPIC, field: amount}]) == outcome
    both = [{**TOPIC, field: None}, {**TOPIC, field: least - 1}]
    assert outcome_of(check, topics=both) == "fail"
    assert outcome_of(check, topics=None) == "unknown"


@pytest.mark.parametrize(
    ("percents", "outcome"),
    [
        ([Decimal("33.4"), Decimal("33.3"), Decimal("33.3")], "pass"),
        ([50, None], "unknown"),
        ([60, 60, None], "fail"),
        ([], "fail"),
        (None, "unknown"),
    ],
)
def test_percentages_are_added_exactly(percents, outcome):
    assert outcome_of("assessment_total", assessment_percents=percents) == outcome


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"ratings": {"activities": 0}}, "ratings.activities"),
        ({"ratings": {"activities": 5}}, "ratings.activities"),
        ({"ratings": {"activities": Decimal("3.5")}}, "ratings.activities"),
        ({"ratings": {"activities": "good"}}, "ratings.activities"),
        ({"ratings": {"colours": 3}}, "ratings.colours"),
        ({"video": {**VIDEO, "original_minutes": 161}}, "video.original_minutes"),
        ({"video": {**VIDEO, "weeks": -1}}, "video.weeks"),
        ({"topics": [{**TOPIC, "activities": -2}]}, "topics[0].activities"),
        ({"assessment_percents": [101]}, "assessment_percents[0]"),
    ],
)
def test_what_cannot_be_is_named_at_its_field(fields, where):
    with pytest.raises(InvalidCase) as error:
        answer(**fields)

    assert error.value.where == where


def test_every_check_cites_clauses_and_speaks_two_languages():
    poor = {"kind": "mooc_quality", "policy": "utm", "video": {}}
    bad = {
        **READY,
        "topics": [{"outcomes": 0, "activities": 0, "resources": 0}],
        "video": {**VIDEO, "minutes": 0, "original_minutes": 0, "presenter_appears": False},
        "learning_outcomes": [],
        "assessment_percents": [1],
        "disclaimer": False,
    }
    for case in (poor, READY, bad):
        for check in evaluate(case, PACKS)["checks"]:
            assert check["clauses"], check["rule"]
            assert set(check["clauses"]) <= set(PACKS["utm"].clauses)
            assert check["message"]["ms"] != check["message"]["en"]


maybe = lambda strategy: st.none() | strategy  # noqa: E731
topic = st.fixed_dictionaries({name: maybe(st.integers(0, 3)) for name in TOPIC})
qualities = st.fixed_dictionaries(
    {
        "ratings": maybe(
            st.fixed_dictionaries({name: maybe(st.integers(1, 4)) for name in WORDS["indicator"]})
        ),
        "topics": maybe(st.lists(topic, max_size=6)),
        "learning_outcomes": maybe(
            st.lists(st.fixed_dictionaries({"assessments": maybe(st.integers(0, 2))}), max_size=8)
        ),
        "assessment_percents": maybe(st.lists(maybe(st.sampled_from([20, 40, 60, 100])), max_size=4)),
        "video": maybe(
            st.fixed_dictionaries(
                {
                    "minutes": maybe(st.sampled_from([150, 149, 200])),
                    "original_minutes": maybe(st.sampled_from([0, 104, 105, 140])),
                    "presenter_appears": maybe(st.booleans()),
                    "weeks": maybe(st.sampled_from([4, 5])),
                }
            )
        ),
        "creative_commons": maybe(st.booleans()),
        "disclaimer": maybe(st.booleans()),
    }
)


def without_one_thing(case):
    """The case with one known thing made unknown, for each thing there is."""
    for key, value in case.items():
        if value is not None:
            yield {**case, key: None}
        for name in (
            range(len(value)) if isinstance(value, list) else value if isinstance(value, dict) else ()
        ):
            if isinstance(value[name], dict):
                for inner in value[name]:
                    poorer = deepcopy(case)
                    poorer[key][name][inner] = None
                    yield poorer
            elif isinstance(value, dict) or key == "assessment_percents":
                poorer = deepcopy(case)
                poorer[key][name] = None
                yield poorer


@given(qualities)
def test_no_failure_becomes_a_pass_by_taking_information_away(case):
    full = {"kind": "mooc_quality", "policy": "utm", **case}
    before = outcomes(evaluate(full, PACKS))
    for poorer in without_one_thing(case):
        after = outcomes(evaluate({**full, **poorer}, PACKS))
        for name, outcome in before.items():
            assert after[name] in {outcome, "unknown"}, name
