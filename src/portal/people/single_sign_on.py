"""Coming in by a university's own login: whom it leads to, and who is made for it."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import Provider
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.people.joining import language_of_page, welcome
from portal.people.models import SingleSignOn
from portal.records.register import record


def domain_of(email: str) -> str:
    """Return what stands behind the @."""
    return email.rpartition("@")[2].lower()


def sign_on_of(provider: Provider) -> SingleSignOn | None:
    """Return the institution's sign-on that a provider belongs to."""
    return SingleSignOn.objects.select_related("institution").filter(app_id=provider.app.pk).first()


def may_vouch(sign_on: SingleSignOn | None, email: str) -> bool:
    """Whether an institution's login answers for this address."""
    return sign_on is not None and sign_on.institution.active and domain_of(email) in sign_on.domains


def is_theirs(sign_on: SingleSignOn, person: Person) -> bool:
    """Whether an account is the institution's to open: one of its own people, and nobody else's."""
    held = Appointment.objects.filter(person=person, institution__isnull=False)
    elsewhere = held.in_force(timezone.localdate()).exclude(institution=sign_on.institution)
    operator = person.is_superuser or person.is_staff
    own = held.filter(institution=sign_on.institution)
    return bool(not operator and own.exists() and not elsewhere.exists())


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Trusts an institution's login within the email domains of that institution, and nowhere else."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return the logins with their secrets, which the library's own table does not hold."""
        apps: list[SocialApp] = super().list_apps(request, provider=provider, client_id=client_id)
        kept = SingleSignOn.objects.filter(app__in=[app.pk for app in apps if app.pk])
        secrets = dict(kept.values_list("app", "secret"))
        for app in apps:
            app.secret = secrets.get(app.pk) or app.secret
        return apps

    def is_email_verified(self, provider: Provider, email: str) -> bool:
        """Whether the institution's word is enough for this address."""
        return may_vouch(sign_on_of(provider), email)

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Whether a login may lead to the account that has this address already."""
        sign_on = sign_on_of(login.provider)
        if sign_on is None or not may_vouch(sign_on, email):
            return False
        owner = Person.objects.filter(email__iexact=email).first()
        return owner is None or is_theirs(sign_on, owner)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Turn away a login without an address of the institution, and say what to do."""
        sign_on = sign_on_of(sociallogin.provider)
        for address in sociallogin.email_addresses:
            address.verified = may_vouch(sign_on, address.email)
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        vouched = [e.email for e in sociallogin.email_addresses if e.verified]
        taken = Person.objects.filter(email__in=[e.email.lower() for e in sociallogin.email_addresses])
        if vouched and not taken.exists():
            return
        words = (
            _("An account with this email exists already. Log in with its password, then connect the login.")
            if taken.exists()
            else _("The login of your university did not tell an email address of the university.")
        )
        messages.error(request, words)
        raise ImmediateHttpResponse(redirect("account_login"))

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        """Take name and email from what the university tells."""
        person: Person = sociallogin.user
        parts = (data.get("first_name"), data.get("last_name"))
        person.name = str(data.get("name") or " ".join(p for p in parts if p))[:200]
        person.email = str(data.get("email") or "").lower()
        person.name = person.name or person.email.partition("@")[0]
        return person

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Person:
        """Keep somebody new, appointed as what the university says they are."""
        sociallogin.user.language = language_of_page()
        with transaction.atomic():
            person: Person = super().save_user(request, sociallogin, form)
            sign_on = sign_on_of(sociallogin.provider)
            if sign_on is not None and is_student(sign_on, sociallogin.account.extra_data):
                appoint_student(sign_on, person)
            else:
                welcome(person, by=str(sign_on or "sign-on"))
        return person


def is_student(sign_on: SingleSignOn, told: dict[str, Any]) -> bool:
    """Whether the university's login says that somebody is a student."""
    if not sign_on.role_attribute:
        return False
    for part in (told, told.get("userinfo") or {}, told.get("id_token") or {}):
        found = part.get(sign_on.role_attribute, []) if isinstance(part, dict) else []
        values = found if isinstance(found, list) else [found]
        if {str(value) for value in values} & set(sign_on.student_values):
            return True
    return False


def appoint_student(sign_on: SingleSignOn, person: Person) -> Appointment:
    """Make somebody a student of the institution whose login said so; in the transaction that keeps them."""
    made: Appointment = Appointment.objects.create(
        person=person,
        role=Role.STUDENT,
        institution=sign_on.institution,
        starts_on=timezone.localdate(),
    )
    record(
        None,
        "people.join",
        person,
        institution=sign_on.institution,
        after={"role": made.role, "by": sign_on.app.name},
    )
    return made
