"""The list of programmes, with their plans on a second sheet."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.catalogue.forms.codes import bare
from portal.catalogue.models import Programme, ProgrammeCourse
from portal.imports.kinds import cells
from portal.imports.kinds.known import Known
from portal.imports.kinds.sheet import Field, Key, RowPlan, SheetKind, Values, keep_rows
from portal.imports.mistake import Wrong

credits = cells.number(Decimal(0), Decimal(999), above=True)
percent = cells.number(Decimal(0), Decimal(100))

FIELDS = (
    Field("code", _("code"), cells.code, required=True, example="BIT"),
    Field(
        "faculty",
        _("faculty"),
        cells.faculty,
        empty=None,
        example="FSKTM",
        note=_("Short name of the faculty."),
    ),
    Field(
        "name_ms",
        _("name in Malay"),
        cells.text(200),
        required=True,
        example="Sarjana Muda Teknologi Maklumat",
    ),
    Field("name_en", _("name in English"), cells.text(200), example="Bachelor of Information Technology"),
    Field("level", _("level"), cells.word_of("level"), required=True, vocabulary="level"),
    Field("mode", _("mode"), cells.word_of("mode"), empty="coursework", vocabulary="mode"),
    Field("field", _("field"), cells.text(120), example="Teknologi Maklumat"),
    Field("graduating_credits", _("graduating credits"), credits, required=True, example="120"),
    Field("coursework_credits", _("credits of the coursework part"), credits, empty=None),
    Field(
        "duration_years",
        _("duration in years"),
        cells.number(Decimal(0), Decimal(10), above=True),
        empty=None,
    ),
    Field(
        "mqa_accredited", _("accredited by MQA, provisionally too"), cells.yes_no, empty=None, example="ya"
    ),
    Field("mqr_code", _("code in the Malaysian Qualifications Register"), cells.text(40)),
    Field("minimum_grade", _("stricter minimum grade"), cells.word_of("grade", without=frozenset({"P"}))),
    Field("minimum_grade_reference", _("Senate's reference"), cells.text(120)),
    Field("minimum_grade_on", _("in force from"), cells.day, empty=None),
    Field("standard", _("programme standard"), cells.text(200)),
    Field(
        "standard_limit_percent",
        _("limit of vertical transfer by the standard, in percent"),
        percent,
        empty=None,
    ),
    Field("professional_body", _("professional body"), cells.text(200)),
    Field(
        "professional_limit_percent",
        _("overall limit by the professional body, in percent"),
        percent,
        empty=None,
    ),
    Field("active", _("offered"), cells.yes_no, empty=True),
)
PLAN_FIELDS = (
    Field("programme", _("programme"), cells.programme, required=True, example="BIT"),
    Field("course", _("course"), cells.course, required=True, example="BIT10303"),
    Field("semester", _("semester of the plan"), cells.whole(1, 20), empty=None, example="1"),
    Field("is_elective", _("elective"), cells.yes_no, empty=False, example="tidak"),
)


def _key(values: Values, known: Known) -> Key:
    return (bare(values["code"]),)


def _same(known: Known) -> Mapping[Key, models.Model]:
    return {(bare(programme.code),): programme for programme in known.programmes.values()}


def _make(values: Values, known: Known) -> Programme:
    return Programme(institution_id=known.institution_id, **values)


def _check(values: Values, kept: models.Model | None, known: Known) -> Iterable[tuple[str, Wrong]]:
    if isinstance(kept, Programme) and not known.keeps(kept):
        yield "code", Wrong(NOT_YOURS)
    if values.get("faculty", kept) is None and known.acting.role != "administrator":
        yield "faculty", Wrong(gettext_noop("Name your faculty; only the administrator leaves it empty."))
    whole, part = values.get("graduating_credits"), values.get("coursework_credits")
    if whole and part and part > whole:
        yield "coursework_credits", Wrong(gettext_noop("Cannot be more than the graduating credits."))
    stricter = [values.get(name) for name in ("minimum_grade", "minimum_grade_reference", "minimum_grade_on")]
    if any(stricter) and not all(stricter):
        yield (
            "minimum_grade",
            Wrong(gettext_noop("A stricter grade needs the Senate's reference and its day (UTHM 10).")),
        )
    for limit, whose in LIMITS:
        if values.get(limit) is not None and not values.get(whose):
            yield whose, Wrong(gettext_noop("Say who sets this limit."))


NOT_YOURS = gettext_noop("It belongs to another faculty: ask that faculty's office, or the administrator.")
LIMITS = (("standard_limit_percent", "standard"), ("professional_limit_percent", "professional_body"))


def _keep(rows: Sequence[RowPlan], known: Known) -> None:
    keep_rows(rows)
    known.programmes.update({r.instance.code: r.instance for r in rows if isinstance(r.instance, Programme)})


def _announce(values: Values, known: Known) -> None:
    known.new_programmes[bare(values["code"])] = values["code"]


PROGRAMMES = SheetKind("programmes", _("Programmes"), FIELDS, _key, _same, _make, _check, _keep, _announce)


def _plan_key(values: Values, known: Known) -> Key:
    return bare(values["programme"]), bare(values["course"])


def _plan_same(known: Known) -> Mapping[Key, models.Model]:
    rows = ProgrammeCourse.objects.filter(programme__institution=known.institution_id)
    return {
        (bare(e.programme.code), bare(e.course.code)): e for e in rows.select_related("programme", "course")
    }


def _plan_make(values: Values, known: Known) -> ProgrammeCourse:
    rest: dict[str, Any] = {name: values[name] for name in ("semester", "is_elective") if name in values}
    return ProgrammeCourse(**rest)


def _nothing(values: Values, kept: models.Model | None, known: Known) -> Iterable[tuple[str, Wrong]]:
    return ()


def _plan_keep(rows: Sequence[RowPlan], known: Known) -> None:
    for row in rows:
        if isinstance(row.instance, ProgrammeCourse) and row.state == "new":
            row.instance.programme = known.programmes[row.values["programme"]]
            row.instance.course = known.courses[row.values["course"]]
    keep_rows(rows)


PLAN = SheetKind(
    "plan", _("Programme plan"), PLAN_FIELDS, _plan_key, _plan_same, _plan_make, _nothing, _plan_keep
)
