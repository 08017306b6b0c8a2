"""Which parts of the form are filled in; the names are those of `portal.proposals.fields`."""

from typing import Any

from portal.proposals.models import Proposal

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
