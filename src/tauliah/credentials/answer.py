"""An answer of a verification: yes, no, or could not check, with its reason in both languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tauliah.values.text import Text


class Outcome(StrEnum):
    """What a check can answer; an outage is never a yes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def words(self) -> Text:
        """The answer for people."""
        return _WORDS[self]


_WORDS = {
    Outcome.YES: Text("ya", "yes"),
    Outcome.NO: Text("tidak", "no"),
    Outcome.UNKNOWN: Text("tidak dapat disemak", "could not check"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `code` names the reason for machines (`status.revoked`), `reason` for people.

    `where` is the place in the document that it is about, empty for the whole.
    """

    outcome: Outcome
    code: str
    reason: Text
    where: str = ""

    def as_dict(self) -> dict[str, object]:
        """The answer as JSON."""
        place = {"where": self.where} if self.where else {}
        return {"outcome": self.outcome.value, "code": self.code, "reason": self.reason.as_dict(), **place}


def yes(code: str, ms: str, en: str) -> Answer:
    """A check that holds."""
    return Answer(Outcome.YES, code, Text(ms, en))


def no(code: str, ms: str, en: str, where: str = "") -> Answer:
    """A check that fails."""
    return Answer(Outcome.NO, code, Text(ms, en), where)


def unknown(code: str, ms: str, en: str, where: str = "") -> Answer:
    """A check that could not be made."""
    return Answer(Outcome.UNKNOWN, code, Text(ms, en), where)


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """No where one is no; else could not check where one is that; else yes."""
    found = set(outcomes)
    for outcome in (Outcome.NO, Outcome.UNKNOWN):
        if outcome in found:
            return outcome
    return Outcome.YES
