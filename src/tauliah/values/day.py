"""Calendar days as integers, and spans of years and months by the calendar."""

from calendar import monthrange
from datetime import date, timedelta

EPOCH = date(1970, 1, 1)
FIRST_YEAR, LAST_YEAR = 1900, 2200


def to_number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - EPOCH).days


def from_number(number: int) -> date:
    """The day that `number` days after 1 January 1970 is."""
    return EPOCH + timedelta(days=number)


def years_before(number: int, years: int) -> int:
    """The earliest day whose `years`-th anniversary is not before the day `number`.

    A 29 February has its anniversary on 28 February in a common year (reading.md, General), so
    seen from a 29 February without a counterpart the span begins on 1 March.
    """
    day = from_number(number)
    try:
        return to_number(day.replace(year=day.year - years))
    except ValueError:
        return to_number(date(day.year - years, 3, 1))


def anniversary(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
