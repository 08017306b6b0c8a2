"""From micro-credentials to a qualification, reading by reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauliah.evaluate import evaluate
from tauliah.files.packs import installed_packs
from tauliah.values.case import InvalidCase

PACKS = installed_packs()
OWN = {
    "own_micro_credentials": 120,
    "other_micro_credentials": 0,
    "stand_alone": 0,
    "stand_alone_verified": 0,
    "conventional": 0,
    "mpu": 8,
}
CASE = {
    "kind": "qualification",
    "policy": "unimas",
    "on": "2026-01-10",
    "born": "2000-05-01",
    "route": "standard",
    "programme": {
        "institution": "UNIMAS",
        "level": "bachelor",
        "graduating_credits": 120,
        "mpu_credits": 8,
        "accreditation": "full",
    },
    "meets_entry_requirement": True,
    "exceptional_learner": False,
    "months_with_awarding_institution": 14,
    "credits": OWN,
}


def answer(programme=None, credits=None, **fields):
    case = {**CASE, **fields}
    case["programme"] = {**CASE["programme"], **(programme or {})}
    case["credits"] = {**OWN, **credits} if credits is not None else fields.get("credits", OWN)
    return evaluate(case, PACKS)


def outcomes(found):
    return {check["rule"]: check["outcome"] for check in found["checks"]}


def limits(found):
    return {limit["rule"]: (limit["limit_credits"], limit["accepted_credits"]) for limit in found["limits"]}


def test_all_own_credits_need_no_share_and_no_duration():
    found = answer(months_with_awarding_institution=6)

    assert found["eligible"] is True
    assert list(outcomes(found)) == [
        "programme_accreditation",
        "entry_requirement",
        "graduation_age",
        "credits_complete",
    ]
    assert found["limits"] == []


def test_a_surplus_over_the_limit_is_not_counted():
    """90 from elsewhere and 36 own of 120: 84 and 36 complete the programme."""
    found = answer(credits={"own_micro_credentials": 36, "other_micro_credentials": 90})

    assert found["eligible"] is True
    assert limits(found) == {"consortium_limit": (84, 84)}


@pytest.mark.parametrize(
    ("verified", "unverified", "limit", "counted"),
    [
        (50, 30, 84, 80),
        (60, 30, 84, 84),
        (0, 30, 36, 30),
        (0, 40, 36, 36),
        (10, 60, 84, 46),
        (100, 0, 84, 84),
    ],
)
def test_verified_and_unverified_stand_alone_credits(verified, unverified, limit, counted):
    found = answer(credits={"stand_alone": unverified, "stand_alone_verified": verified})

    assert limits(found) == {"stand_alone_limit": (limit, counted)}


@pytest.mark.parametrize(("own", "outcome"), [(37, "fail"), (37.5, "pass"), (38, "pass")])
def test_a_minimum_share_is_compared_exactly(own, outcome):
    found = answer({"graduating_credits": 125}, {"own_micro_credentials": own, "other_micro_credentials": 87})

    assert outcomes(found)["awarding_share"] == outcome


def test_a_limit_is_rounded_down():
    found = answer({"graduating_credits": 125}, {"other_micro_credentials": 100})

    assert limits(found) == {"consortium_limit": (87, 87)}


@pytest.mark.parametrize(
    ("route", "meets", "outcome"),
    [
        ("apel", False, "pass"),
        ("apel", None, "pass"),
        ("standard", True, "pass"),
        ("standard", False, "fail"),
        ("standard", None, "unknown"),
        (None, True, "pass"),
        (None, False, "unknown"),
    ],
)
def test_entry_requirement(route, meets, outcome):
    assert outcomes(answer(route=route, meets_entry_requirement=meets))["entry_requirement"] == outcome


def test_while_something_is_unknown_and_nothing_fails_the_answer_is_open():
    assert answer(born=None)["eligible"] is None
    assert answer({"accreditation": None}, born=None)["eligible"] is None
    assert answer({"accreditation": "none"}, born=None)["eligible"] is False


AGES = [
    ("certificate", 19, 20),
    ("diploma", 20, 22),
    ("bachelor", 22, 24),
    ("master", 24, 31),
]


@pytest.mark.parametrize(("level", "standard", "apel"), AGES)
def test_every_age_of_table_1_on_both_sides(level, standard, apel):
    for route, age in (("standard", standard), ("apel", apel)):
        for years, outcome in ((age, "pass"), (age - 1, "fail")):
            found = answer({"level": level}, born=f"{2026 - years}-12-31", route=route)
            assert outcomes(found)["graduation_age"] == outcome
            (check,) = (c for c in found["checks"] if c["rule"] == "graduation_age")
            assert (check["found"], check["required"]) == (years, age)
            assert f"Table 1-{level}-{route}" in check["clauses"]


@pytest.mark.parametrize("level", ["advanced_diploma", "doctorate"])
def test_a_level_without_a_row_in_table_1(level):
    assert outcomes(answer({"level": level}))["graduation_age"] == "unknown"
    assert outcomes(answer({"level": level}, exceptional_learner=True))["graduation_age"] == "pass"


@pytest.mark.parametrize(
    ("exceptional", "born", "outcome"),
    [
        (None, "2007-01-01", "unknown"),
        (False, "2007-01-01", "fail"),
        (True, "2007-01-01", "pass"),
        (None, "2000-01-01", "pass"),
        (True, None, "pass"),
        (False, None, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_an_exceptional_learner_may_be_younger(exceptional, born, outcome):
    assert outcomes(answer(exceptional_learner=exceptional, born=born))["graduation_age"] == outcome


def test_apel_m_asks_the_age_of_its_own_row_and_knows_no_exception():
    twenty_three = answer(born="2003-05-01", exceptional_learner=True)

    assert outcomes(twenty_three)["graduation_age"] == "pass"
    assert twenty_three["apel_m"]["eligible"] is False
    assert [c["outcome"] for c in twenty_three["apel_m"]["checks"]] == ["pass", "fail"]


@pytest.mark.parametrize(
    ("own", "other", "mpu", "eligible"),
    [
        (68, 0, 8, True),
        (67, 0, 8, False),
        (34, 34, 8, True),
        (None, 68, 8, True),
        (68, 0, None, None),
        (50, 0, None, False),
    ],
)
def test_apel_m_counts_micro_credentials_without_mpu(own, other, mpu, eligible):
    earned = {"own_micro_credentials": own, "other_micro_credentials": other, "conventional": 60, "mpu": mpu}

    assert answer(credits=earned)["apel_m"]["eligible"] is eligible


@pytest.mark.parametrize(
    ("own", "other", "advised"),
    [
        (36, 0, True),
        (35, 0, False),
        (35, 48, False),
        (35, 49, True),
        (0, 84, True),
        (0, 83, False),
        (None, 84, True),
    ],
)
def test_advice_at_30_percent_of_own_and_70_percent_of_all_micro_credentials(own, other, advised):
    earned = {"own_micro_credentials": own, "other_micro_credentials": other, "conventional": 60}
    found = answer(meets_entry_requirement=False, credits=earned)

    assert found["advice"] == (["apel_a_or_m"] if advised else [])


@pytest.mark.parametrize(
    "fields",
    [
        {"meets_entry_requirement": True},
        {"meets_entry_requirement": None},
        {"route": "apel", "meets_entry_requirement": False},
    ],
)
def test_no_advice_for_those_who_have_entry(fields):
    assert answer(**fields)["advice"] == []


@pytest.mark.parametrize(
    ("mpu", "needed", "outcome"),
    [(7, 8, "fail"), (8, 8, "pass"), (None, 8, "unknown"), (8, None, "unknown"), (None, 0, "pass")],
)
def test_mpu_credits_must_be_there(mpu, needed, outcome):
    assert outcomes(answer({"mpu_credits": needed}, {"mpu": mpu}))["credits_complete"] == outcome


def test_unknown_credits_leave_open_what_they_could_change():
    found = answer(credits={"own_micro_credentials": 20, "other_micro_credentials": None})
    assert outcomes(found)["credits_complete"] == "fail"  # 84 more at the most

    found = answer(credits={"own_micro_credentials": 40, "other_micro_credentials": None})
    assert outcomes(found)["credits_complete"] == "unknown"
    assert outcomes(found)["awarding_share"] == "pass"

    found = answer(
        credits={"own_micro_credentials": 30, "other_micro_credentials": None},
        months_with_awarding_institution=3,
    )
    assert outcomes(found)["awarding_share"] == "unknown"
    assert outcomes(found)["awarding_duration"] == "unknown"


def test_without_any_credits_given_the_answer_is_open():
    found = evaluate({**CASE, "credits": None}, PACKS)

    assert outcomes(found)["credits_complete"] == "unknown"
    assert found["eligible"] is None
    assert found["apel_m"]["eligible"] is None
    assert found["advice"] == []


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"programme": {"level": "foundation"}}, "programme.level"),
        ({"programme": {"accreditation": "partial"}}, "programme.accreditation"),
        ({"programme": {"graduating_credits": None}}, "programme.graduating_credits"),
        ({"born": "2026-01-11"}, "born"),
        ({"on": None}, "on"),
        ({"on": "2026-02-30"}, "on"),
        ({"route": "back door"}, "route"),
        ({"credits": {"mpu": 121}}, "credits.mpu"),
        ({"credits": {"stand_alone": -1}}, "credits.stand_alone"),
        ({"months_with_awarding_institution": -1}, "months_with_awarding_institution"),
    ],
)
def test_what_cannot_be_is_named_at_its_field(fields, where):
    with pytest.raises(InvalidCase) as error:
        answer(**fields)

    assert error.value.where == where


def test_a_day_before_the_first_version_is_answered_by_it_and_said():
    found = answer(on="2019-01-10")

    assert found["policy_version"] == "2025-01-01"
    assert "on" in [notice["where"] for notice in found["notices"]]


amount = st.none() | st.sampled_from([0, 7, 8, 35, 36, 37, 60, 84, 85, 120])
earned = st.fixed_dictionaries(
    {name: amount for name in OWN if name != "mpu"} | {"mpu": st.sampled_from([None, 0])}
)


@given(earned, st.none() | st.booleans(), st.none() | st.sampled_from(["2003-01-01", "2007-01-01"]))
def test_no_failure_becomes_a_pass_by_taking_information_away(credits, exceptional, born):
    before = outcomes(answer(credits=credits, exceptional_learner=exceptional, born=born))
    for poorer in (
        *({"credits": {**credits, name: None}} for name in credits),
        {"credits": credits, "exceptional_learner": None},
        {"credits": credits, "born": None},
    ):
        after = outcomes(answer(**{"exceptional_learner": exceptional, "born": born, **poorer}))
        for name, outcome in before.items():
            assert not (outcome == "fail" and after.get(name) != "fail" and after.get(name) != "unknown"), (
                name
            )
            assert not (outcome == "unknown" and after.get(name) != "unknown"), name


def test_every_text_is_there_in_both_languages_with_clauses():
    poor = answer(
        {"accreditation": "none"},
        {"own_micro_credentials": 36, "other_micro_credentials": 90, "stand_alone": 60},
        meets_entry_requirement=False,
        born="2007-01-01",
    )
    entries = [*poor["checks"], *poor["limits"], *poor["apel_m"]["checks"], *poor["advice_reasons"]]

    assert len(entries) >= 11
    for entry in entries:
        assert entry["clauses"], entry
        assert set(entry["clauses"]) <= set(PACKS["unimas"].clauses)
        assert entry["message"]["ms"] != entry["message"]["en"]
