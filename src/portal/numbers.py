"""Numbers in addresses and hidden fields, which anybody can change."""

from collections.abc import Iterable

MOST_DIGITS = 18
"""What every database takes for a key; more digits are no key of ours."""


def whole_number(given: str) -> int | None:
    """Return a number without sign that was sent as text; None for all else, or where no key is so long."""
    fits = given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS
    return int(given) if fits else None


def whole_numbers(given: Iterable[str]) -> list[int]:
    """Return the numbers among what was sent, in its order."""
    found = map(whole_number, given)
    return [number for number in found if number is not None]
