"""What the printed decision shows: a case and its result as plain text in one language."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tauliah.files.document import read_file
from tauliah.policy.pack import Pack
from tauliah.transfer.edition import edition_of
from tauliah.values.bound import as_required
from tauliah.values.text import Text
from tauliah.values.unit import MONTHS
from tauliah.values.vocabulary import VOCABULARY

WORDS = Path(__file__).parent / "words.yaml"

View = dict[str, Any]


class Decision:
    """One case and its result, ready to be set."""

    def __init__(
        self, document: Mapping[str, Any], result: Mapping[str, Any], pack: Pack, language: str
    ) -> None:
        self.document, self.result, self.pack, self.language = document, result, pack, language
        self.words = {name: word[language] for name, word in _words().items()}
        self.day = date.fromisoformat(str(document["applied_on"]))
        self.version = date.fromisoformat(result["policy_version"])
        rules = edition_of(pack, self.version).rules
        self.units = {rule.name: (rule.check.found.unit, rule.check.required.unit) for rule in rules}

    def view(self) -> View:
        """Everything the template reads, and nothing else."""
        return {
            "words": self.words,
            "language": self.language,
            "date": {"year": self.day.year, "month": self.day.month, "day": self.day.day},
            "title": self.words["title"],
            "subject": self._running_title(),
            "institution": self._text(self.pack.institution),
            "policy-title": self._text(self.pack.title),
            "running-title": self._running_title(),
            "running-policy": f"{self.result['policy'].upper()} · {self._version()}",
            "applied-on": self._date(self.day),
            "facts": self._facts(),
            "figures": self._figures(),
            "notices": [self._said(notice["message"]) for notice in self.result.get("notices", ())],
            "claims": [self._claim(n, claim) for n, claim in enumerate(self.result["claims"])],
            "next-steps": [
                {"claim": step["claim"], "message": self._said(step["message"])}
                for step in self.result.get("next_steps", ())
            ],
            "limits": [self._limit(limit) for limit in self.result["limits"]],
            "conditions": [self._condition(condition) for condition in self.result["conditions"]],
            "clauses": self._clauses(),
        }

    def _text(self, text: Text) -> str:
        return text.in_language(self.language)

    def _said(self, said: Mapping[str, str] | None) -> str:
        return said[self.language] if said else ""

    def _label(self, vocabulary: str, value: object) -> str:
        if value is None:
            return self.words["unknown"]
        label = VOCABULARY.get(vocabulary, {}).get(str(value))
        return self._text(label) if label is not None else str(value)

    def _date(self, day: date) -> str:
        return f"{day.day} {self._text(MONTHS).split()[day.month - 1]} {day.year}"

    def _version(self) -> str:
        return self.words["in_force_from"].format(self._date(self.version))

    def _running_title(self) -> str:
        return f"{self.words['title']}: {self.document['programme']['institution']}"

    def _value(self, unit: str, value: Any) -> str:
        """Write a found or required value as people do."""
        if value is None:
            return self.words["unknown"]
        if unit in ("share", "percent"):
            return f"{_plain(Decimal(str(value)) * (100 if unit == 'share' else 1))} %"
        if unit == "bool":
            return self.words["yes" if value else "no"]
        if unit == "day":
            return self._date(date.fromisoformat(value))
        return _plain(value) if unit in ("count", "credits") else self._label(unit, value)

    def _facts(self) -> list[View]:
        programme = self.document["programme"]
        rows = [
            ("programme", [" · ".join(_present(programme["institution"], programme.get("field")))]),
            ("level", [" · ".join(self._levels(programme))]),
            ("graduating_credits", [_plain(programme["graduating_credits"])]),
            ("student", [self._student()]),
            ("prior_studies", [self._study(study) for study in self.document.get("prior_studies") or ()]),
            ("applied_on", [self._date(self.day)]),
            ("policy_version", [self._version()]),
        ]
        return [{"label": self.words[name], "value": lines} for name, lines in rows if any(lines)]

    def _levels(self, programme: Mapping[str, Any]) -> Iterable[str]:
        yield self._label("level", programme["level"])
        if programme.get("mode"):
            yield self._label("mode", programme["mode"])

    def _student(self) -> str:
        student = self.document.get("student") or {}
        words = [self._label("status", student.get("status")) if student.get("status") else None]
        words.append(self._label("standing", student.get("standing")) if student.get("standing") else None)
        words += [f"{self.words[name]} {student[name]}" for name in ("semester", "week") if student.get(name)]
        return _capital(" · ".join(_present(*words)))

    def _study(self, study: Mapping[str, Any]) -> str:
        level = self._label("level", study["level"]) if study.get("level") else None
        outcome = self._label("prior_outcome", study["outcome"]) if study.get("outcome") else None
        return " · ".join(_present(study.get("institution"), level, study.get("field"), outcome))

    def _figures(self) -> list[View]:
        outcomes = [claim["outcome"] for claim in self.result["claims"]]
        return [
            {"value": _plain(self.result["credits_accepted"]), "label": self.words["credits_accepted"]},
            {"value": _plain(self.result["credits_possible"]), "label": self.words["credits_possible"]},
            {
                "value": str(outcomes.count("eligible")),
                "label": self.words["claims_eligible"].format(len(outcomes)),
            },
            {"value": str(outcomes.count("needs_evidence")), "label": self.words["claims_open"]},
        ]

    def _claim(self, index: int, claim: Mapping[str, Any]) -> View:
        asked = self.document["claims"][index]
        return {
            "number": index + 1,
            "code": claim["target"],
            "title": claim.get("title") or asked["target"].get("title"),
            "sources": _present(*(source.get("code") or source.get("title") for source in asked["sources"])),
            "basis": self._label("basis", asked["basis"]),
            "credits": _plain(asked["target"]["credits"]),
            "outcome": claim["outcome"],
            "outcome-label": self._label("claim_outcome", claim["outcome"]),
            "award": _capital(self._label("award", claim["award"])),
            "message": self._said(claim.get("message")),
            "checks": [self._check(check) for check in claim["checks"]],
        }

    def _check(self, check: Mapping[str, Any]) -> View:
        found, required = self.units[check["rule"]]
        return {
            "label": self._label("rule", check["rule"]),
            "outcome": check["outcome"],
            "outcome-label": self._label("check_outcome", check["outcome"]),
            "found": self._value(found, check["found"]),
            "required": self._required(check, required),
            "message": self._said(check["message"]),
            "clauses": list(check["clauses"]),
        }

    def _required(self, check: Mapping[str, Any], unit: str) -> str:
        words, known = self._value(unit, check["required"]), check["required"] is not None
        return as_required(check["rule"], words, self.language) if known else words

    def _limit(self, limit: Mapping[str, Any]) -> View:
        most, granted = limit["limit_credits"], limit.get("granted_credits") or 0
        accepted, used = limit["accepted_credits"], granted + limit["accepted_credits"]
        whole = max(most or 0, used) or 1
        name = "limit_unbounded" if most is None else "limit_used"
        return {
            "label": self._said(limit.get("label")),
            "clauses": list(limit["clauses"]),
            "bounded": most is not None,
            "used": self.words[name].format(*map(_plain, (used, most) if most is not None else (used,))),
            "granted-share": float(granted / whole),
            "accepted-share": float(accepted / whole),
            "parts": self._parts(most, granted, accepted),
            "claims": [
                {"target": c["target"], "credits": _plain(c["credits"])} for c in limit.get("claims", ())
            ],
            "left-out": list(limit.get("left_out", ())),
            "bands": [self._limit(band) for band in limit.get("bands", ())],
        }

    def _parts(self, most: Any, granted: Any, accepted: Any) -> list[str]:
        parts = [self.words["accepted"].format(_plain(accepted))]
        if granted:
            parts.insert(0, self.words["granted"].format(_plain(granted)))
        if most is not None:
            parts.append(self.words["room"].format(_plain(max(most - granted - accepted, 0))))
        return parts

    def _condition(self, condition: Mapping[str, Any]) -> View:
        return {
            "label": self._said(condition["label"]),
            "clauses": list(condition["clauses"]),
            "message": self._said(condition.get("message")),
            "claims": list(condition.get("claims", ())),
        }

    def _clauses(self) -> list[View]:
        """Every clause the result cites, once, in the order of the guideline."""
        cited = set(_cited(self.result))
        return [
            {"id": name, "text": self._text(clause.text)}
            for name, clause in self.pack.clauses.items()
            if name in cited
        ]


def _cited(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        yield from value.get("clauses", ())
        for each in value.values():
            yield from _cited(each)
    elif isinstance(value, list):
        for each in value:
            yield from _cited(each)


def _present(*words: str | None) -> list[str]:
    return [word for word in words if word]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _plain(number: Any) -> str:
    """Write a number as people do: 3, 2.5, never 3.0 or 1E+2."""
    return f"{Decimal(str(number)).normalize():f}"


@cache
def _words() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = read_file(WORDS)
    return loaded
