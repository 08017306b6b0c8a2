"""Forms of learning: enrolling, leaving, materials, lists, surveys and what follows on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.catalogue.forms.day import DayInput
from portal.institutions.naming import in_language
from portal.offerings.actions.enrolling import CONTACT, Choices
from portal.offerings.models import Enrolment, FollowOn, LeaveRequest, Material, Offering
from portal.offerings.plan import units_of
from portal.offerings.seats import requirements_of
from portal.proposals.models import Kind, Proposal

PURPOSES = {
    "changes": _("Changes of this course"),
    "usage": _("Surveys of how the course is used"),
    "opinion": _("Questions for my opinion"),
}


class EnrolForm(forms.Form):
    """What a learner says on enrolling; nothing about contact is ticked beforehand (UTM 3.2.1.4)."""

    group = forms.ChoiceField(label=_("I take part as"), widget=forms.RadioSelect, choices=[])
    requirements = forms.MultipleChoiceField(
        label=_("I confirm that I meet these requirements"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[],
    )
    is_international = forms.BooleanField(label=_("I am not a Malaysian citizen"), required=False)
    told = forms.BooleanField(label=_("I have read the note for international learners"), required=False)
    wants_transfer = forms.BooleanField(
        label=_("I may apply for credit transfer with this course"),
        help_text=_("The instructor then follows your activity, and reports you to the faculty in time."),
        required=False,
    )
    contact = forms.MultipleChoiceField(
        label=_("You may write to me about"),
        help_text=_("Of your own accord: leave it empty and only what concerns your enrolment is sent."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[(purpose, PURPOSES[purpose]) for purpose in CONTACT],
    )

    def __init__(self, offering: Offering, is_student: bool, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        groups = [choice for choice in Enrolment.Group.choices if choice[0] != "student" or is_student]
        self.fields["group"].choices = groups  # type: ignore[attr-defined]
        self.fields["group"].initial = groups[0][0] if is_student else None
        if offering.proposal.kind == Kind.MOOC:
            self.leave_open(groups)
        rows = requirements_of(offering)
        self.fields["requirements"].choices = [  # type: ignore[attr-defined]
            (str(place), in_language(row.get("ms", ""), row.get("en", ""))) for place, row in enumerate(rows)
        ]
        if not rows:
            del self.fields["requirements"]

    def leave_open(self, groups: list[Any]) -> None:
        """Let a learner of a MOOC say nothing of themselves (UTM 3.2.1.4)."""
        group = self.fields["group"]
        group.choices = [*groups, ("", _("I would rather not say"))]  # type: ignore[attr-defined]
        group.required, group.initial = False, ""

    def choices(self) -> Choices:
        """Return what was said, as the action takes it."""
        said = self.cleaned_data
        return Choices(
            group=said["group"],
            is_international=said["is_international"],
            told=said["told"],
            requirements=[int(place) for place in said.get("requirements", ())],
            contact=said["contact"],
            wants_transfer=said["wants_transfer"],
        )


class LeaveForm(forms.Form):
    """A wish to withdraw or to defer."""

    kind = forms.ChoiceField(
        label=_("What do you want?"), widget=forms.RadioSelect, choices=LeaveRequest.Kind.choices
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 5}), max_length=2000)


class AnswerForm(forms.Form):
    """The answer to a wish to leave."""

    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("The learner reads it; a refusal must say why."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )


class TextForm(forms.Form):
    """One text: a report, an outcome, a reason."""

    text = forms.CharField(
        label=_("What is shared, and where did you see it?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
    )


class MaterialForm(forms.ModelForm[Material]):
    """A piece of material: one of four kinds, in a unit of the course."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPG, PNG, Word, PowerPoint, Excel; for a video MP4 or WebM."),
        required=False,
    )
    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https")

    class Meta:
        model = Material
        fields = (
            "kind", "unit", "title", "text", "url", "file", "minutes", "may_download", "visible", "own_work"
        )  # fmt: skip
        widgets = {"text": forms.Textarea(attrs={"rows": 12, "class": "prose"})}
        help_texts = {
            "text": _("Headings, lists, links and tables in Markdown; for a page."),
            "may_download": _("Videos and papers are shown in the page; leave this off to keep them there."),
            "own_work": _("I declare it for this piece of material; it is the university’s (UNIMAS 5.9)."),
        }

    def __init__(self, offering: Offering, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        units = [(unit.number, f"{unit.number}. {unit.title}") for unit in units_of(offering.proposal)]
        self.fields["unit"] = forms.TypedChoiceField(label=_("Unit"), coerce=int, choices=units)
        self.fields["kind"].widget = forms.RadioSelect(choices=Material.Kind.choices)
        self.fields["own_work"].required = True
        self.order_fields(self.Meta.fields)


def purposes() -> list[tuple[str, Any]]:
    """Return what a message to learners may be about, with words."""
    return [("course", _("The course itself: dates, tasks, assessments")), *PURPOSES.items()]


class MessageForm(forms.Form):
    """A message to learners, for a purpose that they agreed to."""

    purpose = forms.ChoiceField(
        label=_("What it is about"),
        help_text=_("Only learners who agreed to a purpose are written to; the course itself concerns all."),
        choices=purposes,
    )
    subject = forms.CharField(label=_("Subject"), max_length=120)
    text = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 8}), max_length=4000)


class FileForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(label=_("File"), help_text=_("Excel (.xlsx) or CSV, up to 20 MB."))


class FollowOnForm(forms.Form):
    """A course that follows on."""

    leads_to = forms.ModelChoiceField(label=_("Course"), queryset=Proposal.objects.none())
    kind = forms.ChoiceField(label=_("Kind"), choices=FollowOn.Kind.choices)

    def __init__(self, offering: Offering, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        there = Proposal.objects.filter(institution=offering.institution, state="registered")
        self.fields["leads_to"].queryset = there.exclude(pk=offering.proposal_id).order_by("code")  # type: ignore[attr-defined]


class SurveyDaysForm(forms.Form):
    """When a survey is open."""

    opens_on = forms.DateField(label=_("Opens on"), widget=DayInput)
    closes_on = forms.DateField(label=_("Closes on"), widget=DayInput, required=False)


class ReasonForm(forms.Form):
    """Why a sheet is returned."""

    reason = forms.CharField(
        label=_("What has to be changed?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
