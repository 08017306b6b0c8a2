"""The kinds of field a case is made of: each checks its value and says what is wrong."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, WithJsonSchema

from tauliah.values import day
from tauliah.values.case import FieldError, word_error
from tauliah.values.credit import MOST_COURSE_CREDITS, MOST_PROGRAMME_CREDITS
from tauliah.values.vocabulary import WORDS

LONGEST_TEXT = 300
MOST_COUNT = 1_000_000


class CaseModel(BaseModel):
    """A part of a case. Keys outside the contract are kept apart and reported, never read."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)


def word_of(vocabulary: str, *but: str) -> Any:
    """A field holding one word of a vocabulary (without those in `but`)."""
    words = [w for w in WORDS[vocabulary] if w not in but]

    def check(value: object) -> object:
        if value is None:
            return None
        if not isinstance(value, str) or value not in words:
            raise word_error(value, words)
        return value

    return Annotated[str, BeforeValidator(check), WithJsonSchema({"type": "string", "enum": words})]


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise FieldError("Hendaklah nombor.", "Must be a number.")
    try:
        number = Decimal(str(value))
    except (InvalidOperation, ValueError):
        number = Decimal("NaN")
    if not number.is_finite():
        raise FieldError("Hendaklah nombor terhingga.", "Must be a finite number.")
    return number


def number_field(least: Decimal, most: Decimal, decimals: int | None = None) -> Any:
    """A field holding an exact number from `least` to `most`, with at most `decimals` decimals."""

    def check(value: object) -> object:
        if value is None:
            return None
        number = _decimal(value)
        if number < least:
            text = "Tidak boleh negatif." if least == 0 else f"Sekurang-kurangnya {least}."
            raise FieldError(text, "Must not be negative." if least == 0 else f"Must be {least} or more.")
        if number > most:
            raise FieldError(f"Paling banyak {most:,}.", f"Must be {most:,} or less.")
        if decimals is not None and number != round(number, decimals):
            raise FieldError(
                f"Paling banyak {decimals} tempat perpuluhan.", f"At most {decimals} decimal places."
            )
        return number

    schema = {"type": "number", "minimum": float(least), "maximum": float(most)}
    return Annotated[Decimal, BeforeValidator(check), WithJsonSchema(schema)]


def _day(value: object) -> object:
    if value is None:
        return None
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise FieldError(
                f"Tarikh {value} tidak wujud dalam kalendar.", f"There is no such day as {value}."
            ) from None
    if not isinstance(value, date):
        raise FieldError(
            "Hendaklah tarikh berbentuk TTTT-BB-HH, contohnya 2025-09-15.",
            "Must be a date of the form YYYY-MM-DD, for example 2025-09-15.",
        )
    if not day.FIRST_YEAR <= value.year <= day.LAST_YEAR:
        first, last = day.FIRST_YEAR, day.LAST_YEAR
        raise FieldError(
            f"Tahun hendaklah antara {first} hingga {last}.", f"The year must be from {first} to {last}."
        )
    return value


def _whole(value: object) -> object:
    if value is None:
        return None
    number = _decimal(value)
    if number != number.to_integral_value() or abs(number) > MOST_COUNT:
        raise FieldError("Hendaklah nombor bulat.", "Must be a whole number.")
    if number < 0:
        raise FieldError("Tidak boleh negatif.", "Must not be negative.")
    return int(number)


def _ordinal(value: object) -> object:
    number = _whole(value)
    if number == 0:
        raise FieldError("Dikira bermula dari 1.", "Counted from 1.")
    return number


Day = Annotated[date, BeforeValidator(_day)]
Share = number_field(Decimal(0), Decimal(1))
Percent = number_field(Decimal(0), Decimal(100))
CourseCredits = number_field(Decimal(0), MOST_COURSE_CREDITS, decimals=4)
ProgrammeCredits = number_field(Decimal(0), MOST_PROGRAMME_CREDITS, decimals=4)
Years = number_field(Decimal(0), Decimal(100), decimals=2)
Count = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
Ordinal = Annotated[int, BeforeValidator(_ordinal), WithJsonSchema({"type": "integer", "minimum": 1})]
Name = Annotated[str, Field(max_length=LONGEST_TEXT)]
RequiredName = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
YesNo = StrictBool
