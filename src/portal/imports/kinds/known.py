"""What is known before the first row is read: loaded once, so that ten thousand rows ask nothing more."""

from dataclasses import dataclass, field
from functools import cached_property

from portal.accounts.models import Appointment, Person
from portal.catalogue.access import can_keep, courses_for, faculties_for, programmes_for
from portal.catalogue.forms.codes import bare
from portal.catalogue.models import Course, Programme, ScaleGrade, Student
from portal.institutions.models import Faculty, Semester


@dataclass
class Known:
    """Faculties, programmes, courses, semesters, grades, people: what cells may name."""

    acting: Appointment
    new_programmes: dict[str, str] = field(default_factory=dict)
    """Codes that the file itself adds, by bare code."""
    new_courses: dict[str, str] = field(default_factory=dict)

    @property
    def institution_id(self) -> int:
        """Whose list it is."""
        return self.acting.institution_id or 0

    @cached_property
    def faculties(self) -> dict[str, Faculty]:
        """The faculties that the person keeps, by short name."""
        return {faculty.code.casefold(): faculty for faculty in faculties_for(self.acting)}

    @cached_property
    def programmes(self) -> dict[str, Programme]:
        """All programmes of the institution, by code."""
        return {programme.code: programme for programme in programmes_for(self.acting)}

    @cached_property
    def courses(self) -> dict[str, Course]:
        """All courses of the institution, by code."""
        return {course.code: course for course in courses_for(self.acting)}

    @property
    def programme_codes(self) -> dict[str, str]:
        """The codes of programmes that a cell may name, by bare code."""
        return self._own_programmes | self.new_programmes

    @property
    def course_codes(self) -> dict[str, str]:
        """The codes of courses that a cell may name, by bare code."""
        return self._own_courses | self.new_courses

    @cached_property
    def _own_programmes(self) -> dict[str, str]:
        kept = (p for p in self.programmes.values() if self.keeps(p))
        return {bare(programme.code): programme.code for programme in kept}

    @cached_property
    def _own_courses(self) -> dict[str, str]:
        return {bare(code): code for code in self.courses}

    @cached_property
    def semesters(self) -> dict[str, Semester]:
        """The semesters of the calendar, by code."""
        rows = Semester.objects.filter(institution=self.institution_id)
        return {bare(semester.code): semester for semester in rows}

    @cached_property
    def grades(self) -> list[str]:
        """The grades of the institution's scales, best first."""
        rows = ScaleGrade.objects.filter(scale__institution=self.institution_id).order_by("position")
        return list(dict.fromkeys(label.upper() for label in rows.values_list("label", flat=True)))

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody who has an account and could be a student here, by email."""
        return {person.email: person for person in Person.objects.all()}

    @cached_property
    def elsewhere(self) -> set[int]:
        """The people who hold an appointment in another institution too."""
        held = Appointment.objects.exclude(institution=self.institution_id)
        return set(held.values_list("person", flat=True))

    @cached_property
    def students(self) -> dict[str, list[Student]]:
        """The students of the programmes that the person keeps, by matric number."""
        rows = Student.objects.filter(programme__institution=self.institution_id)
        found: dict[str, list[Student]] = {}
        for student in rows.select_related("programme", "person", "intake"):
            if self.keeps(student.programme):
                found.setdefault(student.matric, []).append(student)
        return found

    def keeps(self, thing: Programme | Course) -> bool:
        """Say whether the person keeps what this programme or course belongs to."""
        return can_keep(self.acting, thing.institution_id, thing.faculty_id)
