"""An invitation: a link in an email by which somebody sets their password and comes in."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.models import Person
from portal.records.register import record

SALT = "portal.people.invitation"
DAYS = 14
"""For how many days the link of an invitation can be used."""


def token_for(person: Person) -> str:
    """Return the text that stands in an invitation's link; it is worth nothing once a password is set."""
    return signing.dumps([person.pk, person.password[-12:]], salt=SALT)


def invited_by(token: str) -> Person | None:
    """Return whom a link invites, or None where it is false, used or too old."""
    try:
        pk, fragment = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(pk=pk, is_active=True).first()
    return person if person and person.password[-12:] == fragment else None


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person choose a password, and log them in."""
    person = invited_by(token)
    if person is None:
        return render(request, "people/invitation_over.html", status=410)
    form = SetPasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            EmailAddress.objects.update_or_create(
                user=person, email=person.email.lower(), defaults={"verified": True, "primary": True}
            )
            record(None, "people.accept_invitation", person)
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[-1])
        messages.success(request, _("Welcome. Your password is set."))
        return redirect("people:arrival")
    shown = {"form": form, "person": person}
    return render(request, "people/invitation.html", shown, status=422 if form.errors else 200)
