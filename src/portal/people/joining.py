"""Signing up, and what happens when somebody new comes in."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.records.register import record


class JoiningForm(forms.Form):
    """What the portal asks of somebody new besides email and password."""

    name = forms.CharField(
        label=_("Full name"),
        help_text=_("As on the identity card or passport."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1", "password2"]

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Nothing more to do: the adapter has kept the person and the appointment together."""


def language_of_page() -> str:
    """Return the language that somebody reads the portal in: it becomes their own."""
    return "en" if get_language() == "en" else "ms"


def welcome(person: Person, **details: Any) -> Appointment:
    """Make somebody new an external learner, who belongs to no institution, and write it down.

    Must be called in the transaction that keeps the person.
    """
    made = Appointment.objects.create(
        person=person, role=Role.EXTERNAL_LEARNER, institution=None, starts_on=timezone.localdate()
    )
    record(None, "people.join", person, after={"role": made.role, **details})
    return made
