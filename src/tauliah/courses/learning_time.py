"""How long a course takes its learners: from slides, minutes, pages and questions to hours and credits."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field

from tauliah.policy.answer import result, values_on
from tauliah.policy.in_force import ValuesInForce
from tauliah.policy.pack import Pack
from tauliah.values.case import REQUIRED, InvalidCase, Problem
from tauliah.values.fields import CaseModel, Quantity, RequiredName, Word
from tauliah.values.number import as_json, rounded
from tauliah.values.text import Text
from tauliah.values.vocabulary import VOCABULARY, WORDS

Json = dict[str, Any]

MOST_ACTIVITIES = 500
MINUTES_PER_HOUR = 60
MEASURED_IN: Mapping[str, str] = {
    "slide": "slides",
    "forum": "minutes",
    "video": "minutes",
    "webinar": "minutes",
    "lecture": "minutes",
    "reading": "pages",
    "quiz": "questions",
    "video_assignment": "minutes",
    "essay": "pages",
    "presentation": "minutes",
    "exam_short": "questions",
    "exam_long": "questions",
}
"""What the volume of an activity is counted in."""

OTHER_MEASURE = Text(
    "Tidak dibaca; aktiviti ini dikira dengan {measure}.",
    "Not read; this activity is counted in {measure}.",
)


class Activity(CaseModel):
    """Something learners do, and how much of it."""

    type: Annotated[str, Word("activity")]
    slides: Quantity | None = None
    minutes: Quantity | None = None
    pages: Quantity | None = None
    questions: Quantity | None = None

    @property
    def volume(self) -> Decimal | None:
        """How much of it, in what the activity is counted in."""
        amount: Decimal | None = getattr(self, MEASURED_IN[self.type])
        return amount


class LearningTimeCase(CaseModel):
    """A course's activities, whose learning time is asked for."""

    kind: Literal["learning_time"]
    policy: RequiredName
    activities: Annotated[list[Activity], Field(max_length=MOST_ACTIVITIES)]


def learning_time(case: LearningTimeCase, pack: Pack) -> Json:
    """The range of minutes, hours and credits; raises `InvalidCase` where a volume is missing."""
    _check_volumes(case)
    values = values_on(pack)
    spans = [_span(activity, values) for activity in case.activities]
    least, most = (sum((span[i] for span in spans), Decimal(0)) for i in (0, 1))
    hour, credit = Fraction(MINUTES_PER_HOUR), MINUTES_PER_HOUR * Fraction(values.number("hours_per_credit"))
    body = {
        "minutes": {"least": as_json(least), "most": as_json(most)},
        "hours": _in_units_of(hour, least, most),
        "credits": _in_units_of(credit, least, most),
        "clauses": [*values.clauses, *pack.answers["learning_time"]["learning_time"].clauses],
        "activities": [
            _activity(a, span, values.afresh()) for a, span in zip(case.activities, spans, strict=True)
        ],
    }
    return result("learning_time", case, values, body, _other_measures(case))


def _check_volumes(case: LearningTimeCase) -> None:
    missing = [
        Problem(f"activities[{i}].{MEASURED_IN[activity.type]}", REQUIRED)
        for i, activity in enumerate(case.activities)
        if activity.volume is None
    ]
    if missing:
        raise InvalidCase(missing)


def _span(activity: Activity, values: ValuesInForce) -> tuple[Decimal, Decimal]:
    """The least and most minutes an activity takes."""
    rate = values.span("learning_minutes", activity=activity.type)
    volume = activity.volume or Decimal(0)
    return volume * rate[0], volume * rate[1]


def _in_units_of(unit: Fraction, least: Decimal, most: Decimal) -> Json:
    return {
        "least": float(rounded(Fraction(least) / unit)),
        "most": float(rounded(Fraction(most) / unit)),
    }


def _activity(activity: Activity, span: tuple[Decimal, Decimal], values: ValuesInForce) -> Json:
    least, most = values.span("learning_minutes", activity=activity.type)
    return {
        "type": activity.type,
        "label": VOCABULARY["activity"][activity.type].as_dict(),
        "volume": as_json(activity.volume or Decimal(0)),
        "measure": MEASURED_IN[activity.type],
        "minutes_each": {"least": as_json(least), "most": as_json(most)},
        "minutes": {"least": as_json(span[0]), "most": as_json(span[1])},
        "clauses": values.clauses,
    }


def _other_measures(case: LearningTimeCase) -> Iterable[Problem]:
    """Volumes in another measure than the activity's own."""
    for i, activity in enumerate(case.activities):
        own = MEASURED_IN[activity.type]
        for measure in WORDS["volume"]:
            if measure != own and getattr(activity, measure) is not None:
                text = OTHER_MEASURE.fill(measure=VOCABULARY["volume"][own])
                yield Problem(f"activities[{i}].{measure}", text)
