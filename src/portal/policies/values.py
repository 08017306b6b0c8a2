"""The values and conditions of a policy in words, in the person's language."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from portal.policies.words import COLUMNS, Words
from tauliah.policy.parameter import Row
from tauliah.transfer.columns import columns_of
from tauliah.values.text import Text
from tauliah.values.vocabulary import VOCABULARY

UNITS: Words = {
    "bool": _("yes or no"),
    "count": _("number"),
    "duration": _("length of time"),
    "fraction": _("share of the credits"),
    "percent": _("per cent"),
    "range": _("range"),
    "rating": _("rating"),
    "ringgit": _("ringgit"),
    "share": _("share"),
    "text": _("words"),
    "grade": _("grade"),
    "level": _("level"),
}
NARROW = "\N{NO-BREAK SPACE}"
OTHER_UNITS: Mapping[str, str] = {
    "accreditation": "programme_accreditation",
    "activity": "activity",
    "category": "load_category",
    "course_type": "course_type",
    "milestone": "milestone",
    "provider": "provider",
    "route": "route",
    "section": "section",
    "to": "recipient",
    "type": "assessment_type",
}
"""The vocabularies of what the kinds of case other than transfer name under `when`."""

COLUMN_UNITS: Mapping[str, str] = {
    **OTHER_UNITS,
    **{name: node.unit for name, node in columns_of({}).items()},
}


def unit_in_words(unit: str) -> str:
    """Name a unit; a vocabulary of the contract is a choice among its words."""
    return str(UNITS.get(unit, _("choice")))


def value_in_words(value: Any, unit: str) -> str:
    """Write a value of a pack as people do: 30 %, six months, C+."""
    if value is None:
        return gettext("none stated")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if unit == "fraction":
        return _share(Fraction(str(value)))
    if isinstance(value, Mapping) and {"least", "most"} <= set(value):
        return gettext("%(least)s to %(most)s") % {n: _plain(value[n]) for n in ("least", "most")}
    if isinstance(value, Mapping):
        return ", ".join(_length(name, number) for name, number in value.items())
    if unit in ("percent", "share"):
        return f"{_plain(value)}{NARROW}%"
    if unit == "ringgit":
        return f"RM{NARROW}{value}"
    return _word(str(value), unit)


def _share(share: Fraction) -> str:
    percent = share * 100
    return f"{percent.numerator}{NARROW}%" if percent.denominator == 1 else str(share)


def _plain(number: Any) -> str:
    return f"{Decimal(str(number)).normalize():f}"


def _length(unit: str, number: int) -> str:
    words = {
        "months": ngettext("%(number)s month", "%(number)s months", number),
        "semesters": ngettext("%(number)s semester", "%(number)s semesters", number),
        "years": ngettext("%(number)s year", "%(number)s years", number),
        "weeks": ngettext("%(number)s week", "%(number)s weeks", number),
        "percent": "%(number)s %%",
    }
    return words.get(unit, f"{unit} %(number)s") % {"number": number}


def _word(value: str, unit: str) -> str:
    label: Text | None = VOCABULARY.get(unit, {}).get(value)
    return label.in_language(get_language() or "ms") if label else value


def condition_in_words(column: str, values: Iterable[Any]) -> str:
    """Write one condition of a row: group of levels: undergraduate."""
    unit = COLUMN_UNITS.get(column, "")
    said = [value_in_words(value, unit) for value in values]
    return f"{COLUMNS.get(column, column)}: {_either(said)}"


def _either(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def conditions_in_words(row: Row) -> list[str]:
    """Write every condition of a row; a row without any always applies."""
    return [condition_in_words(column, values) for column, values in row.when.items()]
