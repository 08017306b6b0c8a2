"""The result as its page shows it: what matters first, every answer with its reasons and clauses."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.cases.answer import Check, Json, Mark, check_line, word
from portal.cases.bars import Bar, bars
from portal.wording import credits_in_words, day, figure, in_language
from tauliah.policy.pack import Pack
from tauliah.transfer.edition import edition_of
from tauliah.values.vocabulary import VOCABULARY

Units = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Card:
    """A claim's outcome with its reasons, what decides it first."""

    number: int
    code: str
    title: str
    mark: Mark
    message: str
    direction: str
    award: str
    credits: str
    asked: str
    sources: tuple[str, ...]
    deciding: tuple[Check, ...]
    passed: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next, for one course or for all."""

    course: str
    message: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition attached to what is accepted."""

    label: str
    message: str
    courses: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole result."""

    policy: str
    title: str
    institution: str
    applied_on: str
    version: str
    accepted: str
    possible: str
    asked: str
    counts: tuple[tuple[Mark, int], ...]
    cards: tuple[Card, ...]
    bars: tuple[Bar, ...]
    conditions: tuple[Condition, ...]
    steps: tuple[Step, ...]
    notices: tuple[str, ...]

    @property
    def more_possible(self) -> bool:
        """Whether missing evidence could still bring credits."""
        return self.possible != self.accepted

    @property
    def accepted_length(self) -> str:
        """The accepted part of all credits applied for, in thousandths."""
        return _thousandths(self.accepted, self.asked)

    @property
    def possible_length(self) -> str:
        """The possible part of all credits applied for, in thousandths."""
        return _thousandths(self.possible, self.asked)

    @property
    def in_short(self) -> str:
        """One sentence for those who listen to the page."""
        counts = ", ".join(f"{mark.words} {number}" for mark, number in self.counts)
        return _("Checked: %(credits)s credits accepted. %(counts)s.") % {
            "credits": self.accepted,
            "counts": counts,
        }


def report(case: Json, result: Json, pack: Pack) -> Report:
    """Arrange the result of a case for its page."""
    asked = {claim["target"]["code"]: Decimal(str(claim["target"]["credits"])) for claim in case["claims"]}
    every = sum(
        (Decimal(str(claim["target"]["credits"])) for claim in case["claims"]),
        Decimal(0),
    )
    outcomes = Counter(claim["outcome"] for claim in result["claims"])
    pairs = zip(case["claims"], result["claims"], strict=True)
    units = _units(pack, date.fromisoformat(result["policy_version"]))
    return Report(
        policy=pack.name,
        title=in_language(pack.title),
        institution=case["programme"]["institution"],
        applied_on=day(case["applied_on"]),
        version=day(result["policy_version"]),
        accepted=figure(result["credits_accepted"]),
        possible=figure(result["credits_possible"]),
        asked=figure(every),
        counts=tuple((_outcome(o), outcomes[o]) for o in VOCABULARY["claim_outcome"] if outcomes[o]),
        cards=tuple(_card(n, claim, found, units) for n, (claim, found) in enumerate(pairs, 1)),
        bars=tuple(bars(result["limits"], asked, _("granted earlier"))),
        conditions=tuple(_condition(c) for c in result["conditions"]),
        steps=tuple(Step(s["claim"] or "", in_language(s["message"])) for s in result.get("next_steps", ())),
        notices=tuple(dict.fromkeys(in_language(n["message"]) for n in result.get("notices", ()))),
    )


def _thousandths(part: str, whole: str) -> str:
    return figure(round(Decimal(part) / (Decimal(whole) or 1) * 1000, 1))


def _outcome(outcome: str) -> Mark:
    return Mark(outcome, in_language(VOCABULARY["claim_outcome"][outcome]))


def _units(pack: Pack, version: date) -> Units:
    """Return the units of each rule's found and required values."""
    rules = edition_of(pack, version).rules
    return {rule.name: (rule.check.found.unit, rule.check.required.unit) for rule in rules}


def _card(number: int, claim: Json, found: Json, units: Units) -> Card:
    checks = [check_line(check, *units[check["rule"]]) for check in found["checks"]]
    fails, open_ = (tuple(c for c in checks if c.mark.outcome == outcome) for outcome in ("fail", "unknown"))
    return Card(
        number=number,
        code=found["target"],
        title=found.get("title") or "",
        mark=_outcome(found["outcome"]),
        message=in_language(found["message"]) if _needs_words(found) else "",
        direction=word("direction", found["direction"]),
        award="" if found["award"] == "none" else word("award", found["award"]),
        credits=credits_in_words(found["credits"]),
        asked=credits_in_words(claim["target"]["credits"]),
        sources=tuple(_source(source, claim["basis"]) for source in claim["sources"]),
        deciding=fails + open_,
        passed=tuple(c for c in checks if c.mark.outcome == "pass"),
    )


def _needs_words(found: Json) -> bool:
    """Say whether the outcome needs its sentence: elsewhere the checks or the award say the same."""
    return bool(found["outcome"] == "over_limit" or found["award"] == "exemption")


def _condition(condition: Json) -> Condition:
    return Condition(
        label=in_language(condition["label"]),
        message=in_language(condition["message"]),
        courses=tuple(condition.get("claims", ())),
        clauses=tuple(condition["clauses"]),
    )


def _source(source: Json, basis: str) -> str:
    """Name a source: its code and title, or whatever else tells it apart, then its grade."""
    named = _parts(source.get("code"), source.get("title"))
    platform = word("platform", source.get("platform"))
    nameless = _("Experience") if basis == "apel_c" else _("Course without a code")
    name = " ".join(named) or " ".join(_parts(platform, source.get("institution"))) or nameless
    grade = source.get("grade")
    return f"{name} ({grade})" if grade else name


def _parts(*parts: str | None) -> Iterable[str]:
    return [part for part in parts if part]
