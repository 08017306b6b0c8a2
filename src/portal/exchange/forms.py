"""Forms for the administrator: access for another system, and revoking what was signed for it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.credentials.models import Achievement
from portal.institutions.models import Institution
from portal.people.forms import DayInput


class TokenForm(forms.Form):
    """Which system, what it may do, and until when."""

    name = forms.CharField(
        label=_("Which system"),
        max_length=80,
        help_text=_("For example: learning platform, e-learning centre."),
    )
    may_verify = forms.BooleanField(label=_("May have credentials verified"), required=False, initial=True)
    may_issue = forms.BooleanField(
        label=_("May have credentials signed in the institution's name"), required=False
    )
    achievements = forms.ModelMultipleChoiceField(
        label=_("Courses it may certify"),
        queryset=Achievement.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    last_day = forms.DateField(label=_("Last day"), widget=DayInput())

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        courses: Any = self.fields["achievements"]
        courses.queryset = Achievement.objects.filter(institution=institution, active=True)
        self.fields["last_day"].initial = timezone.localdate() + timedelta(days=365)


class RevokeForm(forms.Form):
    """Why a credential is revoked."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )
