"""Who may see what of the catalogue, and who may change it."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import FACULTY_ROLES, LEARNERS, Role
from portal.catalogue.models import Course, GradingScale, Programme, Student
from portal.institutions.models import Faculty

EDITORS = frozenset({Role.ADMINISTRATOR, Role.FACULTY_OFFICE})
"""Roles that keep the catalogue; the faculty's office that of its own faculty."""
STUDENT_READERS = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.AUDITOR,
        Role.FACULTY_OFFICE,
        Role.PROGRAMME_COORDINATOR,
        Role.DEPUTY_DEAN,
        Role.DEAN,
    }
)
"""Roles that see students and their results; those bound to a faculty see its own."""

Offered = TypeVar("Offered", Programme, Course)
Row = TypeVar("Row", bound=Model)


def _offered_to(acting: Appointment | None, rows: QuerySet[Offered]) -> QuerySet[Offered]:
    if acting is None:
        return rows.none()
    if acting.institution_id is None:  # an external learner may choose where to apply
        return rows.filter(active=True, institution__active=True).exclude(institution__policy="")
    rows = rows.filter(institution=acting.institution_id)
    return rows.filter(active=True) if acting.role in LEARNERS else rows


def programmes_for(acting: Appointment | None) -> QuerySet[Programme]:
    """Return the programmes of the person's institution; a learner sees those that are offered."""
    return _offered_to(acting, Programme.objects.select_related("faculty"))


def programme_for(acting: Appointment | None, pk: int) -> Programme:
    """Return a programme, or raise ``Http404``."""
    return get_object_or_404(programmes_for(acting), pk=pk)


def courses_for(acting: Appointment | None) -> QuerySet[Course]:
    """Return the courses of the person's institution; a learner sees those that are offered."""
    return _offered_to(acting, Course.objects.select_related("faculty"))


def course_for(acting: Appointment | None, pk: int) -> Course:
    """Return a course, or raise ``Http404``."""
    return get_object_or_404(courses_for(acting), pk=pk)


def scales_for(acting: Appointment | None) -> QuerySet[GradingScale]:
    """Return the grading scales of the person's institution."""
    scales = GradingScale.objects.all()
    return scales.filter(institution=acting.institution_id) if acting else scales.none()


def scale_for(acting: Appointment | None, pk: int) -> GradingScale:
    """Return a grading scale, or raise ``Http404``."""
    return get_object_or_404(scales_for(acting), pk=pk)


def students_for(acting: Appointment | None) -> QuerySet[Student]:
    """Return the students whom the role may see: a faculty's, the institution's, or oneself."""
    students = Student.objects.select_related("person", "programme__faculty", "intake")
    if acting is None or acting.institution_id is None:
        return students.none()
    students = students.filter(programme__institution=acting.institution_id)
    if acting.role == Role.STUDENT:
        return students.filter(person=acting.person_id)
    if acting.role not in STUDENT_READERS:
        return students.none()
    if acting.role in FACULTY_ROLES and acting.faculty_id:
        return students.filter(programme__faculty=acting.faculty_id)
    return students


def student_for(acting: Appointment | None, pk: int) -> Student:
    """Return a student, or raise ``Http404``."""
    return get_object_or_404(students_for(acting), pk=pk)


def faculties_for(acting: Appointment | None) -> QuerySet[Faculty]:
    """Return the faculties whose catalogue the person may keep."""
    faculties = Faculty.objects.filter(active=True)
    if acting is None or acting.role not in EDITORS or acting.institution_id is None:
        return faculties.none()
    faculties = faculties.filter(institution=acting.institution_id)
    return faculties.filter(pk=acting.faculty_id or 0) if only_own_faculty(acting) else faculties


def experts_for(acting: Appointment | None) -> QuerySet[Person]:
    """Return the people who may be named as subject experts of a course."""
    if acting is None or acting.institution_id is None:
        return Person.objects.none()
    held = Appointment.objects.filter(institution=acting.institution_id, role=Role.SUBJECT_EXPERT)
    return Person.objects.filter(appointments__in=held, is_active=True).distinct()


def only_own_faculty(acting: Appointment) -> bool:
    """Say whether the person keeps the catalogue of one faculty only."""
    return acting.role != Role.ADMINISTRATOR and acting.faculty_id is not None


def can_keep(acting: Appointment | None, institution: int, faculty: int | None) -> bool:
    """Say whether the person may add or change what belongs to a faculty, or to none."""
    if acting is None or acting.role not in EDITORS or acting.institution_id != institution:
        return False
    return not only_own_faculty(acting) or acting.faculty_id == faculty


def can_keep_scales(acting: Appointment | None, institution: int) -> bool:
    """Say whether the person may change the institution's grading scales."""
    return acting is not None and acting.role == Role.ADMINISTRATOR and acting.institution_id == institution
