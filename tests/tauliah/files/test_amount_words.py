"""Amounts in words, in Malay and English, as receipts write them."""

from decimal import Decimal

import pytest

from tauliah.files.amount_words import amount_in_words, number_in_words


@pytest.mark.parametrize(
    ("number", "ms", "en"),
    [
        (0, "kosong", "zero"),
        (1, "satu", "one"),
        (10, "sepuluh", "ten"),
        (11, "sebelas", "eleven"),
        (12, "dua belas", "twelve"),
        (20, "dua puluh", "twenty"),
        (21, "dua puluh satu", "twenty-one"),
        (100, "seratus", "one hundred"),
        (111, "seratus sebelas", "one hundred and eleven"),
        (250, "dua ratus lima puluh", "two hundred and fifty"),
        (1000, "seribu", "one thousand"),
        (1001, "seribu satu", "one thousand one"),
        (2100, "dua ribu seratus", "two thousand one hundred"),
        (11000, "sebelas ribu", "eleven thousand"),
        (101000, "seratus satu ribu", "one hundred and one thousand"),
        (1000000, "satu juta", "one million"),
    ],
)
def test_numbers(number: int, ms: str, en: str) -> None:
    assert number_in_words(number, "ms") == ms
    assert number_in_words(number, "en") == en


def test_every_number_below_ten_thousand_is_said_differently() -> None:
    for language in ("ms", "en"):
        said = {number_in_words(number, language) for number in range(10_000)}
        assert len(said) == 10_000
        assert not any("  " in words or words != words.strip() for words in said)


def test_amounts() -> None:
    assert amount_in_words(Decimal("160.00"), "ms") == "Ringgit Malaysia seratus enam puluh sahaja"
    assert amount_in_words(Decimal("1.05"), "ms") == "Ringgit Malaysia satu dan sen lima sahaja"
    assert amount_in_words(Decimal("1.05"), "en") == "Ringgit Malaysia one and sen five only"


@pytest.mark.parametrize("amount", ["-1", "1.005", "1000000000000"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(ValueError):
        amount_in_words(Decimal(amount), "ms")
