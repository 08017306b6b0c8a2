"""A number sent as text is one that every database takes, or none."""

import pytest

from portal.numbers import MOST_DIGITS, whole_number


@pytest.mark.parametrize(
    "given", ["", "-1", "1.0", "1e3", "1,000", " 7", "²", "٣", "NaN", "0x7", "9" * (MOST_DIGITS + 1)]
)
def test_what_is_no_key_is_none(given: str) -> None:
    assert whole_number(given) is None


def test_a_key_is_read() -> None:
    assert whole_number("0") == 0
    assert whole_number("9" * MOST_DIGITS) == 10**MOST_DIGITS - 1
