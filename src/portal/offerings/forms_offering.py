"""What is filled in to set up an offering, its assessments, and the lists that the institution keeps."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, BoundField, formset_factory
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.institutions.models import Semester
from portal.offerings.actions.setting_up import Part, changeable
from portal.offerings.models import Assessment, Offering, Platform, Teacher
from portal.offerings.terms import platforms_of
from portal.payments.forms import DayInput, RefusableForm
from portal.proposals.models import Proposal

GROUPS = (
    (
        "period",
        _("Cohort and period"),
        ("cohort", "mode", "semester", "starts_on", "ends_on", "final_due_on"),
    ),
    (
        "enrolment",
        _("Enrolment"),
        ("enrols_from", "enrols_until", "least_learners", "most_learners", "open_to_all"),
    ),
    ("money", _("Fee and certificate"), ("fee", "certificate", "certificate_fee", "certificate_confirmed")),
    (
        "place",
        _("Platform and place"),
        ("platform", "platform_url", "platform_agreement", "place", "streamed_only"),
    ),
    (
        "more",
        _("Requirements and records"),
        ("requirements_ms", "requirements_en", "equivalent_code", "plan_declared_on"),
    ),
)
"""The fields in the order and under the headings of the page."""
LINES = forms.Textarea(attrs={"rows": 3})


class OfferingForm(forms.ModelForm[Offering]):
    """Everything that is set of an offering; once it is announced, only what may still change."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    mode = forms.ChoiceField(
        label=capfirst(_("mode of the offering")), choices=Offering.Mode.choices, widget=forms.RadioSelect
    )
    platform_url = forms.URLField(label=_("Address of the course"), required=False, assume_scheme="https")
    requirements_ms = forms.CharField(
        label=_("Requirements in Malay"),
        required=False,
        max_length=3000,
        widget=LINES,
        help_text=_(
            "One on each line, for example work experience or age. A learner confirms each on enrolling."
        ),
    )
    requirements_en = forms.CharField(
        label=_("Requirements in English"),
        required=False,
        max_length=3000,
        widget=LINES,
        help_text=_("The same ones in the same order."),
    )

    class Meta:
        model = Offering
        fields = (
            "cohort", "mode", "semester", "starts_on", "ends_on", "final_due_on", "enrols_from",
            "enrols_until", "least_learners", "most_learners", "open_to_all", "fee", "certificate",
            "certificate_fee", "certificate_confirmed", "platform", "platform_url", "platform_agreement",
            "place", "streamed_only", "equivalent_code", "plan_declared_on",
        )  # fmt: skip
        widgets = {
            name: DayInput()
            for name in fields
            if name.endswith("_on") or name in ("enrols_from", "enrols_until")
        } | {"platform": forms.TextInput(attrs={"list": "platforms"})}
        help_texts = {
            "cohort": _("As people call it, for example “March 2027”."),
            "semester": _("For an offering by semester: its days are taken from the calendar."),
            "starts_on": _("Empty for an offering by semester."),
            "ends_on": _("Self-paced: empty where it stays open."),
            "enrols_until": _("Empty: until the last day."),
            "most_learners": _("Empty: no limit. Who comes later waits for a seat."),
            "fee": _("What taking part costs; 0 for nothing."),
            "certificate_confirmed": _("I have checked that this is right."),
            "platform": _("One of the list, or another one with the Senate’s agreement."),
            "platform_agreement": _(
                "Only for a platform outside the list: number of the meeting and of the minutes."
            ),
            "place": _("Where learners come together; for courses taught face to face, at least in part."),
            "equivalent_code": _("The faculty is told, for its record of teaching load."),
            "plan_declared_on": _(
                "When the course was declared in the learning plan of the university’s system."
            ),
        }

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        here = proposal.institution
        self.known = platforms_of(here)
        semesters = self.fields["semester"]
        assert isinstance(semesters, forms.ModelChoiceField)
        semesters.queryset = Semester.objects.filter(institution=here)
        rows = self.instance.requirements or []
        self.initial["requirements_ms"] = "\n".join(row.get("ms", "") for row in rows)
        self.initial["requirements_en"] = "\n".join(row.get("en", "") for row in rows)
        self.initial["version"] = self.instance.version
        self.limit()

    def limit(self) -> None:
        """Leave only what may still change."""
        if not self.instance.pk:
            return
        allowed = {*changeable(self.instance), "version"}
        if "requirements" in allowed:
            allowed |= {"requirements_ms", "requirements_en"}
        for name in [name for name in self.fields if name not in allowed]:
            del self.fields[name]

    def groups(self) -> Iterator[tuple[str, Any, list[BoundField]]]:
        """Give the fields group by group; a group without fields is left out."""
        for key, heading, names in GROUPS:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                yield key, heading, fields

    def clean_semester(self) -> Semester | None:
        """Only an offering by semester has one."""
        semester: Semester | None = self.cleaned_data.get("semester")
        return semester if self.cleaned_data.get("mode") == Offering.Mode.SEMESTER else None

    def clean(self) -> dict[str, Any]:
        """Put the lines of both languages together."""
        found = super().clean() or {}
        if "requirements_ms" not in self.fields:
            return found
        malay, english = (lines_of(found.get(f"requirements_{language}", "")) for language in ("ms", "en"))
        if english and len(english) != len(malay):
            self.add_error(
                "requirements_en",
                _("Write as many lines in English as in Malay, or none."),
            )
        rows = zip_longest(malay, english if len(english) == len(malay) else [], fillvalue="")
        found["requirements"] = [{"ms": ms, "en": en} for ms, en in rows]
        return found

    def fields_given(self) -> dict[str, Any]:
        """Return what was filled in, as the action takes it."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("version", "requirements_ms", "requirements_en")
        }

    def _post_clean(self) -> None:
        """Leave the row to the action: it holds it, checks the whole and says which field is wrong."""


def lines_of(text: str) -> list[str]:
    """Return the lines that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class AssessmentForm(forms.Form):
    """One assessment of an offering."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=120)
    type = forms.ChoiceField(label=_("Type"), choices=Assessment.Type.choices)
    form = forms.ChoiceField(label=_("Form of assessment"), choices=Assessment.Form.choices)
    purpose = forms.ChoiceField(
        label=_("Purpose"), choices=Assessment.Purpose.choices, initial=Assessment.Purpose.SUMMATIVE
    )
    percent = forms.DecimalField(
        label=_("Weight in %"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    outcomes = forms.MultipleChoiceField(
        label=_("Measures"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = forms.DateField(label=_("Due"), required=False, widget=DayInput)
    attempts = forms.IntegerField(
        label=_("Attempts"), min_value=0, max_value=50, initial=1, help_text=_("0: any number")
    )

    def __init__(self, *args: Any, outcomes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcomes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = outcomes

    def part(self) -> Part:
        """Return what was filled in, as the action takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}
        return Part(**(given | {"outcomes": tuple(given["outcomes"])}))


class BaseAssessments(BaseFormSet[AssessmentForm]):
    """The assessments of an offering; what the whole lacks stands above them."""

    def parts(self) -> list[Part]:
        """Return the assessments that are filled in and not taken away."""
        return [
            form.part()
            for form in self.forms
            if form.cleaned_data.get("name") and not form.cleaned_data.get("DELETE")
        ]


AssessmentForms = formset_factory(
    AssessmentForm, formset=BaseAssessments, extra=1, can_delete=True, max_num=40, absolute_max=60
)


class TeacherForm(RefusableForm):
    """Who is to teach, and as what."""

    email = forms.EmailField(
        label=_("Email"),
        help_text=_("Of somebody on the active staff of the university."),
        widget=forms.EmailInput(attrs={"list": "staff", "autocomplete": "off"}),
    )
    part = forms.ChoiceField(label=_("Part"), choices=Teacher.Part.choices)


class DutyForm(RefusableForm):
    """Something to be done by a teacher."""

    text = forms.CharField(label=_("Duty"), max_length=300)
    due_on = forms.DateField(label=_("Due"), required=False, widget=DayInput)


class PlatformForm(forms.ModelForm[Platform]):
    """A platform of the institution’s own list."""

    url = forms.URLField(label=capfirst(_("address")), required=False, assume_scheme="https")

    class Meta:
        model = Platform
        fields = (
            "name", "url", "agreement", "agreed_on", "assessed_on", "assessment", "streams_only", "active",
        )  # fmt: skip
        widgets = {
            "agreed_on": DayInput(),
            "assessed_on": DayInput(),
            "assessment": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "agreement": _(
                "Number of the meeting and of the minutes. Without it the platform is not offered for choice."
            ),
        }

    def clean(self) -> dict[str, Any]:
        """An agreement has its day, an assessment its day and what was found."""
        found = super().clean() or {}
        if found.get("agreement") and not found.get("agreed_on"):
            self.add_error("agreed_on", ValidationError(_("Give the day on which the Senate agreed.")))
        if found.get("assessment") and not found.get("assessed_on"):
            self.add_error("assessed_on", ValidationError(_("Give the day on which it was judged suitable.")))
        if found.get("assessed_on") and not found.get("assessment"):
            self.add_error("assessment", ValidationError(_("Say what was found.")))
        for name in ("agreed_on", "assessed_on"):
            if (day := found.get(name)) and day > timezone.localdate():
                self.add_error(name, ValidationError(_("This day lies in the future.")))
        return found


class GuideForm(forms.Form):
    """A page of guidance in Markdown."""

    text_ms = forms.CharField(
        label=_("Text in Malay"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Markdown: headings with #, lists with -, links as [words](address)."),
    )
    text_en = forms.CharField(
        label=_("Text in English"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )


class ClosingForm(RefusableForm):
    """Why a course has to close during its offering."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The centre reads this.")
    )
    closes_on = forms.DateField(label=_("Planned to close on"), required=False, widget=DayInput)
