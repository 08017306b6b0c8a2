"""What reviewers, developers and the centre fill in about a course."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from portal.payments.forms import DayInput, RefusableForm
from portal.proposals.actions.enquiring import Question
from portal.proposals.actions.partnering import Papers
from portal.proposals.actions.registering import Entry
from portal.proposals.attachable import ACCEPT
from portal.proposals.models import Enquiry, Partner, Registration, Workshop

ROWS = {"rows": 3}
LONGEST = 5_000


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day as browsers ask for one."""
    return forms.DateField(label=label, required=required, widget=DayInput, help_text=help_text)


class AppointForm(RefusableForm):
    """Whom the centre appoints, and by when."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person"), empty_label="–")
    due_on = day(_("Due"))

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = people

    def clean_due_on(self) -> Any:
        """Ask for a day that still comes."""
        due = self.cleaned_data["due_on"]
        if due is not None and due < timezone.localdate():
            raise forms.ValidationError(_("The deadline must lie in the future."))
        return due


class EvaluatorForm(AppointForm):
    """Whom the centre appoints to evaluate, and as what."""

    sort = forms.ChoiceField(label=_("As"))

    def __init__(self, sorts: Any, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(people, *args, **kwargs)
        field = self.fields["sort"]
        if isinstance(field, forms.ChoiceField):
            field.choices = sorts
        self.order_fields(["sort", "person", "due_on"])


class TaskForm(RefusableForm):
    """A piece of work of a milestone."""

    text = forms.CharField(label=_("Task"), max_length=300)
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who does it"), required=False, empty_label="–"
    )
    due_on = day(_("Due"))

    def __init__(self, team: list[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Person.objects.filter(pk__in=[person.pk for person in team])


class RegistrationForm(RefusableForm):
    """Where a course is registered, with number and days."""

    where = forms.ChoiceField(label=_("Where"))
    number = forms.CharField(label=_("Number"), max_length=80, required=False)
    applied_on = day(_("Applied on"))
    registered_on = day(_("Registered on"))
    outcome = forms.CharField(label=_("What was decided"), max_length=200, required=False)
    confirmed = forms.BooleanField(label=_("Confirmed"), required=False)

    def __init__(self, places: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["where"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(where, Registration.Where(where).label) for where in places]
        self.fields["confirmed"].label = self.confirmation(places)
        if not self.fields["confirmed"].label:
            del self.fields["confirmed"]

    @staticmethod
    def confirmation(places: list[str]) -> Any:
        """Say what is confirmed, where something must be."""
        where = Registration.Where
        if where.MOOC_MALAYSIA in places:
            return _("The MOOC meets the national guideline GPPMM (2016) as well")
        if where.MQA_VERIFICATION in places:
            return _("MQA verified the quality of the course")
        return ""

    def entry(self) -> Entry:
        """What was entered."""
        return Entry(**self.cleaned_data)


class EnquiryForm(RefusableForm):
    """A question about a course."""

    to = forms.ChoiceField(label=_("Asked of"), choices=Enquiry.To.choices)
    body = forms.CharField(
        label=_("Professional body"),
        max_length=200,
        required=False,
        help_text=_("Only where a professional body is asked."),
    )
    reference = forms.CharField(label=_("Their number"), max_length=80, required=False)
    text = forms.CharField(label=_("Question"), max_length=LONGEST, widget=forms.Textarea(attrs=ROWS))
    asked_on = day(_("Day of the question"), required=True)

    def question(self) -> Question:
        """What was entered."""
        return Question(**self.cleaned_data)


class AnswerForm(RefusableForm):
    """The answer to a question."""

    answer = forms.CharField(label=_("Answer"), max_length=LONGEST, widget=forms.Textarea(attrs=ROWS))
    answered_on = day(_("Answered on"), required=True)
    reference = forms.CharField(label=_("Their number"), max_length=80, required=False)


class PartnerForm(RefusableForm):
    """A partner, with its papers."""

    name = forms.CharField(label=_("Partner"), max_length=200)
    form = forms.ChoiceField(
        label=_("Form of cooperation"), choices=[("", "–"), *Partner.Form.choices], required=False
    )
    country = forms.RegexField(
        r"^[A-Z]{2}$",
        label=_("Country"),
        initial="MY",
        help_text=_("Two letters: MY, SG, ID …"),
        error_messages={"invalid": _("Two capital letters, for example MY.")},
    )
    accredited_by = forms.CharField(
        label=_("Full accreditation by"),
        max_length=200,
        required=False,
        help_text=_("MQA, or the authority or quality body of the partner’s country."),
    )
    accreditation = forms.CharField(label=_("Reference of the accreditation"), max_length=120, required=False)
    accredited_on = day(_("Accredited on"))
    memorandum_on = day(_("Memorandum of agreement signed on"))
    memorandum_until = day(_("Memorandum ends on"))
    mqa_told_on = day(_("MQA told on"))

    def papers(self) -> Papers:
        """What was entered."""
        return Papers(**self.cleaned_data)


class FileForm(RefusableForm):
    """A file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPG, PNG, XLSX or DOCX."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": _("Choose a file.")},
    )


class WorkForm(FileForm):
    """A file of a milestone, with the declaration about its copyright."""

    own_work = forms.BooleanField(
        label=_("Nothing in this file infringes anybody’s copyright"),
        error_messages={"required": _("Declare this, or do not upload the file.")},
    )


class WorkshopForm(forms.ModelForm[Workshop]):
    """A workshop: about what, when, where."""

    class Meta:
        model = Workshop
        fields = ("name_ms", "name_en", "held_on", "place")
        widgets = {"held_on": DayInput()}


class AttendanceForm(RefusableForm):
    """Who came."""

    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("Who came"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = people
