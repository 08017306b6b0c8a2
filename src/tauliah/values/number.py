"""Exact numbers as results and sentences show them."""

from decimal import Decimal
from fractions import Fraction

from tauliah.values.text import Text, same
from tauliah.values.unit import decimal_text


def rounded(value: Fraction, decimals: int = 2) -> Decimal:
    """The nearest decimal with so many places; halves go up."""
    whole, rest = divmod(value * 10**decimals, 1)
    return Decimal(int(whole) + (rest >= Fraction(1, 2))).scaleb(-decimals)


def as_json(value: Decimal | Fraction | int) -> int | float:
    """The number as JSON has it: whole where it is whole."""
    return int(value) if value == int(value) else float(value)


def in_words(value: Decimal | int) -> Text:
    """The number as a sentence shows it: 3, 76.5."""
    return same(decimal_text(Decimal(value)))
