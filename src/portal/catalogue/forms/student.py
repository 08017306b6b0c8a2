"""The forms of a student's record and of one result."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Appointment
from portal.catalogue.access import can_keep, programmes_for
from portal.catalogue.choices import choices_of
from portal.catalogue.forms.day import DayInput
from portal.catalogue.forms.programme import UNKNOWN_YES_NO, course_of_code
from portal.catalogue.models import CourseResult, Programme, ScaleGrade, Student
from portal.institutions.models import Semester


class StudentForm(forms.ModelForm[Student]):
    """What a university records of a student; name and email are the person's own."""

    status = forms.ChoiceField(label=gettext_lazy("status"), choices=choices_of("status"))
    standing = forms.ChoiceField(
        label=gettext_lazy("academic standing"),
        choices=choices_of("standing", gettext_lazy("not known")),
        required=False,
    )
    final_semester = forms.TypedChoiceField(
        label=gettext_lazy("in the final semester"),
        choices=UNKNOWN_YES_NO,
        coerce=lambda value: value == "true",
        empty_value=None,
        required=False,
    )

    class Meta:
        model = Student
        fields = ("matric", "programme", "intake", "status", "standing", "cgpa", "final_semester")

    def __init__(self, acting: Appointment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acting = acting
        if self.instance.final_semester is not None:
            self.initial["final_semester"] = str(self.instance.final_semester).lower()
        self._choose_from("programme", kept_programmes(acting))
        self.fields["programme"].label = _("programme")
        self._choose_from("intake", Semester.objects.filter(institution=acting.institution_id))

    def _choose_from(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def clean_matric(self) -> str:
        """Write the matric number in capitals without spaces."""
        return "".join(self.cleaned_data["matric"].upper().split())

    def clean(self) -> dict[str, Any]:
        """A matric number stands once in a programme."""
        given = super().clean() or self.cleaned_data
        same = Student.objects.filter(programme=given.get("programme"), matric=given.get("matric"))
        if other := same.exclude(pk=self.instance.pk).select_related("person").first():
            self.add_error(
                "matric",
                _("%(matric)s is the number of %(name)s.")
                % {"matric": other.matric, "name": other.person.name},
            )
        return given


def kept_programmes(acting: Appointment) -> QuerySet[Programme]:
    """Return the programmes whose students the person keeps."""
    programmes = programmes_for(acting)
    if can_keep(acting, acting.institution_id or 0, None):
        return programmes
    return programmes.filter(faculty=acting.faculty_id)


class ResultForm(forms.ModelForm[CourseResult]):
    """A course that the student took, with its grade on the institution's scale."""

    course_code = forms.CharField(label=gettext_lazy("course"), max_length=20)

    class Meta:
        model = CourseResult
        fields = ("semester", "grade", "completed_on")
        widgets = {"completed_on": DayInput}

    def __init__(self, acting: Appointment, student: Student, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acting, self.student = acting, student
        self.instance.student = student
        if self.instance.pk:
            self.initial["course_code"] = self.instance.course.code
        semesters = self.fields["semester"]
        assert isinstance(semesters, forms.ModelChoiceField)
        semesters.label = _("semester")
        semesters.queryset = Semester.objects.filter(institution=acting.institution_id)

    def clean_course_code(self) -> str:
        """Find the course."""
        course = course_of_code(self.acting, self.cleaned_data["course_code"])
        self.instance.course = course
        return course.code

    def clean_grade(self) -> str:
        """Refuse a grade that the institution's scales do not have."""
        grade = "".join(self.cleaned_data["grade"].split()).upper()
        known = grade_labels(self.acting)
        if known and grade not in known:
            raise forms.ValidationError(
                _("%(grade)s is not on the grading scale: %(known)s."),
                params={"grade": grade, "known": ", ".join(known)},
            )
        return grade

    def clean(self) -> dict[str, Any]:
        """A course is recorded once in a semester."""
        given = super().clean() or self.cleaned_data
        if given.get("course_code") and given.get("semester"):
            same = self.student.results.filter(course=self.instance.course, semester=given["semester"])
            if same.exclude(pk=self.instance.pk).exists():
                self.add_error("course_code", _("This course is recorded for this semester already."))
        return given


def grade_labels(acting: Appointment) -> list[str]:
    """Return the grades of the institution's scales, in capitals, best first."""
    rows = ScaleGrade.objects.filter(scale__institution=acting.institution_id).order_by("position")
    return list(dict.fromkeys(label.upper() for label in rows.values_list("label", flat=True)))
