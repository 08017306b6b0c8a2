"""What secretaries fill in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import LEARNERS
from portal.approvals.models import Committee, Item, Meeting, Member
from portal.catalogue.forms.day import DayInput
from portal.institutions.models import Institution


class CommitteeForm(forms.ModelForm[Committee]):
    """A committee: its short name, its names, whether it still meets."""

    class Meta:
        model = Committee
        fields = ("code", "name_ms", "name_en", "active")
        help_texts = {
            "code": _("The word by which processes call it, for example jppeu or senate."),
            "active": _("A committee out of use keeps its meetings; nothing new is planned for it."),
        }

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.institution = institution
        if self.instance.pk:
            self.fields["code"].disabled = True

    def clean_code(self) -> str:
        """Refuse a short name that another committee has."""
        code = str(self.cleaned_data["code"]).lower()
        taken = Committee.objects.filter(institution=self.instance.institution, code=code)
        if taken.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("A committee of this short name exists already."))
        return code


class MemberForm(forms.Form):
    """Who sits on a committee."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person"))
    part = forms.ChoiceField(label=_("Part"), choices=Member.Part.choices, initial=Member.Part.MEMBER)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Appointment.objects.filter(institution=institution).in_force(timezone.localdate())
        staff = held.exclude(role__in=LEARNERS).values("person")
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Person.objects.filter(pk__in=staff).order_by("name")


class TimeInput(forms.TimeInput):
    """A time of day as browsers ask for one."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MeetingForm(forms.ModelForm[Meeting]):
    """A meeting: of which committee, its number, when and where."""

    class Meta:
        model = Meeting
        fields = ("committee", "number", "held_on", "begins_at", "place", "note")
        widgets = {
            "held_on": DayInput(),
            "begins_at": TimeInput(),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "number": _("As the committee counts them, for example 5/2026."),
            "note": _("Stands on the agenda, for example who chairs or how to join online."),
        }

    def __init__(self, committees: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["committee"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = committees.filter(active=True) if not self.instance.pk else committees
        field.disabled = bool(self.instance.pk)

    def clean(self) -> dict[str, Any]:
        """Refuse a number that the committee has given already."""
        given = super().clean() or self.cleaned_data
        committee, number = given.get("committee"), given.get("number")
        if committee and number:
            taken = Meeting.objects.filter(committee=committee, number=number).exclude(pk=self.instance.pk)
            if taken.exists():
                self.add_error("number", _("The committee has a meeting of this number already."))
        return given


class CancelForm(forms.Form):
    """Why a meeting is called off."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class DefaultsForm(forms.Form):
    """What holds for every item of which nothing else is said."""

    decision = forms.ChoiceField(
        label=_("Decision on all others"),
        required=False,
        help_text=_("Holds for every item below that you leave at “as above”."),
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput)
    reference = forms.CharField(
        label=_("Number in the minutes"),
        required=False,
        max_length=60,
        help_text=_("# stands for the place on the agenda: 3.# becomes 3.1, 3.2 and so on."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Leave open")), *Item.Decision.choices]


class VerdictForm(forms.Form):
    """What was decided on one item; an empty decision takes what holds for all."""

    LATER = "later"

    decision = forms.ChoiceField(label=_("Decision"), required=False)
    reference = forms.CharField(label=_("Number in the minutes"), required=False, max_length=60)
    remarks = forms.CharField(
        label=_("Remarks"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("as above")), *Item.Decision.choices, (self.LATER, _("leave open"))]


class AmendForm(forms.Form):
    """Remarks and the number in the minutes, corrected."""

    reference = forms.CharField(label=_("Number in the minutes"), required=False, max_length=60)
    remarks = forms.CharField(
        label=_("Remarks"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
