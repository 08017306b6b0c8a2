"""The parts of a result as pages show them: outcomes with marks, checks with reasons and clauses."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.cases.bars import Bar
from portal.packs import packs
from portal.wording import credits_in_words, day, figure, in_language
from tauliah.values.bound import as_required
from tauliah.values.vocabulary import VOCABULARY

Json = Mapping[str, Any]

DRAWINGS = {
    "eligible": "tick",
    "ineligible": "cross",
    "needs_evidence": "question",
    "over_limit": "full",
    "pass": "tick",
    "fail": "cross",
    "unknown": "question",
    "advised": "info",
}
TONES = {
    "eligible": "good",
    "ineligible": "bad",
    "needs_evidence": "wait",
    "over_limit": "full",
    "pass": "good",
    "fail": "bad",
    "unknown": "wait",
    "advised": "wait",
}
SAID_BY_MESSAGE = frozenset({"bool", "count", "grading"})
"""Units whose bare value would say less than the message does."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An outcome in words, with its drawing and its tone of colour."""

    outcome: str
    words: str

    @property
    def drawing(self) -> str:
        """The name of its icon."""
        return DRAWINGS[self.outcome]

    @property
    def tone(self) -> str:
        """Its colours' name in the style sheet."""
        return TONES[self.outcome]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a claim; ``found`` and ``required`` are empty where the message says it all."""

    label: str
    mark: Mark
    message: str
    found: str
    required: str
    clauses: tuple[str, ...]


def check_line(check: Json, found: str, required: str) -> Check:
    """Put a check into words; ``found`` and ``required`` are the units of those values."""
    return Check(
        label=word("rule", check["rule"]),
        mark=Mark(check["outcome"], word("check_outcome", check["outcome"])),
        message=in_language(check["message"]),
        found=say(found, check["found"]),
        required=_required(check, required),
        clauses=tuple(check["clauses"]),
    )


def _required(check: Json, unit: str) -> str:
    words = say(unit, check["required"])
    known = words and check["required"] is not None
    return as_required(check["rule"], words, get_language() or "ms") if known else words


def word(vocabulary: str, code: str | None) -> str:
    """Give the words for a code of a vocabulary; a code outside it as it stands."""
    return in_language(VOCABULARY.get(vocabulary, {}).get(code, code)) if code else ""


def say(unit: str, value: Any) -> str:
    """Say a found or required value in its unit."""
    if unit in SAID_BY_MESSAGE:
        return ""
    if value is None:
        return _("not known")
    match unit:
        case "share":
            return f"{figure(Decimal(str(value)) * 100)} %"
        case "percent":
            return f"{figure(value)} %"
        case "credits":
            return credits_in_words(value)
        case "day":
            return day(value)
    return word(unit, str(value))


@dataclass(frozen=True)
class Answer:
    """What a policy answers, for its page: one line that says it, then checks, limits and what else there is.

    ``details`` is what the kind's own template shows.
    """

    policy: str
    title: str
    headline: str
    tone: str = ""
    lead: str = ""
    clauses: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    bars: tuple[Bar, ...] = ()
    notices: tuple[str, ...] = ()
    details: Any = None

    @property
    def deciding(self) -> tuple[Check, ...]:
        """Checks that fail, then those that are not known."""
        return tuple(c for outcome in ("fail", "unknown") for c in self.checks if c.mark.outcome == outcome)

    @property
    def passed(self) -> tuple[Check, ...]:
        """Checks that hold."""
        return tuple(c for c in self.checks if c.mark.outcome == "pass")


def answer_of(result: Json, headline: str, **more: Any) -> Answer:
    """Arrange what every result has: its policy, checks, clauses and notices."""
    pack = packs()[result["policy"]]
    given = {
        "clauses": tuple(result.get("clauses", ())),
        "checks": tuple(whole_check(check) for check in result.get("checks", ())),
        "notices": tuple(dict.fromkeys(in_language(n["message"]) for n in result.get("notices", ()))),
    }
    return Answer(pack.name, in_language(pack.title), headline, **(given | more))


def whole_check(check: Json) -> Check:
    """Put a check of a case as a whole into words; its message says what was found and required."""
    return Check(
        label=in_language(check.get("label")) or word("rule", check["rule"]),
        mark=Mark(check["outcome"], word("check_outcome", check["outcome"])),
        message=in_language(check["message"]),
        found="",
        required="",
        clauses=tuple(check["clauses"]),
    )


def tone_of(holds: bool | None) -> str:
    """Return the colours of an answer that is yes, no or not known yet."""
    return "wait" if holds is None else "good" if holds else "bad"
