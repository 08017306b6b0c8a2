"""Whether a MOOC meets the quality criteria: the self-check by programme coordinator or evaluator."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field

from tauliah.courses.amounts import adds_up_to, at_least, each_at_least
from tauliah.policy.answer import result, values_on
from tauliah.policy.check import Fact, Finding, checks, every, verdict
from tauliah.policy.in_force import ValuesInForce
from tauliah.policy.pack import Pack
from tauliah.values.case import InvalidCase, Problem, word_error
from tauliah.values.fields import CaseModel, Count, Percent, Quantity, Rating, RequiredName, YesNo
from tauliah.values.number import as_json, in_words, rounded
from tauliah.values.text import Text, joined
from tauliah.values.vocabulary import VOCABULARY, WORDS

Json = dict[str, Any]

MOST = 200
"""Topics, outcomes or assessments a MOOC may list."""


class Ratings(CaseModel):
    """The rating of each indicator of quality, 1 to 4."""

    landing_page_logos: Rating | None = None
    promotional_video: Rating | None = None
    information_before_joining: Rating | None = None
    information_after_joining: Rating | None = None
    topic_learning_outcomes: Rating | None = None
    topic_introduction: Rating | None = None
    activities: Rating | None = None
    assessment: Rating | None = None
    additional_resources: Rating | None = None
    teaching_video: Rating | None = None
    course_content: Rating | None = None
    copyright: Rating | None = None


class Topic(CaseModel):
    """How much a topic has of what it needs."""

    outcomes: Count | None = None
    activities: Count | None = None
    resources: Count | None = None


class LearningOutcome(CaseModel):
    """How many assessments a learning outcome has."""

    assessments: Count | None = None


class Video(CaseModel):
    """The teaching videos of all weeks together."""

    minutes: Quantity | None = None
    original_minutes: Quantity | None = None
    presenter_appears: YesNo | None = None
    weeks: Count | None = None


class MoocQualityCase(CaseModel):
    """A MOOC as one evaluator found it."""

    kind: Literal["mooc_quality"]
    policy: RequiredName
    ratings: Ratings | None = None
    topics: Annotated[list[Topic], Field(max_length=MOST)] | None = None
    learning_outcomes: Annotated[list[LearningOutcome], Field(max_length=MOST)] | None = None
    assessment_percents: Annotated[list[Percent | None], Field(max_length=MOST)] | None = None
    video: Video | None = None
    creative_commons: YesNo | None = None
    disclaimer: YesNo | None = None

    @property
    def given(self) -> dict[str, int]:
        """The ratings that are given."""
        rated = {name: getattr(self.ratings, name, None) for name in WORDS["indicator"]}
        return {name: rating for name, rating in rated.items() if rating is not None}

    @property
    def videos(self) -> Video:
        """The videos as far as they are described."""
        return self.video or Video()


def mooc_quality(case: MoocQualityCase, pack: Pack) -> Json:
    """Whether the MOOC is ready, check by check; raises `InvalidCase` for what cannot be."""
    _check_consistency(case)
    values = values_on(pack)
    found = checks(case, values, pack.answers["mooc_quality"], QUESTIONS)
    mean = _mean(case)
    body = {
        "ready": verdict(check.outcome for check in found),
        "checks": [check.as_dict() for check in found],
        "mean_rating": None if mean is None else float(mean),
    }
    return result("mooc_quality", case, values, body)


def _check_consistency(case: MoocQualityCase) -> None:
    problems = [
        Problem(f"ratings.{name}", word_error(name, WORDS["indicator"]).text)
        for name in (case.ratings.model_extra if case.ratings else None) or {}
    ]
    total, original = case.videos.minutes, case.videos.original_minutes
    if total is not None and original is not None and original > total:
        text = Text(
            f"Lebih lama daripada semua video ({total} minit).",
            f"Longer than all the videos ({total} minutes).",
        )
        problems.append(Problem("video.original_minutes", text))
    if problems:
        raise InvalidCase(problems)


def _mean(case: MoocQualityCase) -> Decimal | None:
    """The mean of the ratings given, to two decimals."""
    given = case.given.values()
    return rounded(Fraction(sum(given), len(given))) if given else None


def ratings(case: MoocQualityCase, values: ValuesInForce) -> Finding:
    """Every indicator is rated; where the policy asks for a mean, it is reached."""
    missing = [name for name in WORDS["indicator"] if name not in case.given]
    least, mean = values.optional("least_mean_rating"), _mean(case)
    facts: dict[str, Fact] = {
        "missing": joined([VOCABULARY["indicator"][name] for name in missing], ", "),
        "found": None if mean is None else in_words(mean),
        "required": None if least is None else str(least),
    }
    reached = True if least is None else mean is not None and mean >= Decimal(str(least))
    shown = None if mean is None else float(mean)
    return Finding(None if missing else reached, shown, least, facts)


def topics(case: MoocQualityCase, values: ValuesInForce) -> Finding:
    """There are enough topics."""
    return at_least(values.number("least_topics"), None if case.topics is None else len(case.topics))


def learning_outcomes(case: MoocQualityCase, values: ValuesInForce) -> Finding:
    """There are enough learning outcomes, and not too many."""
    least, most = values.span("course_learning_outcomes")
    count = None if case.learning_outcomes is None else len(case.learning_outcomes)
    facts: dict[str, Fact] = {
        "found": None if count is None else in_words(count),
        "least": in_words(least),
        "most": in_words(most),
    }
    required = {"least": as_json(least), "most": as_json(most)}
    return Finding(None if count is None else least <= count <= most, count, required, facts)


def topic_outcomes(case: MoocQualityCase, values: ValuesInForce) -> Finding:
    """Every topic states its learning outcomes."""
    counts = None if case.topics is None else [topic.outcomes for topic in case.topics]
    return each_at_least(values.number("least_topic_outcomes"), counts)


def topic_activities(case: MoocQualityCase, values: ValuesInForce) -> Finding:
    """Every topic has enough activities."""
    counts = None if case.topics is None else [topic.activities for topic in case.topics]
    return each_at_least(values.number("least_topic_activities"), counts)


def topic_resources(case: MoocQualityCase, values: ValuesInForce) -> Finding:
    """Every topic has enough further reading."""
    counts = None if case.topics is None else [topic.resources for topic in case.topics]
    return each_at_least(values.number("least_topic_resources"), counts)


def outcomes_assessed(case: MoocQualityCase, values: ValuesInForce) -> Finding:
    """Every learning outcome is assessed."""
    outcomes = case.learning_outcomes
    counts = None if outcomes is None else [outcome.assessments for outcome in outcomes]
    return each_at_least(values.number("least_outcome_assessments"), counts)


def assessment_total(case: MoocQualityCase, values: ValuesInForce) -> Finding:
    """The assessments' percentages add up to the whole."""
    return adds_up_to(values.number("assessment_total"), case.assessment_percents)


def video_length(case: MoocQualityCase, values: ValuesInForce) -> Finding:
    """The videos run long enough, over enough weeks."""
    minutes = at_least(values.number("least_video_minutes"), case.videos.minutes)
    weeks = at_least(values.number("least_video_weeks"), case.videos.weeks)
    facts: dict[str, Fact] = {
        "minutes": minutes.facts["found"],
        "minutes_required": minutes.facts["required"],
        "weeks": weeks.facts["found"],
        "weeks_required": weeks.facts["required"],
    }
    return Finding(
        every((minutes.holds, weeks.holds)),
        {"minutes": minutes.found, "weeks": weeks.found},
        {"minutes": minutes.required, "weeks": weeks.required},
        facts,
    )


def video_original(case: MoocQualityCase, values: ValuesInForce) -> Finding:
    """Enough of the videos is original; without any video there is nothing original."""
    total, original = case.videos.minutes, case.videos.original_minutes
    least = values.number("least_original_percent")
    holds: bool | None = None
    if total == 0:
        holds = False
    elif total is not None and original is not None:
        holds = original * 100 >= least * total
    percent = rounded(Fraction(original * 100) / Fraction(total)) if total and original is not None else None
    facts: dict[str, Fact] = {
        "found": None if original is None else in_words(original),
        "total": None if total is None else in_words(total),
        "percent": None if percent is None else in_words(percent),
        "required": in_words(least),
    }
    return Finding(holds, None if percent is None else as_json(percent), as_json(least), facts)


def presenter(case: MoocQualityCase, values: ValuesInForce) -> Finding:
    """The subject expert or instructor appears at the beginning of the teaching video."""
    appears = case.videos.presenter_appears
    return Finding(appears, appears, required=True)


def copyright(case: MoocQualityCase, values: ValuesInForce) -> Finding:
    """The Creative Commons logo and the disclaimer are on the MOOC."""
    given = {"creative_commons": case.creative_commons, "disclaimer": case.disclaimer}
    holds = every(given.values())
    lacking = [name for name, there in given.items() if there is (holds if holds is None else False)]
    facts: dict[str, Fact] = {"missing": joined([COPYRIGHT[name] for name in lacking], ", ")}
    return Finding(holds, given, dict.fromkeys(given, True), facts)


COPYRIGHT: Mapping[str, Text] = {
    "creative_commons": Text("logo lesen Creative Commons", "Creative Commons licence logo"),
    "disclaimer": Text("penafian", "disclaimer"),
}

QUESTIONS = {
    "ratings": ratings,
    "topics": topics,
    "learning_outcomes": learning_outcomes,
    "topic_outcomes": topic_outcomes,
    "topic_activities": topic_activities,
    "topic_resources": topic_resources,
    "outcomes_assessed": outcomes_assessed,
    "assessment_total": assessment_total,
    "video_length": video_length,
    "video_original": video_original,
    "presenter": presenter,
    "copyright": copyright,
}
"""The checks of a MOOC's quality under the contract's names, in its order."""
