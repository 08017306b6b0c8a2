"""The form of a proposal: its pages and fields, each named once."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from portal.proposals.field import Field, Section
from portal.proposals.fields_planning import COURSE, LEARNERS, NEED, RUNNING
from portal.proposals.fields_teaching import ASSESSMENT, CONTENT, DELIVERY, OUTCOMES
from portal.proposals.models import Proposal

SECTIONS = (
    Section("course", _("Course"), COURSE, ("title", "origin_level")),
    Section("need", _("Need"), NEED, ("market_survey",)),
    Section(
        "outcomes",
        _("Learning outcomes"),
        OUTCOMES,
        ("outcomes_assessed",),
        _("An outcome is worded in three parts: an action verb, performance criteria and conditions."),
    ),
    Section("delivery", _("Delivery"), DELIVERY, ("delivery_mode",)),
    Section("content", _("Content plan"), CONTENT, ("unit_assessment", "modules")),
    Section(
        "assessment",
        _("Assessment"),
        ASSESSMENT,
        ("assessment_total", "continuous_and_final", "outcomes_assessed"),
    ),
    Section("learners", _("Learners and lecturers"), LEARNERS),
    Section("running", _("Running the course"), RUNNING),
)
"""The pages of the form, in their order."""


def sections_of(kind: str, policy: str) -> list[Section]:
    """Return the pages of a form, each with the fields that are asked."""
    found = [replace(section, fields=asked(section.fields, kind, policy)) for section in SECTIONS]
    return [section for section in found if section.fields]


def asked(fields: tuple[Field, ...], kind: str, policy: str) -> tuple[Field, ...]:
    """Return the fields that a form has, also within rows."""
    return tuple(
        replace(field, rows=asked(field.rows, kind, policy)) for field in fields if field.asked(kind, policy)
    )


def form_of(proposal: Proposal) -> list[Section]:
    """Return the pages of a proposal’s form."""
    return sections_of(proposal.kind, proposal.policy)


def section_of(proposal: Proposal, name: str) -> Section | None:
    """Return one page of a proposal’s form, if it has it."""
    return next((section for section in form_of(proposal) if section.name == name), None)


def field_of(proposal: Proposal, name: str) -> Field | None:
    """Return one field of a proposal’s form, if it has it."""
    return next((f for section in form_of(proposal) for f in section.fields if f.name == name), None)
