"""Results of students who have studied for a while."""

from datetime import date

from portal.catalogue.models import CourseResult, ProgrammeCourse, Student
from portal.institutions.models import Semester

GRADES = ("A-", "B+", "B", "A", "C+", "B-")


def make_results(today: date) -> None:
    """Give each student results in the courses of the plan, for the semesters that are over."""
    students = Student.objects.select_related("programme", "intake").order_by("pk")
    CourseResult.objects.bulk_create(result for student in students for result in results_of(student, today))


def results_of(student: Student, today: date) -> list[CourseResult]:
    """Return the results of one student; courses claimed in an application are left out."""
    over = Semester.objects.filter(
        institution=student.programme.institution, starts_on__gte=student.intake.starts_on, ends_on__lt=today
    ).order_by("starts_on")
    claimed = student.applications.values("claims__target")
    made = []
    for number, semester in enumerate(over, start=1):
        planned = ProgrammeCourse.objects.filter(programme=student.programme, semester=number)
        for place, entry in enumerate(planned.exclude(course__in=claimed), start=student.pk):
            made.append(
                CourseResult(
                    student=student,
                    course_id=entry.course_id,
                    semester=semester,
                    grade=GRADES[place % len(GRADES)],
                    completed_on=semester.ends_on,
                )
            )
    return made
