"""How many credits of teaching load a MOOC counts."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import prod
from typing import Annotated, Any, Literal

from tauliah.courses.amounts import at_least
from tauliah.policy.answer import result, values_on
from tauliah.policy.check import Finding, checks, verdict
from tauliah.policy.in_force import ValuesInForce
from tauliah.policy.pack import Pack
from tauliah.policy.parameter import Row
from tauliah.values.case import Problem, invalid
from tauliah.values.fields import CaseModel, Count, CourseCredits, RequiredName, Word
from tauliah.values.number import as_json, rounded
from tauliah.values.text import Text
from tauliah.values.vocabulary import VOCABULARY

Json = dict[str, Any]

LECTURES_MISSING = Text(
    "Nyatakan kredit kuliah yang setara; kursus ini dikira sama seperti kuliah.",
    "State the credits of the equivalent lectures; this course counts as they do.",
)


class TeachingLoadCase(CaseModel):
    """A MOOC that was offered, with its learners."""

    kind: Literal["teaching_load"]
    policy: RequiredName
    category: Annotated[str, Word("load_category")]
    participants: Count | None = None
    completions: Count | None = None
    lecture_credits: CourseCredits | None = None


def teaching_load(case: TeachingLoadCase, pack: Pack) -> Json:
    """The credits of the load; raises `InvalidCase` where more complete than take part."""
    taking_part, completing = case.participants, case.completions
    if taking_part is not None and completing is not None and completing > taking_part:
        raise invalid(
            "completions",
            f"Lebih ramai daripada peserta ({taking_part}).",
            f"More than there are participants ({taking_part}).",
        )
    values = values_on(pack)
    found = checks(case, values, pack.answers["teaching_load"], QUESTIONS)
    met = verdict(check.outcome for check in found)
    as_lectures = values.read("load_counts_as_lectures", category=case.category)
    credits = case.lecture_credits if as_lectures else values.number("load_credits", category=case.category)
    counted = None if met is None or credits is None else as_json(credits) if met else 0
    body = {
        "credits": counted,
        "checks": [check.as_dict() for check in found],
        "clauses": values.clauses,
        "estimate": _estimate(values.afresh()) if values.has("load_estimate") else None,
    }
    missing = [Problem("lecture_credits", LECTURES_MISSING)] if as_lectures and credits is None else []
    return result("teaching_load", case, values, body, missing)


def _estimate(values: ValuesInForce) -> Json:
    """The guideline's estimate of the hours that development and offering take, and of their credits."""
    steps = [_step(row) for row in values.rows("load_estimate")]
    hours = sum(step["hours"] for step in steps)
    credits = rounded(Fraction(hours) / Fraction(values.number("hours_per_credit")))
    return {"steps": steps, "hours": hours, "credits": as_json(credits), "clauses": values.clauses}


def _step(row: Row) -> Json:
    (name,) = row.when["step"]
    times = dict(row.value) if isinstance(row.value, Mapping) else {}
    hours = prod(times.values())
    label = VOCABULARY["load_step"][name].as_dict()
    return {"step": name, "label": label, **times, "hours": hours, "clauses": list(row.clauses)}


def participants(case: TeachingLoadCase, values: ValuesInForce) -> Finding | None:
    """Enough people take part, where the category asks for it."""
    return _enough("least_participants", case.category, case.participants, values)


def completions(case: TeachingLoadCase, values: ValuesInForce) -> Finding | None:
    """Enough people complete the course, where the category asks for it."""
    return _enough("least_completions", case.category, case.completions, values)


def _enough(name: str, category: str, found: int | None, values: ValuesInForce) -> Finding | None:
    least = values.read(name, category=category)
    return at_least(Decimal(least), found) if isinstance(least, int) else None


QUESTIONS = {"participants": participants, "completions": completions}
"""The checks of a teaching load under the contract's names."""
