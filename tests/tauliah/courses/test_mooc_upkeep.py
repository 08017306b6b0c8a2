"""What is due where a MOOC is not maintained."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauliah.evaluate import evaluate
from tauliah.files.packs import installed_packs
from tauliah.values.case import InvalidCase

PACKS = installed_packs()


def answer(on, last, warned=None, packs=PACKS):
    case = {"kind": "mooc_upkeep", "policy": "utm", "on": on, "last_maintained_on": last, "warned_on": warned}
    return evaluate(case, packs)


def action(on, last, warned=None, packs=PACKS):
    return answer(on, last, warned, packs)["action"]


@pytest.mark.parametrize(
    ("on", "last", "warned", "due"),
    [
        ("2025-06-15", "2023-06-15", None, "none"),
        ("2025-06-16", "2023-06-15", None, "warn"),
        ("2026-02-28", "2024-02-29", None, "none"),
        ("2026-03-01", "2024-02-29", None, "warn"),
        ("2025-07-01", "2023-06-15", "2025-07-01", "none"),
        ("2025-07-02", "2023-06-15", "2025-07-01", "close"),
        ("2025-06-10", "2023-06-15", "2025-01-01", "none"),
        ("2025-06-16", "2023-06-15", "2025-01-01", "close"),
        ("2028-01-01", "2025-08-01", "2025-07-01", "warn"),
        ("2028-01-01", "2025-08-01", "2025-08-01", "warn"),
        ("2026-01-01", "2025-08-01", "2025-07-01", "none"),
        ("2026-01-01", None, None, None),
        ("2026-01-01", None, "2025-01-01", None),
    ],
)
def test_what_is_due(on, last, warned, due):
    assert action(on, last, warned) == due


def test_nothing_is_said_to_be_due_while_the_last_maintenance_is_not_known():
    found = answer("2026-01-01", None)

    assert found["due_after"] is None
    assert "last_maintained_on" in [notice["where"] for notice in found["notices"]]


@pytest.mark.parametrize(
    ("last", "warned", "where"),
    [
        ("2026-01-02", None, "last_maintained_on"),
        ("2023-01-01", "2026-01-02", "warned_on"),
        ("2023-11-31", None, "last_maintained_on"),
        ("yesterday", None, "last_maintained_on"),
    ],
)
def test_nothing_is_later_than_the_day_asked_about(last, warned, where):
    with pytest.raises(InvalidCase) as error:
        action("2026-01-01", last, warned)

    assert error.value.where == where


def test_the_day_asked_about_is_named_on():
    with pytest.raises(InvalidCase) as error:
        action(None, "2023-01-01")

    assert error.value.where == "on"


def test_a_pack_may_give_days_of_grace():
    utm = PACKS["utm"]
    stated = utm.parameters["upkeep_grace_days"]
    day, (row,) = stated.history[0]
    thirty = replace(stated, history=((day, (replace(row, value=30),)),))
    packs = {"utm": replace(utm, parameters={**utm.parameters, "upkeep_grace_days": thirty})}

    assert action("2025-07-31", "2023-06-15", "2025-07-01", packs) == "none"
    assert action("2025-08-01", "2023-06-15", "2025-07-01", packs) == "close"


def test_the_answer_cites_the_two_years_and_says_when_they_end():
    found = answer("2025-06-16", "2023-06-15")

    assert found["due_after"] == "2025-06-15"
    assert "3.3.2.2" in found["clauses"]
    assert "15 Jun 2025" in found["message"]["ms"]
    assert "15 June 2025" in found["message"]["en"]


STERNNESS = ["none", "warn"]
days = st.dates(date(2018, 1, 1), date(2030, 12, 31))


@given(days, st.integers(0, 3000))
def test_without_a_warning_what_is_due_only_grows_with_time(last, wait):
    on = last + timedelta(days=wait)
    now, later = (STERNNESS.index(action(str(day), str(last))) for day in (on, on + timedelta(days=1)))

    assert now <= later


@given(days, st.integers(0, 3000), st.integers(0, 3000))
def test_nothing_is_closed_without_a_warning_after_the_maintenance(last, wait, back):
    on = last + timedelta(days=wait)
    warned = on - timedelta(days=back)

    if action(str(on), str(last), str(warned)) == "close":
        assert last < warned < on
