"""The form of a programme, and of a course's place in its plan."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Appointment
from portal.catalogue.access import courses_for
from portal.catalogue.choices import choices_of
from portal.catalogue.forms.codes import same_code
from portal.catalogue.forms.day import DayInput
from portal.catalogue.forms.keeping import KeepingForm
from portal.catalogue.models import Course, Programme, ProgrammeCourse

UNKNOWN_YES_NO = [
    ("", gettext_lazy("not known")),
    ("true", gettext_lazy("yes")),
    ("false", gettext_lazy("no")),
]


class ProgrammeForm(KeepingForm[Programme]):
    """A programme: what it is, and the limits that its standard and its professional body set."""

    level = forms.ChoiceField(label=gettext_lazy("level"), choices=choices_of("level"))
    mode = forms.ChoiceField(label=gettext_lazy("mode"), choices=choices_of("mode"))
    mqa_accredited = forms.TypedChoiceField(
        label=gettext_lazy("accredited by MQA, provisionally too"),
        choices=UNKNOWN_YES_NO,
        coerce=lambda value: value in {True, "True", "true"},
        empty_value=None,
        required=False,
    )
    minimum_grade = forms.ChoiceField(
        label=gettext_lazy("stricter minimum grade"),
        choices=choices_of("grade", gettext_lazy("as the policy has it"), frozenset({"P"})),
        required=False,
    )

    class Meta:
        model = Programme
        fields = (
            "code", "faculty", "name_ms", "name_en", "level", "mode", "field", "graduating_credits",
            "coursework_credits", "duration_years", "mqa_accredited", "mqr_code", "minimum_grade",
            "minimum_grade_reference", "minimum_grade_on", "standard", "standard_limit_percent",
            "professional_body", "professional_limit_percent",
        )  # fmt: skip
        widgets = {"minimum_grade_on": DayInput}
        help_texts = {
            "code": gettext_lazy("For example BIT."),
            "coursework_credits": gettext_lazy("Of a mixed-mode programme; limits are computed from them."),
            "standard_limit_percent": gettext_lazy("Leave empty where the standard sets none."),
            "professional_limit_percent": gettext_lazy("Leave empty where the body sets none."),
            "minimum_grade_reference": gettext_lazy("Number and date of the Senate's meeting (UTHM 10)."),
        }

    PARTS: ClassVar = (
        (gettext_lazy("The programme"), ("code", "faculty", "name_ms", "name_en", "different")),
        (
            gettext_lazy("Study"),
            ("level", "mode", "field", "graduating_credits", "coursework_credits", "duration_years"),
        ),
        (gettext_lazy("Recognition"), ("mqa_accredited", "mqr_code")),
        (
            gettext_lazy("Stricter minimum grade"),
            ("minimum_grade", "minimum_grade_reference", "minimum_grade_on"),
        ),
        (
            gettext_lazy("Limits set by others"),
            ("standard", "standard_limit_percent", "professional_body", "professional_limit_percent"),
        ),
    )

    def __init__(self, acting: Appointment, *args: Any, **kwargs: Any) -> None:
        super().__init__(acting, *args, **kwargs)
        if self.instance.mqa_accredited is not None:
            self.initial["mqa_accredited"] = str(self.instance.mqa_accredited).lower()

    def clean(self) -> dict[str, Any]:
        """Check what must stand together."""
        given = super().clean()
        self._credits(given)
        self._minimum_grade(given)
        for limit, whose in (
            ("standard_limit_percent", "standard"),
            ("professional_limit_percent", "professional_body"),
        ):
            percent = given.get(limit)
            if percent is not None and not 0 <= percent <= 100:
                self.add_error(limit, _("A share lies between 0 and 100 percent."))
            if percent is not None and not given.get(whose):
                self.add_error(whose, _("Say who sets this limit."))
        return given

    def _credits(self, given: dict[str, Any]) -> None:
        for name in ("graduating_credits", "coursework_credits", "duration_years"):
            if given.get(name) is not None and given[name] <= 0:
                self.add_error(name, _("Must be more than 0."))
        whole, part = given.get("graduating_credits"), given.get("coursework_credits")
        if whole and part and part > whole:
            self.add_error(
                "coursework_credits", _("The coursework part cannot have more credits than the whole.")
            )

    def _minimum_grade(self, given: dict[str, Any]) -> None:
        """UTHM 10: a stricter grade is the Senate's; its reference and day are kept with it."""
        needed = ("minimum_grade_reference", "minimum_grade_on")
        if given.get("minimum_grade"):
            for name in needed:
                if not given.get(name) and name not in self.errors:
                    self.add_error(
                        name, _("A stricter grade needs the Senate's reference and its day (UTHM 10).")
                    )
        elif any(given.get(name) for name in needed):
            self.add_error("minimum_grade", _("Choose the grade that the Senate agreed to."))


class PlanForm(forms.ModelForm[ProgrammeCourse]):
    """A course in the plan of a programme, named by its code."""

    course_code = forms.CharField(label=gettext_lazy("course"), max_length=20)

    class Meta:
        model = ProgrammeCourse
        fields = ("semester", "is_elective")

    def __init__(self, acting: Appointment, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acting, self.programme = acting, programme
        self.instance.programme = programme

    def clean_course_code(self) -> str:
        """Find the course; one stands in a plan once."""
        course = course_of_code(self.acting, self.cleaned_data["course_code"])
        if self.programme.plan.filter(course=course).exists():
            raise forms.ValidationError(
                _("%(code)s stands in the plan already."), params={"code": course.code}
            )
        self.instance.course = course
        return course.code


def course_of_code(acting: Appointment, code: str) -> Course:
    """Return the course of a code, spaces aside; raises ``ValidationError`` where there is none."""
    found = same_code(courses_for(acting), code.strip()).first()
    if not isinstance(found, Course):
        raise forms.ValidationError(
            _("No course has the code %(code)s. Look it up in the list of courses."), params={"code": code}
        )
    return found
