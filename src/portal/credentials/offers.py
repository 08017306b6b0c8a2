"""What a verified credential offers an application for credit transfer: courses with their values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tauliah.credentials.achievement import MQF_LEVEL_OF
from tauliah.credentials.decision import SourceCourse
from tauliah.credentials.decision_reading import is_decision, read_decision
from tauliah.credentials.strict_json import Json
from tauliah.credentials.structure import many
from tauliah.values.case import InvalidCase
from tauliah.values.vocabulary import GRADES

LEVEL_OF_MQF = {number: level for level, number in sorted(MQF_LEVEL_OF.items(), reverse=True)}
BASES = {"MicroCredential": "micro_credential", "Certificate": "mooc", "CertificateOfCompletion": "mooc"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One course as a credential certifies it; ``credited_as`` names where it was credited already."""

    basis: str
    institution: str
    code: str = ""
    title: str = ""
    credits: Decimal | None = None
    grade: str = ""
    level: str = ""
    completed_on: date | None = None
    credited_as: str = ""

    @property
    def source(self) -> dict[str, Any]:
        """The course as a source of a case."""
        known = {
            "institution": self.institution,
            "code": self.code,
            "title": self.title,
            "credits": float(self.credits) if self.credits is not None else None,
            "grade": self.grade if self.grade in GRADES else None,
            "level": self.level or None,
            "completed_on": self.completed_on.isoformat() if self.completed_on else None,
        }
        return {name: value for name, value in known.items() if value not in (None, "")}


def offers_of(document: Json) -> list[Offer]:
    """Return the courses of a credential; none where it certifies none that can be read."""
    try:
        return list(_of_decision(document) if is_decision(document) else _of_award(document))
    except (InvalidCase, KeyError, TypeError, ValueError, AttributeError):
        return []


def _of_decision(document: Json) -> Iterator[Offer]:
    """The courses brought along in a decision that were credited there."""
    decision = read_decision(document)
    for course in decision.courses:
        if course.outcome == "eligible":
            for source in course.sources:
                if source.code or source.title:
                    yield _of_source(source, f"{decision.institution}: {course.code}", course.basis)


def _of_source(source: SourceCourse, credited_as: str, basis: str) -> Offer:
    return Offer(
        basis=basis,
        institution=source.institution or "",
        code=source.code or "",
        title=source.title or "",
        credits=source.credits,
        grade=source.grade or "",
        level=source.level or "",
        completed_on=source.completed_on,
        credited_as=credited_as,
    )


def _of_award(document: Json) -> Iterator[Offer]:
    issuer = document["issuer"]
    for subject in many(document["credentialSubject"]):
        achievement = subject["achievement"]
        ended = str(subject.get("activityEndDate") or document.get("awardedDate") or "")[:10]
        yield Offer(
            basis=BASES.get(str(achievement.get("achievementType")), "prior_study"),
            institution=_first(issuer.get("name")) if isinstance(issuer, dict) else str(issuer),
            code=str(achievement.get("humanCode") or "")[:40],
            title=_first(achievement.get("name")),
            credits=_number(subject.get("creditsEarned")),
            grade=_grade(achievement, subject),
            level=_level(achievement),
            completed_on=date.fromisoformat(ended) if ended else None,
        )


def _first(name: Any) -> str:
    """The Malay half of “Malay / English”, or the name as it is."""
    return str(name or "").partition(" / ")[0][:200]


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value)) if value is not None else None
    except InvalidOperation:
        return None


def _grade(achievement: Json, subject: Json) -> str:
    letters = {
        each.get("id")
        for each in many(achievement.get("resultDescription"))
        if each.get("resultType") == "LetterGrade"
    }
    found = (r.get("value") for r in many(subject.get("result")) if r.get("resultDescription") in letters)
    return str(next(found, "") or "")


def _level(achievement: Json) -> str:
    for alignment in many(achievement.get("alignment")):
        if alignment.get("targetType") == "ext:MQFLevel":
            number = str(alignment.get("targetCode", "")).rpartition("-")[2]
            return LEVEL_OF_MQF.get(int(number), "") if number.isdecimal() else ""
    return ""
