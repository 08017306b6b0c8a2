"""The list of results: which student took which course when, with which grade."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.catalogue.models import CourseResult, Student
from portal.imports.kinds import cells
from portal.imports.kinds.known import Known
from portal.imports.kinds.sheet import Field, Key, RowPlan, SheetKind, Values, keep_rows
from portal.imports.mistake import Wrong

FIELDS = (
    Field("matric", _("matric number"), cells.matric, required=True, example="AI250001"),
    Field(
        "programme",
        _("programme"),
        cells.programme,
        empty=None,
        note=_("Only where a student is in two programmes."),
    ),
    Field("course", _("course"), cells.course, required=True, example="BIT10303"),
    Field("semester", _("semester"), cells.semester, required=True, example="20252026-1"),
    Field("grade", _("grade"), cells.grade, required=True, example="B+"),
    Field(
        "completed_on",
        _("completed on"),
        cells.day,
        empty=None,
        example="2026-02-15",
        note=_("The last day of the semester where it is empty."),
    ),
)


def _student(values: Values, known: Known) -> Student:
    """Return the student of a row; raises ``Wrong`` where there is none, or more than one."""
    found = known.students.get(values["matric"], [])
    if programme := values.get("programme"):
        found = [student for student in found if student.programme.code == programme]
    if not found:
        raise Wrong(gettext_noop("No student of yours has this matric number. Import the students first."))
    if len(found) > 1:
        raise Wrong(
            gettext_noop(
                "This student is in several programmes: name one of %(codes)s in the column programme."
            ),
            codes=", ".join(sorted(student.programme.code for student in found)),
        )
    return found[0]


def _key(values: Values, known: Known) -> Key:
    student = _student(values, known)
    if values.get("completed_on") is None:
        values["completed_on"] = values["semester"].ends_on
    return student.matric, student.programme.code, values["course"], values["semester"].code


def _same(known: Known) -> Mapping[Key, models.Model]:
    rows = CourseResult.objects.filter(student__programme__institution=known.institution_id)
    rows = rows.select_related("student__programme", "course", "semester")
    return {(r.student.matric, r.student.programme.code, r.course.code, r.semester.code): r for r in rows}


def _make(values: Values, known: Known) -> CourseResult:
    return CourseResult(
        student=_student(values, known),
        course=known.courses[values["course"]],
        semester=values["semester"],
        grade=values["grade"],
        completed_on=values["completed_on"],
    )


def _check(values: Values, kept: models.Model | None, known: Known) -> Iterable[tuple[str, Wrong]]:
    if values["completed_on"] < values["semester"].starts_on:
        yield "completed_on", Wrong(gettext_noop("This is before the semester begins."))


def _keep(rows: Sequence[RowPlan], known: Known) -> None:
    keep_rows(rows)


RESULTS = SheetKind(
    "results", _("Results"), FIELDS, _key, _same, _make, _check, _keep,
    left_out=frozenset({"matric", "programme", "course", "semester"}),
)  # fmt: skip
