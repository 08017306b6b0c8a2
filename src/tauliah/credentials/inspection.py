"""What is wrong with the values of a credential, field by field, in both languages."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from tauliah.credentials.iri import is_absolute
from tauliah.values.case import REQUIRED, InvalidCase, Problem, word_error
from tauliah.values.text import Text

LONGEST_LINE = 300
LONGEST_PROSE = 5_000
TURNS_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the order in which a name is read, so that it shows as another one."""
INVISIBLE = frozenset("\u00ad\u034f\u115f\u1160\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0")
_LOCAL = r"http://(?:localhost|127\.0\.0\.1|\[::1\])"
_ADDRESS = re.compile(rf"(?:https://[^/?#@:\s]+|{_LOCAL})(?::\d{{1,5}})?(?:[/?#]\S*)?")
_BREAKS = frozenset("\n\t")


def hidden_in(text: str) -> str | None:
    """The first character of a text that cannot be seen or turns the reading direction, as `U+202E`."""
    if text.isascii() and text.isprintable():
        return None
    for character in text:
        turned = character in TURNS_DIRECTION or character in INVISIBLE
        if turned or unicodedata.category(character) in ("Cc", "Cs", "Co"):
            return f"U+{ord(character):04X}"
    return None


class Inspection:
    """Collects every problem of one value; `finish` raises them together."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, where: str, ms: str, en: str) -> None:
        self.problems.append(Problem(where, Text(ms, en)))

    def line(self, where: str, value: str | None, longest: int = LONGEST_LINE) -> None:
        """A name or short text: there, on one line, and all of it visible."""
        if not isinstance(value, str) or not value.strip():
            self.problems.append(Problem(where, REQUIRED))
        elif len(value) > longest:
            self.add(where, f"Terlalu panjang; paling banyak {longest}.", f"Too long; {longest} at most.")
        elif hidden := hidden_in(value):
            self.add(
                where,
                f"Mengandungi aksara tersembunyi {hidden}; taip semula teks ini tanpanya.",
                f"Contains the hidden character {hidden}; type this again without it.",
            )

    def optional(self, where: str, value: str | None) -> None:
        if value is not None:
            self.line(where, value)

    def both(self, where: str, text: Text) -> None:
        """A line in both languages."""
        self.line(f"{where}.ms", text.ms)
        self.line(f"{where}.en", text.en)

    def prose(self, where: str, text: Text) -> None:
        """A longer text in both languages; line breaks are allowed."""
        for language, words in (("ms", text.ms), ("en", text.en)):
            plain = "".join(" " if c in _BREAKS else c for c in words)
            self.line(f"{where}.{language}", plain, LONGEST_PROSE)

    def word(self, where: str, value: str, words: Collection[str]) -> None:
        if value not in words:
            self.problems.append(Problem(where, word_error(value, tuple(words)).text))

    def url(self, where: str, value: str | None) -> None:
        """An absolute address; plain http only on this very machine."""
        if value is not None and not _is_address(value):
            self.add(
                where,
                "Hendaklah alamat penuh, contohnya https://www.universiti.edu.my.",
                "Must be a whole address, for example https://www.university.edu.my.",
            )

    def number(self, where: str, value: Decimal | None, least: Decimal, most: Decimal) -> None:
        if value is None:
            self.problems.append(Problem(where, REQUIRED))
        elif not value.is_finite() or not least <= value <= most:
            self.add(where, f"Hendaklah antara {least} hingga {most}.", f"Must be from {least} to {most}.")

    def order(self, where: str, first: date | None, last: date | None, what: Text) -> None:
        """`last` is not before `first`; `what` names the first."""
        if first and last and last < first:
            self.add(
                where,
                f"Tidak boleh lebih awal daripada {what.ms} ({first.isoformat()}).",
                f"Must not be before {what.en} ({first.isoformat()}).",
            )

    def finish(self) -> None:
        """Raises `InvalidCase` with every problem found."""
        if self.problems:
            raise InvalidCase(self.problems)


def _is_address(value: str) -> bool:
    return is_absolute(value) and bool(_ADDRESS.fullmatch(value))
