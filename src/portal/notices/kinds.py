"""The kinds of notices and their words, read from ``kinds.yaml``."""

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from portal.institutions.naming import Named
from portal.wording import day, figure, in_language, ringgit
from tauliah.files.document import read_file
from tauliah.values.text import Text

FILE = Path(__file__).parent / "kinds.yaml"
MONEY = "rm"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is told: a title and sentences in both languages; an email of a mandatory kind always goes out.

    ``about`` names the kind where a person chooses emails; ``staff`` tells whom it concerns.
    """

    name: str
    about: Text
    title: Mapping[str, str]
    text: Mapping[str, tuple[str, ...]]
    mandatory: bool
    staff: bool

    def title_in(self, language: str, context: Mapping[str, Any]) -> str:
        """The title with its values, 200 characters at most."""
        return said(self.title[language], context, language)[:200]

    def text_in(self, language: str, context: Mapping[str, Any]) -> str:
        """The sentences whose values are all known."""
        sentences = (s for s in self.text[language] if all(known(context, name) for name in names_in(s)))
        return "\n".join(said(sentence, context, language) for sentence in sentences)

    @property
    def names(self) -> frozenset[str]:
        """The values that the words ask for."""
        sentences = [*self.title.values(), *self.text["ms"], *self.text["en"]]
        return frozenset(name for sentence in sentences for name in names_in(sentence))


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind, by name."""
    return {
        name: Kind(
            name,
            about=Text(given["about"]["ms"], given["about"]["en"]),
            title=given["title"],
            text={language: tuple(sentences) for language, sentences in given["text"].items()},
            mandatory=given.get("mandatory", False),
            staff=given.get("staff", False),
        )
        for name, given in read_file(FILE).items()
    }


def names_in(sentence: str) -> Iterable[str]:
    """Return the names of the values in a sentence."""
    return [name for _literal, name, _spec, _conversion in string.Formatter().parse(sentence) if name]


def known(context: Mapping[str, Any], name: str) -> bool:
    """Say whether a value is given."""
    return context.get(name) not in (None, "")


def said(sentence: str, context: Mapping[str, Any], language: str) -> str:
    """Fill a sentence with values as its language writes them; raises ``KeyError`` for one not given."""
    with override(language):
        return "".join(
            literal + (value_in(context[name], spec or "") if name else "")
            for literal, name, spec, _conversion in string.Formatter().parse(sentence)
        )


def value_in(value: Any, spec: str) -> str:
    """Write a value in the active language: a day in words, a moment with its time, an amount of money."""
    match value:
        case datetime():
            local = timezone.localtime(value)
            return f"{day(local)}, {local:%H:%M}"
        case date():
            return day(value)
        case Decimal() | int() | float():
            return ringgit(value) if spec == MONEY else figure(value)
        case Text() | Mapping():
            return in_language(value)
        case Named():
            return value.name
        case Promise() | _:
            return str(value)
