"""The form of a course with its outcomes and topics."""

import re
from typing import Any, ClassVar

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Appointment
from portal.catalogue.access import experts_for
from portal.catalogue.choices import choices_of
from portal.catalogue.forms.keeping import KeepingForm
from portal.catalogue.models import Course, LearningOutcome, Topic

OUTCOME_CODE = re.compile(r"[A-Z]{1,5} ?\d{1,3}[A-Z]?")


class CourseForm(KeepingForm[Course]):
    """A course: code, names, credits, and who judges claims for it."""

    level = forms.ChoiceField(
        label=gettext_lazy("level"),
        choices=choices_of("level", gettext_lazy("as its programme")),
        required=False,
    )
    subject = forms.ChoiceField(
        label=gettext_lazy("kind of subject"),
        choices=choices_of("subject", gettext_lazy("ordinary course"), frozenset({"none"})),
        required=False,
    )

    class Meta:
        model = Course
        fields = (
            "code", "faculty", "name_ms", "name_en", "credits", "level", "subject", "learning_hours",
            "synopsis", "experts",
        )  # fmt: skip
        widgets = {"experts": forms.CheckboxSelectMultiple, "synopsis": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "code": gettext_lazy("For example BIT10303."),
            "learning_hours": gettext_lazy("As a rule 40 hours for each credit."),
            "experts": gettext_lazy("They compare syllabi with this course."),
        }

    PARTS: ClassVar = (
        (gettext_lazy("The course"), ("code", "faculty", "name_ms", "name_en", "different")),
        (gettext_lazy("Size and kind"), ("credits", "learning_hours", "level", "subject", "synopsis")),
        (gettext_lazy("Subject experts"), ("experts",)),
    )

    def __init__(self, acting: Appointment, *args: Any, **kwargs: Any) -> None:
        super().__init__(acting, *args, **kwargs)
        experts = self.fields["experts"]
        assert isinstance(experts, forms.ModelMultipleChoiceField)
        experts.queryset = experts_for(acting)

    def clean(self) -> dict[str, Any]:
        """Check the amounts."""
        given = super().clean()
        for name in ("credits", "learning_hours"):
            if given.get(name) is not None and given[name] <= 0:
                self.add_error(name, _("Must be more than 0."))
        return given


class OutcomeForm(forms.ModelForm[LearningOutcome]):
    """One learning outcome."""

    class Meta:
        model = LearningOutcome
        fields = ("code", "text_ms", "text_en")
        widgets = {"text_ms": forms.Textarea(attrs={"rows": 2}), "text_en": forms.Textarea(attrs={"rows": 2})}

    def clean_code(self) -> str:
        """Write the code in capitals without spaces: CLO1."""
        code = self.cleaned_data["code"].upper().replace(" ", "")
        if not OUTCOME_CODE.fullmatch(code):
            raise forms.ValidationError(_("Write the code as letters and a number, for example CLO1."))
        return str(code)


class TopicForm(forms.ModelForm[Topic]):
    """One topic with its hours."""

    class Meta:
        model = Topic
        fields = ("position", "title_ms", "title_en", "hours")

    def clean_hours(self) -> Any:
        """Hours are not below zero."""
        hours = self.cleaned_data["hours"]
        if hours is not None and hours < 0:
            raise forms.ValidationError(_("Must not be below 0."))
        return hours


class PartsFormSet(BaseInlineFormSet[Any, Any, Any]):
    """Rows that belong to a course; empty ones are left out."""

    def save_parts(self) -> None:
        """Save removals first, so that a code or place that became free can be taken again."""
        self.save(commit=False)
        for gone in self.deleted_objects:
            gone.delete()
        for changed, _names in self.changed_objects:
            changed.save()
        for new in self.new_objects:
            new.save()


def outcomes_formset(data: Any, course: Course) -> PartsFormSet:
    """Return the rows for a course's outcomes, with two empty ones."""
    made: Any = forms.inlineformset_factory(
        Course,
        LearningOutcome,
        form=OutcomeForm,
        formset=PartsFormSet,
        extra=2 if course.pk else 4,
        max_num=60,
        validate_max=True,
    )
    rows: PartsFormSet = made(data, instance=course, prefix="outcomes")
    return rows


def topics_formset(data: Any, course: Course) -> PartsFormSet:
    """Return the rows for a course's topics, with two empty ones."""
    made: Any = forms.inlineformset_factory(
        Course,
        Topic,
        form=TopicForm,
        formset=PartsFormSet,
        extra=2 if course.pk else 4,
        max_num=100,
        validate_max=True,
    )
    rows: PartsFormSet = made(data, instance=course, prefix="topics")
    return rows
