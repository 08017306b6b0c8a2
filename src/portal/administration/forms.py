"""Forms about people: inviting, appointing, ending."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from portal.accounts.roles import Role
from portal.institutions.models import Faculty, Institution
from portal.people.forms import DayInput


class RoleFields(forms.Form):
    """A role, and the faculty for the roles that have one."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *Role.choices])
    faculty = forms.ModelChoiceField(
        label=_("Faculty"),
        queryset=Faculty.objects.none(),
        required=False,
        empty_label=_("The whole institution"),
        help_text=_("With a faculty, only its work is seen."),
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        faculty: Any = self.fields["faculty"]
        faculty.queryset = institution.faculties.filter(active=True)


class InviteForm(RoleFields):
    """Whom to invite, and as what."""

    name = forms.CharField(label=_("Full name"), max_length=200)
    email = forms.EmailField(
        label=_("Email"), help_text=_("The invitation goes there; who has an account keeps it.")
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"), choices=Person._meta.get_field("language").choices or []
    )
    field_order = ["name", "email", "language", "role", "faculty"]

    def clean_email(self) -> str:
        """Return the address as accounts keep it."""
        return str(self.cleaned_data["email"]).strip().lower()


class AppointForm(RoleFields):
    """A further role for somebody who is there already."""

    starts_on = forms.DateField(label=_("From"), widget=DayInput, initial=timezone.localdate)
    ends_on = forms.DateField(
        label=_("Until"), widget=DayInput, required=False, help_text=_("Leave empty where no end is known.")
    )
    field_order = ["role", "faculty", "starts_on", "ends_on"]


class EndForm(forms.Form):
    """The last day of an appointment, and why it ends."""

    ends_on = forms.DateField(label=_("Last day"), widget=DayInput, initial=timezone.localdate)
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("It stands in the register."))
