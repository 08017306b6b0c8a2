"""The second step of logging in: staff need one before they work, where the installation asks for it."""

from collections.abc import Callable

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from portal.accounts.models import Appointment, Person
from portal.accounts.secret_text import cipher

FREE = ("/accounts/", "/people/second-factor/", "/choose/", "/static/", "/healthz", "/readyz", "/api/")
"""Addresses that one needs on the way to a second factor, and those without a person."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the authenticator app's secret encrypted, as other secrets are."""

    def encrypt(self, text: str) -> str:
        """Return the text as it stands in the database."""
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the text as it was."""
        return cipher().decrypt(encrypted_text.encode()).decode()


def is_needed(acting: Appointment | None) -> bool:
    """Whether the role that somebody acts in asks for a second factor."""
    return bool(settings.SECOND_FACTOR_FOR_STAFF and acting and not acting.is_learner)


def has_one(person: Person) -> bool:
    """Whether a person has set up a passkey or an authenticator app."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=person, type__in=kinds).exists())


def came_by_university(request: HttpRequest) -> bool:
    """Whether this session began at the university's own login, which asks for what the university wants."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) or []
    return any(record.get("method") == "socialaccount" for record in records)


class SecondFactorMiddleware:
    """Leads staff who have no second factor to the page where they set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_FOR_STAFF and self.is_missing(request):
            wanted = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('people:second-factor')}?{wanted}")
        return self.get_response(request)

    def is_missing(self, request: HttpRequest) -> bool:
        """Whether this request is one of staff without a second factor."""
        if request.path.startswith(FREE) or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return False
        person = request.user
        acting = getattr(request, "acting", None)
        if not isinstance(person, Person) or not is_needed(acting) or came_by_university(request):
            return False
        return not has_one(person)
