"""Days as numbers, and spans of years by the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauliah.values.day import from_number, months_after, to_number, years_before

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def anniversary(day: date, years: int) -> date:
    """The same day some years later; 28 February for a 29 February without a counterpart."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)


@given(DAYS)
def test_a_day_and_its_number_are_one(day):
    assert from_number(to_number(day)) == day


def test_days_are_counted_from_1970():
    assert to_number(date(1970, 1, 2)) == 1


@given(DAYS, st.integers(0, 8))
def test_the_span_begins_on_the_first_day_whose_anniversary_is_not_past(day, years):
    first = from_number(years_before(to_number(day), years))

    assert anniversary(first, years) >= day
    assert anniversary(first - timedelta(days=1), years) < day


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ("2025-09-15", "2020-09-15"),
        ("2025-02-28", "2020-02-28"),
        ("2025-03-01", "2020-03-01"),
        ("2024-02-29", "2019-03-01"),
        ("2024-02-28", "2019-02-28"),
    ],
)
def test_five_years_before_a_day(day, first):
    assert years_before(to_number(date.fromisoformat(day)), 5) == to_number(date.fromisoformat(first))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-01-15", 1, "2026-02-15"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-01-15", 0, "2026-01-15"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_a_month_ends_with_its_last_day(day, months, then):
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(then)


@given(DAYS, st.integers(0, 600))
def test_months_add_up_but_for_the_end_of_a_month(day, months):
    then = months_after(day, months)

    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day == day.day or (then + timedelta(days=1)).day == 1
