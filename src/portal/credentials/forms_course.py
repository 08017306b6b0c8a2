"""The form of a course that is certified: its own fields, outcomes, parts of the assessment, quality."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.credentials.forms import choices_of
from portal.credentials.models import Achievement
from portal.institutions.models import Faculty
from portal.wording import in_language
from tauliah.credentials.achievement import ASSURANCES, KINDS, LANGUAGES, MQF_LEVELS, STUDY_MODES
from tauliah.values.case import InvalidCase
from tauliah.values.text import Text
from tauliah.values.vocabulary import GRADES, VOCABULARY


class CourseForm(forms.ModelForm[Achievement]):
    """Every field of the Malaysian Micro-credential Statement that is about the course."""

    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: choices_of(KINDS))
    instruction = forms.MultipleChoiceField(
        label=_("Languages of instruction"),
        choices=lambda: choices_of(LANGUAGES),
        widget=forms.CheckboxSelectMultiple,
    )
    examination = forms.MultipleChoiceField(
        label=_("Languages of examination"),
        choices=lambda: choices_of(LANGUAGES),
        widget=forms.CheckboxSelectMultiple,
    )
    delivery = forms.ChoiceField(label=_("Delivery"), choices=lambda: choices_of(VOCABULARY["delivery"]))
    study_mode = forms.ChoiceField(label=_("Mode of study"), choices=lambda: choices_of(STUDY_MODES))
    mqf_level = forms.TypedChoiceField(
        label=_("MQF level"),
        coerce=int,
        choices=lambda: [(n, f"{n} · {in_language(text)}") for n, text in MQF_LEVELS.items()],
    )
    required_grade = forms.ChoiceField(
        label=_("Grade for a pass"), initial="C", choices=[(grade, grade) for grade in GRADES]
    )
    origin_url = forms.URLField(
        label=capfirst(_("address in the Malaysian Qualifications Register")),
        required=False,
        assume_scheme="https",
    )
    skill_words = forms.CharField(
        label=_("Skills"), required=False, max_length=1000, help_text=_("Separated by commas.")
    )

    class Meta:
        model = Achievement
        fields = (
            "kind", "code", "edition", "name_ms", "name_en", "faculty", "description_ms", "description_en",
            "credits", "learning_hours", "mqf_level", "delivery", "study_mode", "instruction", "examination",
            "enrolment_ms", "enrolment_en", "required_grade", "origin_ms", "origin_en", "origin_code",
            "origin_url", "field", "active",
        )  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("description_ms", "description_en", "enrolment_ms", "enrolment_en")
        }
        help_texts = {"origin_ms": _("Empty for a stand-alone course.")}

    def __init__(self, institution: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_en"].required = True
        self.fields["skill_words"].initial = ", ".join(self.instance.skills or ())
        field = self.fields["faculty"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Faculty.objects.filter(institution=institution, active=True)

    def clean(self) -> dict[str, Any]:
        """Ask for the whole programme of origin, or nothing of it."""
        given = super().clean() or self.cleaned_data
        names = ("origin_ms", "origin_code", "origin_url")
        if any(given.get(name) for name in names):
            for name in names:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Give the programme's name, number and address, or none of them."))
        return given


class RowForm(forms.Form):
    """A row of a part; an added one is empty while nothing is typed, whatever its lists stand at."""

    def has_changed(self) -> bool:
        """Whether the row says something: browsers send the first choice of a list that nobody touched."""
        typed = [name for name, field in self.fields.items() if not isinstance(field, forms.ChoiceField)]
        if self.empty_permitted and not any(self[name].data for name in typed):
            return False
        return super().has_changed()


class OutcomeForm(RowForm):
    """A course learning outcome."""

    code = forms.CharField(label=_("Code"), max_length=40)
    ms = forms.CharField(label=_("In Malay"), max_length=1000)
    en = forms.CharField(label=_("In English"), max_length=1000)


class ComponentForm(RowForm):
    """A part of the assessment."""

    ms = forms.CharField(label=_("In Malay"), max_length=120)
    en = forms.CharField(label=_("In English"), max_length=120)
    percent = forms.DecimalField(
        label=_("Percent"), min_value=Decimal(0), max_value=Decimal(100), max_digits=5, decimal_places=2
    )
    summative = forms.TypedChoiceField(
        label=_("Kind"),
        coerce=lambda word: word == "yes",
        choices=[("no", _("Formative")), ("yes", _("Summative"))],
    )


class AssuranceForm(RowForm):
    """Who vouches for the quality."""

    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: choices_of(ASSURANCES))
    body = forms.CharField(label=_("Body"), max_length=200)
    reference = forms.CharField(label=_("Reference"), max_length=120, required=False)
    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https")


PARTS: Mapping[str, type[forms.Form]] = {
    "outcomes": OutcomeForm,
    "assessment": ComponentForm,
    "assurance": AssuranceForm,
}
MOST = 40


def part_forms(course: Achievement, data: Any) -> dict[str, BaseFormSet[Any]]:
    """Return the rows of each part, with empty ones at the end; an empty row is left out."""
    made = {}
    for name, form in PARTS.items():
        rows = [_row(row) for row in getattr(course, name) or ()]
        factory = formset_factory(form, extra=2 if rows else 3, max_num=MOST, can_delete=bool(rows))
        made[name] = factory(data, prefix=name, initial=rows)
    return made


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(row) | ({"summative": "yes" if row["summative"] else "no"} if "summative" in row else {})


def rows_of(formset: BaseFormSet[Any]) -> list[dict[str, Any]]:
    """Return what was entered in the rows of a part, as it is kept."""
    found = []
    for form in formset.forms:
        given = form.cleaned_data
        if given and form.has_changed() | bool(form.initial) and not given.get("DELETE"):
            found.append({n: _plain(v) for n, v in given.items() if n != "DELETE"})
    return found


def _plain(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def problems_of(wrong: InvalidCase) -> list[tuple[str | None, str]]:
    """Return what the core finds wrong, each at its field or at the whole form with its place."""
    told = []
    for problem in wrong.problems:
        name = FIELDS.get(problem.where.strip("."))
        words = in_language(problem.message)
        told.append((name, words if name else f"{place_of(problem.where)}: {words}"))
    return told


FIELDS = {
    "title.ms": "name_ms", "title.en": "name_en", "code": "code", "credits": "credits",
    "description.ms": "description_ms", "description.en": "description_en",
    "enrolment.ms": "enrolment_ms", "enrolment.en": "enrolment_en", "learning_hours": "learning_hours",
    "version": "edition", "field": "field", "origin.name.ms": "origin_ms", "origin.url": "origin_url",
    "origin.mqr_code": "origin_code", "instruction": "instruction", "examination": "examination",
}  # fmt: skip
PART_WORDS = {
    "outcomes": Text("Hasil pembelajaran", "Learning outcomes"),
    "assessment": Text("Pentaksiran", "Assessment"),
    "assurance": Text("Jaminan kualiti", "Quality assurance"),
    "skills": Text("Kemahiran", "Skills"),
}


def place_of(where: str) -> str:
    """Name a place of the core's value as the page does."""
    part, _, rest = where.strip(".").partition("[")
    number = rest.partition("]")[0]
    words = in_language(PART_WORDS[part]) if part in PART_WORDS else part
    return f"{words} {int(number) + 1}" if number.isdecimal() else words
