"""Credits, shares and days: exact inside, cut off and never rounded up, said in both languages."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tauliah.values import credit, share
from tauliah.values.day import to_number
from tauliah.values.text import Text, same
from tauliah.values.unit import UNITS, decimal_text
from tauliah.values.vocabulary import CODES, VOCABULARY, WORDS


@pytest.mark.parametrize(
    ("written", "units"),
    [
        ("0.8", 800_000),
        ("0.7999999", 799_999),
        ("0.79999999999999999999999999999", 799_999),
        ("1", 1_000_000),
    ],
)
def test_a_share_is_cut_off(written, units):
    assert share.to_units(Decimal(written)) == units


@given(st.decimals(0, 1, places=12))
def test_a_share_is_never_rounded_up(value):
    assert Fraction(share.to_units(value), share.UNITS_PER_WHOLE) <= Fraction(value)


@pytest.mark.parametrize("written", ["0E+999999999", "1E-999999999"])
def test_a_share_written_strangely_is_read_at_once(written):
    assert share.to_units(Decimal(written)) == 0


def test_a_percentage_is_a_part_of_the_whole():
    assert share.percent_to_units(Decimal("33.3")) == 333_000


@given(st.decimals(0, 1000, places=4))
def test_credits_come_back_as_they_were_written(value):
    assert Decimal(str(credit.to_number(credit.to_units(value)))) == value


def test_whole_credits_are_whole_numbers():
    assert [type(credit.to_number(units)) for units in (30_000, 25_000)] == [int, float]


@pytest.mark.parametrize(
    ("unit", "value", "shown", "said"),
    [
        ("bool", True, True, Text("ya", "yes")),
        ("bool", False, False, Text("tidak", "no")),
        ("count", 3, 3, same("3")),
        ("credits", 25_000, 2.5, same("2.5")),
        ("credits", 30_000, 3, same("3")),
        ("share", 765_000, 0.765, same("76.5 %")),
        ("share", 1_000_000, 1, same("100 %")),
        ("percent", 333_000, 33.3, same("33.3 %")),
        ("day", to_number(date(2025, 8, 1)), "2025-08-01", Text("1 Ogos 2025", "1 August 2025")),
        ("day", to_number(date(2024, 2, 29)), "2024-02-29", Text("29 Februari 2024", "29 February 2024")),
        ("grade", CODES["grade"]["C+"], "C+", same("C+")),
        ("level", CODES["level"]["bachelor"], "bachelor", Text("Sarjana Muda", "Bachelor")),
    ],
)
def test_a_value_is_shown_and_said(unit, value, shown, said):
    assert (UNITS[unit].show(value), UNITS[unit].say(value)) == (shown, said)


def test_every_month_has_a_name_in_both_languages():
    said = [UNITS["day"].say(to_number(date(2025, month, 5))) for month in range(1, 13)]

    assert len({text.ms for text in said}) == len({text.en for text in said}) == 12


@pytest.mark.parametrize(("value", "text"), [("80", "80"), ("76.50", "76.5"), ("100", "100"), ("0.0", "0")])
def test_a_decimal_is_written_as_short_as_it_can_be(value, text):
    assert decimal_text(Decimal(value)) == text


def test_a_word_is_its_position_in_its_vocabulary():
    assert all(WORDS[name][code] == word for name in VOCABULARY for word, code in CODES[name].items())


def test_every_word_has_a_name_in_both_languages():
    labels = [label for words in VOCABULARY.values() for label in words.values()]

    assert all(label.ms.strip() and label.en.strip() for label in labels)


def test_a_text_is_filled_in_by_language():
    text = Text("Gred {found}: {word}", "Grade {found}: {word}").fill(found="C", word=Text("lulus", "pass"))

    assert text == Text("Gred C: lulus", "Grade C: pass")


def test_what_a_person_typed_is_put_in_as_it_stands():
    assert Text("{a}", "{a}").fill(a="{b} {0} %s") == same("{b} {0} %s")


@pytest.mark.parametrize(("language", "said"), [("ms", "ya"), ("en", "yes"), ("fr", "ya")])
def test_malay_is_spoken_wherever_english_is_not_asked_for(language, said):
    assert Text("ya", "yes").in_language(language) == said


def test_a_text_has_both_languages():
    with pytest.raises(KeyError):
        Text.of({"ms": "ya"})
