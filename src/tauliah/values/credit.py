"""Credits, exact to the ten-thousandth; the engine counts them as integers."""

from decimal import Decimal

UNITS_PER_CREDIT = 10_000
MOST_COURSE_CREDITS = Decimal(1_000)
MOST_PROGRAMME_CREDITS = Decimal(1_000)


def to_units(credits: Decimal) -> int:
    """Credits as ten-thousandths; exact for up to four decimals, cut off beyond."""
    return int(credits * UNITS_PER_CREDIT)


def to_number(units: int) -> int | float:
    """Ten-thousandths of a credit as the number a person wrote: whole where it is whole."""
    whole, rest = divmod(units, UNITS_PER_CREDIT)
    return whole if rest == 0 else units / UNITS_PER_CREDIT
