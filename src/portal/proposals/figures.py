"""The figures of a MOOC that its quality is judged by: read from the content, corrected by who judges it."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.packs import packs
from portal.proposals.checking import knows
from portal.proposals.models import Evaluation, Proposal
from tauliah.evaluate import evaluate

Json = dict[str, Any]
READING = frozenset({"reading"})
"""Activities that are further reading."""
SHOWN_BY = {"presenter_appears": "a_9_2", "creative_commons": "a_11_i", "disclaimer": "a_11_ii"}
"""The points of Lampiran A that answer a question of the engine."""


def figures_of(proposal: Proposal) -> Json:
    """Return the figures as the content has them; who produced a video is not known from it."""
    content: Mapping[str, Any] = proposal.content
    units = content.get("units") or []
    assessments = content.get("assessments") or []
    return {
        "topics": [topic_of(unit) for unit in units],
        "learning_outcomes": [
            {"assessments": sum(outcome.get("code") in (a.get("outcomes") or ()) for a in assessments)}
            for outcome in content.get("outcomes") or []
        ],
        "assessment_percents": [number(a.get("percent")) for a in assessments],
        "video": {
            "minutes": sum((minutes_of(unit) for unit in units), 0),
            "original_minutes": None,
            "weeks": sum(minutes_of(unit) > 0 for unit in units),
        },
    }


def topic_of(unit: Mapping[str, Any]) -> Json:
    """Return how much a unit has of what a topic needs."""
    kinds = [activity.get("type") for activity in unit.get("activities") or []]
    return {
        "outcomes": len(unit.get("outcomes") or ()),
        "activities": sum(kind not in READING for kind in kinds),
        "resources": sum(kind in READING for kind in kinds),
    }


def minutes_of(unit: Mapping[str, Any]) -> int:
    """Return the minutes of video in a unit."""
    videos = [a for a in unit.get("activities") or [] if a.get("type") == "video"]
    return sum(int(number(video.get("minutes")) or 0) for video in videos)


def number(value: Any) -> float | int | None:
    """Read a number of the content; None for what is none."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return None
    if not exact.is_finite():
        return None
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def case_of_quality(evaluation: Evaluation) -> Json:
    """Write an evaluation by Lampiran A out as a case of kind ``mooc_quality``."""
    figures = evaluation.figures or figures_of(evaluation.proposal)
    ticked = {name: bool(evaluation.ticks.get(key)) for name, key in SHOWN_BY.items()}
    video = {name: value for name, value in (figures.get("video") or {}).items() if value is not None}
    return {
        "kind": "mooc_quality",
        "policy": evaluation.proposal.policy,
        "ratings": {name: rating for name, rating in evaluation.ratings.items() if rating},
        "topics": figures.get("topics") or [],
        "learning_outcomes": figures.get("learning_outcomes") or [],
        "assessment_percents": figures.get("assessment_percents") or [],
        "video": {**video, "presenter_appears": ticked["presenter_appears"]},
        "creative_commons": ticked["creative_commons"],
        "disclaimer": ticked["disclaimer"],
    }


def judged(evaluation: Evaluation) -> Json | None:
    """Return the engine’s result of an evaluation by Lampiran A; nothing where the policy has no rules.

    Raises ``InvalidCase`` where a figure cannot be.
    """
    if not knows(evaluation.proposal.policy, "mooc_quality"):
        return None
    return evaluate(case_of_quality(evaluation), packs())
