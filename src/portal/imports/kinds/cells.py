"""How cells are read: a reader takes a cell and what is known, and returns a value or says why not."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_noop

from portal.catalogue.choices import words
from portal.catalogue.forms.codes import bare, tidy_code
from portal.imports.kinds.known import Known
from portal.imports.mistake import Wrong
from tauliah.values.vocabulary import VOCABULARY

Reader = Callable[[str, Known], Any]
NUMBER = re.compile(r"\d{1,7}(?:[.,]\d{1,2})?")
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
YES = frozenset({"ya", "yes", "true", "1", "y", "benar"})
NO = frozenset({"tidak", "no", "false", "0", "n", "t"})
LANGUAGES = {
    "ms": "ms",
    "bm": "ms",
    "melayu": "ms",
    "en": "en",
    "bi": "en",
    "english": "en",
    "inggeris": "en",
}
EARLIEST, LATEST = date(1950, 1, 1), date(2100, 1, 1)


def text(most: int) -> Reader:
    """Read a text of at most so many characters."""

    def read(cell: str, known: Known) -> str:
        if len(cell) > most:
            raise Wrong(
                gettext_noop("%(found)s characters; at most %(most)s are kept."), found=len(cell), most=most
            )
        return cell

    return read


def code(cell: str, known: Known) -> str:
    """Read a code: capitals, single spaces."""
    try:
        return tidy_code(cell)
    except ValidationError as wrong:
        raise Wrong(
            gettext_noop("Not a code: use at most 20 letters, digits, spaces, dots, dashes or strokes.")
        ) from wrong


def number(least: Decimal, most: Decimal, *, above: bool = False) -> Reader:
    """Read an amount with at most two decimals, from ``least`` (or ``above`` it) to ``most``."""

    def read(cell: str, known: Known) -> Decimal:
        if not NUMBER.fullmatch(cell):
            raise Wrong(gettext_noop("Not a number: write it like 3 or 2.5, without a unit or thousands."))
        try:
            amount = Decimal(cell.replace(",", "."))
        except InvalidOperation as wrong:
            raise Wrong(gettext_noop("Not a number: write it like 3 or 2.5, without a unit.")) from wrong
        if amount > most or amount < least or (above and amount == least):
            message = (
                gettext_noop("Must be more than %(least)s and at most %(most)s.")
                if above
                else gettext_noop("Must be from %(least)s to %(most)s.")
            )
            raise Wrong(message, least=least, most=most)
        return amount.quantize(Decimal("0.01"))

    return read


def whole(least: int, most: int) -> Reader:
    """Read a whole number in a range."""

    def read(cell: str, known: Known) -> int:
        if not (cell.isascii() and cell.isdecimal() and least <= int(cell[:9]) <= most):
            raise Wrong(
                gettext_noop("Must be a whole number from %(least)s to %(most)s."), least=least, most=most
            )
        return int(cell)

    return read


def word_of(vocabulary: str, *, without: frozenset[str] = frozenset()) -> Reader:
    """Read a word of the contract: its name in Malay or English, or the word itself."""
    listed = {value: text for value, text in VOCABULARY[vocabulary].items() if value not in without}
    named = {name.casefold(): value for value, text in listed.items() for name in (value, text.ms, text.en)}

    def read(cell: str, known: Known) -> str:
        if (found := named.get(cell.casefold())) is None:
            names = ", ".join(words(vocabulary, value) for value in listed)
            raise Wrong(gettext_noop("Not known. Choose one of: %(names)s."), names=names)
        return found

    return read


def day(cell: str, known: Known) -> date:
    """Read a day as 2026-02-28 or 28/02/2026."""
    for form in DAYS:
        try:
            found = datetime.strptime(cell, form).date()
        except ValueError:
            continue
        if EARLIEST <= found <= LATEST:
            return found
    raise Wrong(gettext_noop("Not a day: write it as 28/02/2026 or 2026-02-28."))


def yes_no(cell: str, known: Known) -> bool:
    """Read yes or no, in Malay or English."""
    if cell.casefold() in YES | NO:
        return cell.casefold() in YES
    raise Wrong(gettext_noop("Write yes or no, or leave it empty where it is not known."))


def email(cell: str, known: Known) -> str:
    """Read an email address."""
    try:
        validate_email(cell)
    except ValidationError as wrong:
        raise Wrong(gettext_noop("Not an email address: write it like nama@universiti.edu.my.")) from wrong
    return cell.lower()


def language(cell: str, known: Known) -> str:
    """Read a language: Malay or English."""
    found = LANGUAGES.get(cell.casefold().removeprefix("bahasa ")) or LANGUAGES.get(cell.casefold())
    if found is None:
        raise Wrong(gettext_noop("Write ms for Malay or en for English."))
    return found


def matric(cell: str, known: Known) -> str:
    """Read a matric number: capitals, no spaces."""
    found = "".join(cell.upper().split())
    if len(found) > 30:
        raise Wrong(
            gettext_noop("%(found)s characters; at most %(most)s are kept."), found=len(found), most=30
        )
    return found


def faculty(cell: str, known: Known) -> Any:
    """Read the short name of a faculty that the person keeps."""
    found = known.faculties.get(cell.casefold())
    if found is None:
        raise Wrong(
            gettext_noop("No faculty of yours has this short name. Yours: %(names)s."),
            names=", ".join(sorted(f.code for f in known.faculties.values())),
        )
    return found


def programme(cell: str, known: Known) -> str:
    """Read the code of a programme that exists or stands in the same file."""
    if (found := known.programme_codes.get(bare(cell))) is None:
        raise Wrong(gettext_noop("No programme of yours has this code. Import the programmes first."))
    return found


def course(cell: str, known: Known) -> str:
    """Read the code of a course that exists or stands in the same file."""
    if (found := known.course_codes.get(bare(cell))) is None:
        raise Wrong(gettext_noop("No course has this code. Import the courses first."))
    return found


def semester(cell: str, known: Known) -> Any:
    """Read the code of a semester of the institution's calendar."""
    found = known.semesters.get(bare(cell))
    if found is None:
        raise Wrong(
            gettext_noop("No semester has this code. The calendar has: %(names)s."),
            names=", ".join(sorted(s.code for s in known.semesters.values())[-6:]) or "–",
        )
    return found


def grade(cell: str, known: Known) -> str:
    """Read a grade of the institution's scales; where it has none, any grade is taken as it stands."""
    found = "".join(cell.upper().split())
    if known.grades and found not in known.grades:
        raise Wrong(gettext_noop("Not on the grading scale: %(names)s."), names=", ".join(known.grades))
    if len(found) > 12:
        raise Wrong(
            gettext_noop("%(found)s characters; at most %(most)s are kept."), found=len(found), most=12
        )
    return found


def outcome_code(cell: str, known: Known) -> str:
    """Read the code of a learning outcome: CLO1."""
    found = "".join(cell.upper().split())
    if not re.fullmatch(r"[A-Z]{1,5}\d{1,3}[A-Z]?", found):
        raise Wrong(gettext_noop("Write the code as letters and a number, for example CLO1."))
    return found
