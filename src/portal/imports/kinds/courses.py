"""The list of courses, with outcomes and topics on sheets of their own."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.catalogue.forms.codes import bare
from portal.catalogue.models import Course, LearningOutcome, Topic
from portal.imports.kinds import cells
from portal.imports.kinds.known import Known
from portal.imports.kinds.programmes import NOT_YOURS
from portal.imports.kinds.sheet import Field, Key, RowPlan, SheetKind, Values, keep_rows
from portal.imports.mistake import Wrong

credits = cells.number(Decimal(0), Decimal(60), above=True)
hours = cells.number(Decimal(0), Decimal(9999))

FIELDS = (
    Field("code", _("code"), cells.code, required=True, example="BIT10303"),
    Field(
        "faculty",
        _("faculty"),
        cells.faculty,
        empty=None,
        example="FSKTM",
        note=_("Short name of the faculty."),
    ),
    Field("name_ms", _("name in Malay"), cells.text(200), required=True, example="Pengaturcaraan Komputer"),
    Field("name_en", _("name in English"), cells.text(200), example="Computer Programming"),
    Field("credits", _("credits"), credits, required=True, example="3"),
    Field("level", _("level"), cells.word_of("level"), vocabulary="level"),
    Field("subject", _("kind of subject"), cells.word_of("subject"), vocabulary="subject"),
    Field("learning_hours", _("student learning time in hours"), hours, empty=None, example="120"),
    Field("synopsis", _("synopsis"), cells.text(10_000)),
    Field("active", _("offered"), cells.yes_no, empty=True),
)
OUTCOME_FIELDS = (
    Field("course", _("course"), cells.course, required=True, example="BIT10303"),
    Field("code", _("code"), cells.outcome_code, required=True, example="CLO1"),
    Field("text_ms", _("outcome in Malay"), cells.text(2_000), required=True),
    Field("text_en", _("outcome in English"), cells.text(2_000)),
)
TOPIC_FIELDS = (
    Field("course", _("course"), cells.course, required=True, example="BIT10303"),
    Field("position", _("place"), cells.whole(1, 200), required=True, example="1"),
    Field("title_ms", _("topic in Malay"), cells.text(300), required=True),
    Field("title_en", _("topic in English"), cells.text(300)),
    Field("hours", _("hours"), hours, empty=None, example="6"),
)


def _key(values: Values, known: Known) -> Key:
    return (bare(values["code"]),)


def _same(known: Known) -> Mapping[Key, models.Model]:
    return {(bare(course.code),): course for course in known.courses.values()}


def _make(values: Values, known: Known) -> Course:
    return Course(institution_id=known.institution_id, **_with_subject(values))


def _with_subject(values: Values) -> Values:
    """The contract's word for an ordinary course is kept as no word."""
    if values.get("subject") == "none":
        values["subject"] = ""
    return values


def _check(values: Values, kept: models.Model | None, known: Known) -> Iterable[tuple[str, Wrong]]:
    _with_subject(values)
    if isinstance(kept, Course) and not known.keeps(kept):
        yield "code", Wrong(NOT_YOURS)
    if values.get("faculty", kept) is None and known.acting.role != "administrator":
        yield "faculty", Wrong(gettext_noop("Name your faculty; only the administrator leaves it empty."))


def _keep(rows: Sequence[RowPlan], known: Known) -> None:
    keep_rows(rows)
    known.courses.update({r.instance.code: r.instance for r in rows if isinstance(r.instance, Course)})


def _announce(values: Values, known: Known) -> None:
    known.new_courses[bare(values["code"])] = values["code"]


COURSES = SheetKind("courses", _("Courses"), FIELDS, _key, _same, _make, _check, _keep, _announce)


# --- What belongs to a course ------------------------------------------------------------------------


def _part_check(values: Values, kept: models.Model | None, known: Known) -> Iterable[tuple[str, Wrong]]:
    course = known.courses.get(values["course"])
    if course is not None and not known.keeps(course):
        yield "course", Wrong(NOT_YOURS)


def _part_keep(rows: Sequence[RowPlan], known: Known) -> None:
    for row in rows:
        if row.state == "new":
            row.instance.course = known.courses[row.values["course"]]  # type: ignore[attr-defined]
    keep_rows(rows)


def _outcome_key(values: Values, known: Known) -> Key:
    return bare(values["course"]), values["code"]


def _outcome_same(known: Known) -> Mapping[Key, models.Model]:
    rows = LearningOutcome.objects.filter(course__institution=known.institution_id)
    return {(bare(outcome.course.code), outcome.code): outcome for outcome in rows.select_related("course")}


def _outcome_make(values: Values, known: Known) -> LearningOutcome:
    return LearningOutcome(**_without_course(values))


def _topic_key(values: Values, known: Known) -> Key:
    return bare(values["course"]), values["position"]


def _topic_same(known: Known) -> Mapping[Key, models.Model]:
    rows = Topic.objects.filter(course__institution=known.institution_id)
    return {(bare(topic.course.code), topic.position): topic for topic in rows.select_related("course")}


def _topic_make(values: Values, known: Known) -> Topic:
    return Topic(**_without_course(values))


def _without_course(values: Values) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "course"}


OUTCOMES = SheetKind(
    "outcomes",
    _("Learning outcomes"),
    OUTCOME_FIELDS,
    _outcome_key,
    _outcome_same,
    _outcome_make,
    _part_check,
    _part_keep,
)
TOPICS = SheetKind(
    "topics", _("Topics"), TOPIC_FIELDS, _topic_key, _topic_same, _topic_make, _part_check, _part_keep
)
