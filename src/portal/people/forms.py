"""What people tell about themselves and whom they delegate to."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.people.access import colleagues_of, delegable_of

IDENTITY = re.compile(r"^(\d{6}-?\d{2}-?\d{4}|[A-Za-z]{1,2}\d{6,9})$")
PHONE = re.compile(r"^\+?[\d\s()-]{7,25}$")


class DayInput(forms.DateInput):
    """A field for a day, written as browsers expect it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def masked(number: str) -> str:
    """Return an identity number of which only the last four signs can be read."""
    return "•" * max(len(number) - 4, 0) + number[-4:] if number else ""


class OwnDataForm(forms.ModelForm):  # type: ignore[type-arg]
    """Name, language, telephone and identity number; an empty number leaves the one that is kept."""

    identity_number = forms.CharField(
        label=_("Identity card or passport number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = Person
        fields = ["name", "language", "phone"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["identity_number"] = ""
        kept = masked(self.instance.identity_number)
        self.fields["identity_number"].help_text = (
            _("On record: %(number)s. Fill in only to change it.") % {"number": kept}
            if kept
            else _("Not on record. Kept encrypted; only its last four signs are shown.")
        )

    def clean_phone(self) -> str:
        """Return a telephone number that can be dialled."""
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and not PHONE.match(phone):
            raise forms.ValidationError(_("Write the number with digits, for example +60 12-345 6789."))
        return phone

    def clean_identity_number(self) -> str:
        """Return a MyKad or passport number."""
        number = str(self.cleaned_data["identity_number"]).strip()
        if number and not IDENTITY.match(number):
            raise forms.ValidationError(
                _("Write a MyKad number as 900101-01-1234, or a passport number as A12345678.")
            )
        return number


class DelegationForm(forms.Form):
    """Which role, to whom, from which day to which."""

    appointment = forms.ModelChoiceField(label=_("Role"), queryset=Appointment.objects.none())
    to = forms.ModelChoiceField(label=_("Delegate to"), queryset=Person.objects.none())
    starts_on = forms.DateField(label=_("From"), widget=DayInput)
    ends_on = forms.DateField(
        label=_("Until"), widget=DayInput, help_text=_("It ends by itself on this day.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For example: annual leave. It stands in the register."),
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = delegable_of(person)
        self.initial.setdefault("starts_on", timezone.localdate())
        chosen: Any = self.fields["appointment"]
        chosen.queryset = roles
        if len(roles) == 1:
            self.initial.setdefault("appointment", roles[0].pk)
        to: Any = self.fields["to"]
        to.queryset = Person.objects.filter(pk__in=[p.pk for p in colleagues_of(person)])
        to.label_from_instance = lambda colleague: f"{colleague.name} ({colleague.email})"


class ErasureForm(forms.Form):
    """The person's own email, typed again: nobody asks for this by accident."""

    email = forms.EmailField(label=_("Your email, to confirm"), widget=forms.EmailInput)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        """Return the email where it is the person's own."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if email != self.person.email.lower():
            raise forms.ValidationError(_("This is not the email of your account."))
        return email
