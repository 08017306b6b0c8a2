"""The form of a grading scale: its grades, best first, each with its equal on the deciding scale."""

from itertools import pairwise
from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Appointment
from portal.catalogue.choices import choices_of
from portal.catalogue.forms.day import DayInput
from portal.catalogue.models import CourseResult, GradingScale, ScaleGrade
from tauliah.values.vocabulary import GRADES

FEWEST = 2


class ScaleForm(forms.ModelForm[GradingScale]):
    """The name of a scale and the day from which it holds."""

    class Meta:
        model = GradingScale
        fields = ("name", "in_force_on")
        widgets = {"in_force_on": DayInput}

    def __init__(self, acting: Appointment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.instance.institution_id = acting.institution_id or 0

    def clean(self) -> dict[str, Any]:
        """A scale is kept once for each day."""
        given = super().clean() or self.cleaned_data
        same = GradingScale.objects.filter(
            institution=self.instance.institution_id, name=given.get("name", "")
        ).exclude(pk=self.instance.pk)
        day = given.get("in_force_on")
        if day and same.filter(in_force_on=day).exists():
            self.add_error("in_force_on", _("A scale of this name is in force from this day already."))
        return given


class GradeForm(forms.ModelForm[ScaleGrade]):
    """One grade of the scale."""

    equal_to = forms.ChoiceField(label=gettext_lazy("equal to"), choices=choices_of("grade", "–"))

    class Meta:
        model = ScaleGrade
        fields = ("label", "lowest_mark", "points", "equal_to")


class GradesFormSet(BaseInlineFormSet[Any, Any, Any]):
    """The grades in their order; a better one stands above."""

    def kept(self) -> list[forms.ModelForm[ScaleGrade]]:
        """The rows that hold a grade."""
        return [
            form
            for form in self.forms
            if form.cleaned_data.get("label") and not form.cleaned_data.get("DELETE")
        ]

    def clean(self) -> None:
        """Check the order, and that no grade goes that a result has."""
        super().clean()
        if any(self.errors):
            return
        if len(self.kept()) < FEWEST:
            raise forms.ValidationError(_("A scale has at least two grades."))
        for better, worse in pairwise(self.kept()):
            self._in_order(better, worse)
        self._not_in_use()

    def _in_order(self, better: forms.ModelForm[ScaleGrade], worse: forms.ModelForm[ScaleGrade]) -> None:
        upper, lower = better.cleaned_data, worse.cleaned_data
        for name in ("lowest_mark", "points"):
            if upper[name] is not None and lower[name] is not None and lower[name] > upper[name]:
                worse.add_error(
                    name, _("The best grade stands first: this must not be more than the one above.")
                )
        ranks = [GRADES.index(row["equal_to"]) for row in (upper, lower) if row["equal_to"] in GRADES]
        if len(ranks) == FEWEST and ranks[1] < ranks[0]:
            worse.add_error("equal_to", _("A lower grade cannot equal a better one than the grade above."))

    def _not_in_use(self) -> None:
        gone = {form.initial["label"] for form in self.forms if form.initial.get("label")}
        gone -= {form.cleaned_data["label"] for form in self.kept()}
        used = CourseResult.objects.filter(
            student__programme__institution=self.instance.institution_id, grade__in=gone
        ).values_list("grade", flat=True)
        if named := sorted(set(used)):
            raise forms.ValidationError(
                _("Results have the grade %(grades)s: it cannot be removed. Add a scale with a later day."),
                params={"grades": ", ".join(named)},
            )

    def save_parts(self) -> None:
        """Save the grades in the order of the page."""
        for gone in self.forms:
            if gone.cleaned_data.get("DELETE") and gone.instance.pk:
                gone.instance.delete()
        for position, form in enumerate(self.kept(), start=1):
            form.instance.position = position
            form.instance.scale = self.instance
            form.save()


def grades_formset(data: Any, scale: GradingScale) -> GradesFormSet:
    """Return the rows for a scale's grades, with some empty ones."""
    made: Any = forms.inlineformset_factory(
        GradingScale,
        ScaleGrade,
        form=GradeForm,
        formset=GradesFormSet,
        extra=3 if scale.pk else 12,
        max_num=40,
        validate_max=True,
    )
    rows: GradesFormSet = made(data, instance=scale, prefix="grades")
    return rows
