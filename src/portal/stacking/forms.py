"""Forms on goals and on what learners bring from elsewhere."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.catalogue.forms.day import DayInput
from portal.catalogue.models import Course, Programme
from portal.stacking.bridge import NO_QUALIFICATION
from portal.stacking.models import Goal, Outside
from tauliah.values.day import FIRST_YEAR

ANSWERS = [("", gettext_lazy("Not known")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
MOST_CREDITS = 200
"""More than any micro-credential has; it keeps a slip of the decimal point out."""
SAID = {"": None, "yes": True, "no": False}


def not_too_early(day: Any) -> Any:
    """Refuse a year that no policy reckons with."""
    if day and day.year < FIRST_YEAR:
        raise forms.ValidationError(_("Give a year from %(first)s on.") % {"first": FIRST_YEAR})
    return day


class WayInForm(forms.Form):
    """How the learner comes in, and the own age."""

    route = forms.ChoiceField(label=gettext_lazy("Route of entry"), choices=Goal.Route.choices)
    meets_entry = forms.ChoiceField(
        label=gettext_lazy("Do you meet the programme’s minimum entry requirement?"),
        choices=ANSWERS,
        required=False,
        help_text=gettext_lazy("The programme’s page or its faculty tells you what it is."),
    )
    born_on = forms.DateField(
        label=gettext_lazy("Date of birth"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("The least age at graduation counts by the year of birth."),
    )

    def clean_meets_entry(self) -> bool | None:
        """Return the answer as yes, no or not known."""
        return SAID[self.cleaned_data["meets_entry"]]

    def clean_born_on(self) -> Any:
        """Refuse a day that is still to come, and one that nobody alive was born on."""
        day = self.cleaned_data["born_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("The date of birth cannot be still to come."))
        return not_too_early(day)


class GoalForm(WayInForm):
    """A new goal."""

    field_order = ("programme", "route", "meets_entry", "born_on")
    programme = forms.ModelChoiceField(
        label=gettext_lazy("Programme"),
        queryset=Programme.objects.none(),
        empty_label=gettext_lazy("Choose a programme"),
    )

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            Programme.objects.filter(active=True)
            .exclude(level=NO_QUALIFICATION)
            .select_related("institution")
            .order_by("institution__code", "code")
        )
        field.label_from_instance = named_with_institution  # type: ignore[method-assign,assignment]


def named_with_institution(programme: Programme) -> str:
    """Return a programme as the list of all institutions names it."""
    return f"{programme.institution.code} · {programme.code} {programme.name}"


class OutsideForm(forms.ModelForm[Outside]):
    """A micro-credential of another institution."""

    address = forms.URLField(
        label=gettext_lazy("Address where it can be verified"), required=False, assume_scheme="https"
    )

    credits = forms.DecimalField(
        label=gettext_lazy("Credits"),
        min_value=Decimal("0.01"),
        max_value=MOST_CREDITS,
        max_digits=5,
        decimal_places=2,
    )

    class Meta:
        model = Outside
        fields = (
            "title",
            "institution_name",
            "country",
            "origin",
            "credits",
            "completed_on",
            "is_mpu",
            "address",
            "by_other_provider",
            "objectives",
            "outcomes",
        )
        widgets = {
            "completed_on": DayInput(),
            "objectives": forms.Textarea(attrs={"rows": 3}),
            "outcomes": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "by_other_provider": gettext_lazy(
                "For example a company, a professional body or a platform. State what it says of the course."
            ),
            "outcomes": gettext_lazy("One on each line, as the provider states them."),
        }

    def clean_completed_on(self) -> Any:
        """Refuse a day that is still to come: only what is finished counts (UMPSA 14-finished)."""
        day = self.cleaned_data["completed_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Only a finished micro-credential counts: give the day it ended."))
        return not_too_early(day)

    def clean_country(self) -> str:
        """Take two letters, written large."""
        country = self.cleaned_data["country"].strip().upper()
        if not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(_("Give the two letters of a country, for example MY."))
        return str(country)

    def clean(self) -> dict[str, Any]:
        """Ask a provider outside higher education for objectives and outcomes (UNIMAS 5.1-non-he)."""
        given = super().clean() or {}
        if given.get("by_other_provider"):
            for name in ("objectives", "outcomes"):
                if not str(given.get(name) or "").strip():
                    self.add_error(name, _("A provider outside higher education has to state them (5.1)."))
        return given


class PrescriptionForm(forms.Form):
    """A course that the learner still has to take."""

    course = forms.ModelChoiceField(label=gettext_lazy("Course"), queryset=Course.objects.none())

    def __init__(self, goal: Goal, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        field = self.fields["course"]
        assert isinstance(field, forms.ModelChoiceField)
        taken = goal.prescriptions.values("course")
        from_plan = goal.programme.plan.exclude(course__in=taken).values("course")
        field.queryset = goal.programme.institution.courses.filter(pk__in=from_plan).order_by("code")


class DoneForm(forms.Form):
    """The day on which a prescribed course was passed."""

    done_on = forms.DateField(label=gettext_lazy("Passed on"), widget=DayInput())


class ExceptionForm(forms.Form):
    """The Senate’s exception from the normal age."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    reference = forms.CharField(label=gettext_lazy("The Senate’s reference"), max_length=120)
