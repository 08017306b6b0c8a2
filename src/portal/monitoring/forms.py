"""Forms on what is recorded once a course runs."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Person
from portal.catalogue.choices import choices
from portal.catalogue.forms.day import DayInput
from portal.monitoring.models import PartnerCohort
from portal.offerings.models import Offering

AREA = forms.Textarea(attrs={"rows": 3})


class DayAndTextForm(forms.Form):
    """Something that was done on a day."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput(), initial=timezone.localdate)
    text = forms.CharField(label=gettext_lazy("What was done"), max_length=300)


class ReviewForm(forms.Form):
    """The review of a year."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=2999)
    findings = forms.CharField(label=gettext_lazy("Findings"), widget=AREA)
    learner_feedback = forms.CharField(
        label=gettext_lazy("What learners say"),
        widget=AREA,
        required=False,
        help_text=gettext_lazy("From the surveys; what one learner wrote is not quoted by name."),
    )
    staff_feedback = forms.CharField(label=gettext_lazy("What teachers say"), widget=AREA, required=False)


class ActionForm(forms.Form):
    """What is done about a finding."""

    text = forms.CharField(label=gettext_lazy("Action"), max_length=300)
    person = forms.ModelChoiceField(
        label=gettext_lazy("Who does it"), queryset=Person.objects.none(), required=False
    )
    due_on = forms.DateField(label=gettext_lazy("Due"), widget=DayInput(), required=False)

    def __init__(self, people: Any, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people


class LoadForm(forms.Form):
    """The figures from which a teaching load is worked out (UTM Jadual 2)."""

    person = forms.ModelChoiceField(label=gettext_lazy("Lecturer"), queryset=Person.objects.none())
    category = forms.ChoiceField(label=gettext_lazy("Category of the course"))
    participants = forms.IntegerField(
        label=gettext_lazy("Participants"), min_value=0, max_value=1_000_000, required=False
    )
    completions = forms.IntegerField(
        label=gettext_lazy("Completions"), min_value=0, max_value=1_000_000, required=False
    )
    lecture_credits = forms.DecimalField(
        label=gettext_lazy("Credits of the equivalent lectures"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        required=False,
    )

    def __init__(self, offering: Offering, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        person, category = self.fields["person"], self.fields["category"]
        assert isinstance(person, forms.ModelChoiceField)
        assert isinstance(category, forms.ChoiceField)
        person.queryset = Person.objects.filter(teaches__offering=offering).distinct()
        category.choices = choices("load_category")


class CohortForm(forms.ModelForm[PartnerCohort]):
    """What came of a cohort at a partner."""

    class Meta:
        model = PartnerCohort
        fields = ("cohort", "ended_on", "enrolled", "withdrawn", "completed", "experience")
        widgets = {"ended_on": DayInput()}
        help_texts = {"experience": gettext_lazy("From the partner’s survey; empty where there was none.")}

    def clean(self) -> dict[str, Any]:
        """Nobody both withdrew and completed, and nobody did who took no part."""
        given = super().clean() or {}
        enrolled, gone = given.get("enrolled"), given.get("withdrawn")
        if enrolled is not None and gone is not None and enrolled < gone + (given.get("completed") or 0):
            self.add_error("completed", _("Those who withdrew and completed are more than took part."))
        return given


class VisitForm(forms.Form):
    """What was found at a partner."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput(), initial=timezone.localdate)
    findings = forms.CharField(label=gettext_lazy("Findings"), widget=AREA)
