"""What learners said of a course, without saying who."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from portal.offerings.grading import rounded
from portal.offerings.models import TAKING_PART, Survey
from portal.wording import in_language
from tauliah.files.document import read_file

FILE = Path(__file__).parent / "survey_questions.yaml"
RATINGS = (1, 2, 3, 4, 5)
LEAST_ANSWERS = 3
"""Fewer answers than this are not shown: they would name the learners."""
Question = Mapping[str, str]


@cache
def standard_questions() -> Sequence[Question]:
    """Return what is asked where the course’s people ask nothing else."""
    return tuple(dict(row) for row in read_file(FILE))


@dataclass(frozen=True, slots=True)
class Rated:
    """What learners said to a question that is rated: the mean of 5, and how many chose each number."""

    text: str
    number: int
    mean: Decimal | None
    counts: list[tuple[int, int, int]]
    """Each rating with how many chose it, and their share in whole percent."""


@dataclass(frozen=True, slots=True)
class Told:
    """What learners wrote to an open question, in no order that names them."""

    text: str
    answers: list[str]


@dataclass(frozen=True, slots=True)
class SurveyReport:
    """What came of a survey; nothing of it where too few answered."""

    asked: int
    answered: int
    rated: list[Rated]
    told: list[Told]

    @property
    def is_shown(self) -> bool:
        """Whether enough learners answered for nobody to be recognised."""
        return self.answered >= LEAST_ANSWERS


def report_of(survey: Survey) -> SurveyReport:
    """Return what learners said, without saying who."""
    answers = [one.answers for one in survey.answers.all()]
    asked = survey.offering.enrolments.filter(state__in=TAKING_PART).count()
    if len(answers) < LEAST_ANSWERS:
        return SurveyReport(asked, len(answers), [], [])
    rated = [rated_of(q, answers) for q in survey.questions if q["sort"] == "rating"]
    told = [
        Told(in_language(q), texts_of(q["key"], answers)) for q in survey.questions if q["sort"] == "text"
    ]
    return SurveyReport(asked, len(answers), rated, told)


def rated_of(question: Question, answers: Sequence[Mapping[str, Any]]) -> Rated:
    """Count the answers to a question that is rated."""
    given = [one[question["key"]] for one in answers if question["key"] in one]
    counted = Counter(given)
    counts = [
        (value, counted[value], 100 * counted[value] // len(given) if given else 0) for value in RATINGS
    ]
    mean = rounded(Fraction(sum(given), len(given))) if given else None
    return Rated(in_language(question), len(given), mean, counts)


def texts_of(key: str, answers: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the answers in words, in an order that says nothing of when they came."""
    found = [str(one[key]) for one in answers if key in one]
    return sorted(found, key=lambda text: sha256(text.encode()).digest())
