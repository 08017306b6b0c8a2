"""What the forms of an application ask: the keys of the eligibility check, and a few more.

The check's keys and words are used as they are, so that the two forms stay the same form.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from portal.cases.keys import ANSWER, TEXT, Key, Rows, Shape
from portal.cases.questions import Question
from portal.transfer.keys import SOURCE, SOURCE_KEYS, STUDY, asked, source_keys
from portal.transfer.questions import QUESTIONS as CHECKED

MOST_SOURCES = 8

STUDY_FORM: Shape = {"programme_name": TEXT, **{name: key for name, key in STUDY.items() if name != "id"}}
"""A prior study, kept once for a person."""

STUDY_FIRST = (
    "institution",
    "programme_name",
    "level",
    "outcome",
    "ended_on",
    "accredited",
    "mode",
    "country",
)
STUDY_FURTHER = ("field", "withdrawn_with_cause", "also_holds_diploma")

SOURCE_FORM: Shape = {"result": TEXT, **SOURCE, "original_grade": TEXT, "original_credits": TEXT}
"""A source with what its transcript says; ``result`` is a row of the student's own results."""

CLAIM_FORM: Shape = {
    "target": TEXT,
    "basis": Key("word", "basis"),
    "graded": ANSWER,
    "partner_agreement": ANSWER,
    "approval": TEXT,
    "replacement": TEXT,
    "precedent": TEXT,
    "evidence": Key("words"),
    "sources": Rows(SOURCE_FORM, most=MOST_SOURCES),
}
"""A claim; target and replacement are codes of courses, approval and precedent are numbers."""

OWN_RESULTS = frozenset({"same_institution", "programme_change", "integrated", "resumed_study"})
"""Bases whose sources may be rows of the student's own results."""

JUDGED = frozenset({"onsite_grade", "clo_percent"})
"""What only an assessor says of a source; the applicant is not asked."""

COLUMNS = frozenset(
    {"study", "code", "title", "credits", "grade", "completed_on", "transferred_before", "claimed_before"}
)
"""What of a source has a column of its own; the two questions of earlier use share one."""

QUESTIONS: Mapping[str, Question] = {
    **{name.removeprefix("prior_"): words for name, words in CHECKED.items() if name.startswith("prior_")},
    **{name.removeprefix("claims."): words for name, words in CHECKED.items()},
    "studies.institution": Question(_("Institution"), 6, required=True),
    "studies.country": Question(_("Country (two letters)"), 4),
    "studies.programme_name": Question(_("Programme"), 6, _("As on the certificate or transcript")),
    "target": Question(_("Course applied for"), 8, required=True, empty=_("Choose a course of the plan")),
    "basis": Question(_("Based on"), 6, required=True),
    "graded": Question(_("Carry the grade over?"), 6),
    "approval": Question(
        _("Approval beforehand"),
        6,
        _("The faculty’s approval of this MOOC or micro-credential before it was taken"),
        empty=_("None"),
    ),
    "replacement": Question(
        _("Replacement course"),
        6,
        _("The course taken in its place, where the exempted credits have to be replaced"),
        empty=_("None"),
    ),
    "precedent": Question(_("Accepted before"), 12, empty=_("None")),
    "evidence": Question(_("Documents for this course"), 12),
    "sources.result": Question(
        _("From my own results"), 12, _("Choosing one fills in the fields below"), empty=_("None of them")
    ),
    "sources.grade": Question(_("Grade on this university’s scale"), 4),
    "sources.original_grade": Question(_("Grade as on the transcript"), 4),
    "sources.original_credits": Question(
        _("Credits as on the transcript"), 4, _("If counted otherwise, for example 6 ECTS")
    ),
}
"""The words of every field, named by its place; the check's own unless an application asks differently."""

RESENT = frozenset({"basis", "sources.result", "sources.study", "target"})
"""Questions whose answer decides which others are asked, or how."""


def claim_keys(basis: str) -> tuple[str, ...]:
    """Return what a claim of this basis is asked beside its target and sources."""
    keys = ["basis", "graded"]
    if asked("partner_agreement", basis):
        keys.append("partner_agreement")
    if asked("approved_beforehand", basis):
        keys.append("approval")
    return tuple(keys)


def source_fields(
    basis: str, at_once: frozenset[str] = frozenset()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a source of this basis is asked at once, ``at_once`` among it, and what on demand."""
    keys = source_keys(basis)
    first = [*(["result"] if basis in OWN_RESULTS else []), *(k for k in keys.first if k not in JUDGED)]
    first += [key for key in keys.further if key in at_once]
    if "grade" in first:
        first.insert(first.index("grade"), "original_grade")
    further = [key for key in keys.further if key not in JUDGED | at_once]
    return tuple(first), (*further, *(["original_credits"] if "credits" in first else []))


def details_of(basis: str) -> frozenset[str]:
    """Return the keys of a source that have no column of their own and are kept as details."""
    return frozenset(SOURCE_KEYS.get(basis, SOURCE_KEYS["prior_study"]).all) - COLUMNS - JUDGED
