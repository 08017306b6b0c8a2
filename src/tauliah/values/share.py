"""Shares (0 to 1) and percentages, exact to the millionth of the whole."""

from decimal import ROUND_DOWN, Context, Decimal

UNITS_PER_WHOLE = 1_000_000
UNITS_PER_PERCENT = UNITS_PER_WHOLE // 100
CUT_OFF = Context(rounding=ROUND_DOWN)


def to_units(share: Decimal) -> int:
    """A share as millionths, cut off and never rounded up: 0.7999999 stays below 80 %."""
    return int(CUT_OFF.multiply(share, UNITS_PER_WHOLE))


def percent_to_units(percent: Decimal) -> int:
    """A percentage as millionths of the whole, cut off beyond four decimals."""
    return int(CUT_OFF.multiply(percent, UNITS_PER_PERCENT))
