"""What is filled in of a proposal’s form, and what is missing; the names are those of `proposals.fields`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.proposals.field import MEASURES, Field
from portal.proposals.fields import form_of
from portal.proposals.models import Proposal

COLUMNS = ("name_ms", "name_en", "part", "parts", "code")
"""Fields that are columns of the proposal; the original course is one too, named by its code."""

SECTIONS: dict[str, tuple[str, ...]] = {
    "justification": ("justification",),
    "market_survey": ("respondents", "survey_analysis"),
    "entry_requirement": ("entry_requirement",),
    "synopsis": ("synopsis_ms",),
    "lecturers": ("lecturers",),
    "learning_outcomes": ("outcomes",),
    "study_session": ("study_session",),
    "curriculum_structure": ("units",),
    "course_content": ("units",),
    "offer_period": ("offer_period",),
    "course_level": ("level",),
    "learner_commitment": ("commitment",),
    "assessment_method": ("assessments",),
    "promotion": ("promotion",),
    "continuous_improvement": ("continuous_improvement",),
    "fee": ("fee",),
}
"""The fields that fill a section of the form (UNIMAS 2.1)."""


def is_filled(value: Any) -> bool:
    """Whether something was entered."""
    return value not in (None, "", [], {})


def filled_sections(proposal: Proposal) -> set[str]:
    """Return the sections of the form that are filled in."""
    content = proposal.content
    found = {
        section for section, names in SECTIONS.items() if all(is_filled(content.get(name)) for name in names)
    }
    return found | ({"original_course"} if proposal.original_id else set())


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that must be filled in before the proposal is handed in: its page, place and words."""

    section: str
    place: str
    label: str


def values_of(proposal: Proposal) -> dict[str, Any]:
    """Return the values of every field by name: the content, and what is kept in columns."""
    columns = {name: getattr(proposal, name) for name in COLUMNS}
    original = proposal.original.code if proposal.original else ""
    return {**proposal.content, **columns, "original": original}


def without_empties(value: Any) -> Any:
    """Return a value as it is kept: nothing in it that was left empty."""
    if isinstance(value, Mapping):
        return {key: without_empties(each) for key, each in value.items() if is_filled(each)}
    if isinstance(value, list):
        kept = [without_empties(each) for each in value]
        return [each for each in kept if _says_something(each)]
    return value


def _says_something(value: Any) -> bool:
    """Whether an entry of a list holds more than a row’s code or an empty box."""
    if isinstance(value, Mapping):
        return any(each for key, each in value.items() if key != "code")
    return is_filled(value)


def missing_of(proposal: Proposal) -> list[Missing]:
    """Return every field that the form asks for and that is empty, page by page."""
    values = values_of(proposal)
    return [
        Missing(section.name, place, label)
        for section in form_of(proposal)
        for place, label in _empty(section.fields, values)
    ]


def _empty(
    fields: Sequence[Field], values: Mapping[str, Any], prefix: str = "", words: str = ""
) -> Iterator[tuple[str, str]]:
    for field in fields:
        value, place = values.get(field.name), f"{prefix}{field.name}"
        if field.name == "amount":
            value = next((values[name] for name in MEASURES if values.get(name)), None)
        if field.type == "rows":
            for number, row in enumerate(value or []):
                yield from _empty(field.rows, row, f"{place}[{number}].", f"{field.row} {number + 1}: ")
        if field.required and (not is_filled(value) or (value is False and field.type == "tick")):
            yield place, f"{words}{field.label}"
