"""The kinds of field a case is made of: each checks its value and says what is wrong."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StrictBool,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

from tauliah.values import day
from tauliah.values.case import FieldError, word_error
from tauliah.values.credit import MOST_COURSE_CREDITS, MOST_PROGRAMME_CREDITS
from tauliah.values.vocabulary import WORDS

LONGEST_TEXT = 300
MOST_COUNT = 1_000_000
RATINGS = range(1, 5)
"""The contract's scale for an indicator of quality."""


class CaseModel(BaseModel):
    """A part of a case. Keys outside the contract are kept apart and reported, never read."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)


@dataclass(frozen=True)
class Word:
    """Marks a field that holds one word of a vocabulary (without those in `but`)."""

    vocabulary: str
    but: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """The words the field may hold."""
        return [word for word in WORDS[self.vocabulary] if word not in self.but]

    def check(self, value: object) -> object:
        """The value; raises `FieldError` for a word outside the vocabulary."""
        if value is not None and (not isinstance(value, str) or value not in self.words):
            raise word_error(value, self.words)
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "enum": self.words}


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


@dataclass(frozen=True)
class Number:
    """Marks a field that holds an exact number in a range, with at most so many decimals."""

    least: Decimal
    most: Decimal
    decimals: int | None = None

    def check(self, value: object) -> object:
        """The value as a decimal; raises `FieldError` outside the range."""
        if value is None:
            return None
        number = _decimal(value)
        if number < self.least:
            raise FieldError("Tidak boleh negatif.", "Must not be negative.")
        if number > self.most:
            raise FieldError(f"Paling banyak {self.most:,}.", f"Must be {self.most:,} or less.")
        if self.decimals is not None and number != round(number, self.decimals):
            raise FieldError(
                f"Paling banyak {self.decimals} tempat perpuluhan.",
                f"At most {self.decimals} decimal places.",
            )
        return number

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "number", "minimum": float(self.least), "maximum": float(self.most)}


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


def _rating(value: object) -> object:
    number = _whole(value)
    if number is not None and number not in RATINGS:
        raise FieldError("Penarafan hendaklah 1, 2, 3 atau 4.", "A rating is 1, 2, 3 or 4.")
    return number


def _above_zero(value: object) -> object:
    if isinstance(value, Decimal) and value == 0:
        raise FieldError("Hendaklah lebih daripada sifar.", "Must be more than zero.")
    return value


Day = Annotated[date, BeforeValidator(_day)]
Share = Annotated[Decimal, Number(Decimal(0), Decimal(1))]
Percent = Annotated[Decimal, Number(Decimal(0), Decimal(100))]
CourseCredits = Annotated[Decimal, Number(Decimal(0), MOST_COURSE_CREDITS, decimals=4)]
ProgrammeCredits = Annotated[Decimal, Number(Decimal(0), MOST_PROGRAMME_CREDITS, decimals=4)]
CreditHours = Annotated[
    Decimal, BeforeValidator(_above_zero), Number(Decimal(0), MOST_COURSE_CREDITS, decimals=4)
]
Quantity = Annotated[Decimal, Number(Decimal(0), Decimal(MOST_COUNT), decimals=4)]
Rating = Annotated[
    int,
    BeforeValidator(_rating),
    WithJsonSchema({"type": "integer", "minimum": RATINGS[0], "maximum": RATINGS[-1]}),
]
Level = Annotated[str, Word("level")]
Years = Annotated[Decimal, Number(Decimal(0), Decimal(100), decimals=2)]
Count = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
Ordinal = Annotated[int, BeforeValidator(_ordinal), WithJsonSchema({"type": "integer", "minimum": 1})]
Name = Annotated[str, Field(max_length=LONGEST_TEXT)]
RequiredName = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
YesNo = StrictBool
