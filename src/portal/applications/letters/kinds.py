"""Which letters and forms there are, and their words in one language."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from portal.notices.kinds import said
from portal.wording import figure, ringgit
from tauliah.files.document import read_file
from tauliah.files.paper import day_in_words
from tauliah.values.text import Text
from tauliah.values.vocabulary import VOCABULARY

FILE = Path(__file__).parent / "words.yaml"
LETTERS = (
    "acknowledgement",
    "evidence_request",
    "onsite_invitation",
    "decision",
    "appeal_decision",
    "approval_certificate",
)
"""What is sent to the student by email, once."""
FORMS = ("exemption_form", "applicant_checklist", "faculty_checklist")
"""What is printed where it is needed (UTHM 17; UTM Lampiran D and E)."""
KINDS = (*LETTERS, *FORMS)
COPIED = {"unimas": "3.4(a)(iv)-administrator"}
"""Policies by which a copy of the approval goes to the administrator, with the clause."""


@cache
def sections() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the words of ``words.yaml``, by section and name."""
    loaded: Mapping[str, Mapping[str, Mapping[str, str]]] = read_file(FILE)
    return loaded


def title_of(kind: str) -> Text:
    """Return what a letter or form is called."""
    return Text.of(sections()["titles"][kind])


class Words:
    """The words of letters in one language, with values filled in as the language writes them."""

    def __init__(self, language: str) -> None:
        self.language = "en" if language == "en" else "ms"

    def __call__(self, name: str, **values: Any) -> str:
        return said(sections()["say"][name][self.language], values, self.language)

    def fact(self, name: str) -> str:
        """Name a fact."""
        return sections()["facts"][name][self.language]

    def column(self, name: str) -> str:
        """Name a column."""
        return sections()["columns"][name][self.language]

    def title(self, kind: str) -> str:
        """Name a letter or form."""
        return title_of(kind).in_language(self.language)

    def subject(self, kind: str) -> str:
        """Return the subject of a letter; a form has its title."""
        words = sections()["subjects"].get(kind) or sections()["titles"][kind]
        return words[self.language]

    def text(self, words: Mapping[str, str] | Text | None) -> str:
        """Return a result's ``{ms, en}`` in this language."""
        if words is None:
            return ""
        return (words if isinstance(words, Text) else Text.of(words)).in_language(self.language)

    def word(self, vocabulary: str, name: str) -> str:
        """Return a word of the contract, beginning with a capital."""
        label = VOCABULARY[vocabulary].get(name)
        words = label.in_language(self.language) if label else name
        return words[:1].upper() + words[1:]

    def day(self, day: date | datetime | str | None) -> str:
        """Write a day in words; nothing where there is none."""
        if not day:
            return ""
        if isinstance(day, str):
            day = date.fromisoformat(day)
        return day_in_words(timezone.localdate(day) if isinstance(day, datetime) else day, self.language)

    def moment(self, moment: datetime) -> str:
        """Write a day with its time."""
        return f"{self.day(moment)}, {timezone.localtime(moment):%H:%M}"

    def number(self, number: Decimal | float | None) -> str:
        """Write a number without needless zeros."""
        return figure(number)

    def money(self, amount: Decimal | str) -> str:
        """Write an amount of money."""
        return ringgit(amount)

    def name(self, named: Any) -> str:
        """Name something that has a name in both languages."""
        with override(self.language):
            return str(named.name)
