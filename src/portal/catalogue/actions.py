"""What people do to the catalogue: each in one transaction with its entry in the register."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.catalogue.access import can_keep, can_keep_scales
from portal.catalogue.models import (
    Course,
    CourseResult,
    GradingScale,
    Programme,
    ProgrammeCourse,
    Student,
)
from portal.catalogue.snapshot import difference, fingerprint, snapshot
from portal.records.register import entries_about, record

Kept = TypeVar("Kept", bound=models.Model)
Save = Callable[[], object]


def save_programme(acting: Appointment, programme: Programme, seen: str = "") -> bool:
    """Keep a new or changed programme; ``seen`` is its fingerprint as the form showed it.

    Says whether anything changed. Raises ``Refused`` where somebody else has changed it meanwhile.
    """
    _must_keep(acting, programme)
    return _save(acting, programme, seen, [programme.save])


def save_course(acting: Appointment, course: Course, seen: str = "", parts: Iterable[Save] = ()) -> bool:
    """Keep a new or changed course; ``parts`` save its experts, outcomes and topics."""
    _must_keep(acting, course)
    return _save(acting, course, seen, [course.save, *parts])


def save_scale(acting: Appointment, scale: GradingScale, seen: str = "", parts: Iterable[Save] = ()) -> bool:
    """Keep a grading scale; ``parts`` save its grades."""
    if not can_keep_scales(acting, scale.institution_id):
        raise NotAllowed
    return _save(acting, scale, seen, [scale.save, *parts])


def save_student(acting: Appointment, student: Student, seen: str = "") -> bool:
    """Keep what is recorded of a student."""
    _must_keep(acting, student.programme)
    return _save(acting, student, seen, [student.save])


def save_result(acting: Appointment, result: CourseResult, seen: str = "") -> bool:
    """Keep the result of a student in a course."""
    _must_keep(acting, result.student.programme)
    return _save(acting, result, seen, [result.save])


@transaction.atomic
def remove_result(acting: Appointment, result: CourseResult) -> None:
    """Remove a result that was entered by mistake; the register keeps what it was."""
    _must_keep(acting, result.student.programme)
    record(acting, "catalogue.remove_result", result.student, before=snapshot(result))
    result.delete()


@transaction.atomic
def set_offered(acting: Appointment, thing: Programme | Course, *, offered: bool) -> None:
    """Retire a programme or course, or offer it again; nothing is deleted."""
    _must_keep(acting, thing)
    held = _locked(thing)
    if held.active == offered:
        return
    thing.active = held.active = offered
    held.save(update_fields=["active"])
    action = f"catalogue.{'offer' if offered else 'retire'}_{thing._meta.model_name}"
    record(acting, action, thing, before={"active": not offered}, after={"active": offered})


@transaction.atomic
def add_to_plan(acting: Appointment, entry: ProgrammeCourse) -> None:
    """Put a course into the plan of a programme, or change its place there."""
    _must_keep(acting, entry.programme)
    entry.save()
    place = {"course": str(entry.course), "semester": entry.semester, "is_elective": entry.is_elective}
    record(acting, "catalogue.add_to_plan", entry.programme, after=place)


@transaction.atomic
def remove_from_plan(acting: Appointment, entry: ProgrammeCourse) -> None:
    """Take a course out of the plan of a programme."""
    _must_keep(acting, entry.programme)
    record(acting, "catalogue.remove_from_plan", entry.programme, before={"course": str(entry.course)})
    entry.delete()


# --- What all of them share -------------------------------------------------------------------------


def _must_keep(acting: Appointment, thing: Programme | Course) -> None:
    """Raise ``NotAllowed`` unless the person keeps the faculty it belongs to, and the one it comes from."""
    faculties = {thing.faculty_id}
    if thing.pk:
        faculties |= set(type(thing)._default_manager.filter(pk=thing.pk).values_list("faculty", flat=True))
    if not all(can_keep(acting, thing.institution_id, faculty) for faculty in faculties):
        raise NotAllowed


def _locked(thing: Kept) -> Kept:
    return type(thing)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=thing.pk)


@transaction.atomic
def _save(acting: Appointment, thing: models.Model, seen: str, steps: Iterable[Save]) -> bool:
    """Run the steps, and enter what changed into the register: nothing, where nothing did."""
    before = {}
    if thing.pk:
        held = _locked(thing)
        if seen and seen != fingerprint(held):
            raise Refused(_changed_by_another(held))
        before = snapshot(held)
    try:
        for step in steps:
            step()
    except ProtectedError as needed:
        raise Refused(_still_needed(needed)) from needed
    after = snapshot(type(thing)._default_manager.get(pk=thing.pk))
    was, now = difference(before, after)
    if before and not now:
        return False
    action = f"catalogue.{'change' if before else 'add'}_{thing._meta.model_name}"
    record(acting, action, thing, before=was, after=now)
    return True


def _changed_by_another(thing: models.Model) -> str:
    last = entries_about(thing).select_related("person").last()
    if last is None or last.person is None:
        return _("It has been changed meanwhile. Nothing of yours was saved; look at it as it is now.")
    return _(
        "%(who)s changed it on %(when)s, while you had it open. Nothing of yours was saved; look at it as "
        "it is now, and enter your changes again."
    ) % {"who": last.person.name, "when": timezone.localtime(last.at).strftime("%d/%m/%Y %H:%M")}


def _still_needed(error: ProtectedError) -> str:
    needed = ", ".join(sorted({str(thing) for thing in error.args[1]})[:3])
    return _("It cannot be removed, because it is used: %(needed)s.") % {"needed": needed}
