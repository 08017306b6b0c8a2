"""Where a day falls in an institution's calendar, and in a student's studies."""

from datetime import date

from portal.catalogue.models import Student
from portal.institutions.models import Institution, Semester


def semester_on(institution: Institution, day: date) -> Semester | None:
    """Return the semester that last began by ``day``, short ones too; none before the first."""
    return institution.semesters.filter(starts_on__lte=day).order_by("-starts_on").first()


def semester_number(student: Student, current: Semester) -> int:
    """Return which semester of the studies ``current`` is, from 1; short semesters do not count."""
    return max(
        1,
        Semester.objects.filter(
            institution=current.institution_id,
            is_short=False,
            starts_on__gte=student.intake.starts_on,
            starts_on__lte=current.starts_on,
        ).count(),
    )
