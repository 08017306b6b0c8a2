"""Keeping the logins of an institution; the register is told everything but the secret."""

from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialApp
from django.db import transaction

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed
from portal.administration.access import institution_of
from portal.administration.sign_on_forms import ProtocolForm
from portal.people.models import SingleSignOn
from portal.records.register import record


def free_name(code: str) -> str:
    """Return a short name for the addresses of a login that no other login has."""
    taken = set(SocialApp.objects.values_list("provider_id", flat=True)) | set(
        SocialApp.objects.values_list("client_id", flat=True)
    )
    stem = code.lower()
    names = [stem, *(f"{stem}-{number}" for number in range(2, 1000))]
    return next(name for name in names if name not in taken)


@transaction.atomic
def keep_sign_on(acting: Appointment | None, form: ProtocolForm) -> SingleSignOn:
    """Keep a login as a valid form describes it."""
    institution = institution_of(acting)
    sign_on = form.sign_on or SingleSignOn(institution=institution)
    if sign_on.institution_id != institution.pk:
        raise NotAllowed
    app = sign_on.app if form.sign_on else SocialApp()
    before = told(sign_on) if form.sign_on else {}
    keep_app(app, form, free_name(institution.code))
    sign_on.app = app
    sign_on.secret = form.protocol().get("secret") or sign_on.secret
    sign_on.domains = form.cleaned_data["domains"]
    sign_on.role_attribute = form.cleaned_data["role_attribute"]
    sign_on.student_values = form.cleaned_data["student_values"]
    sign_on.origins = form.protocol()["origins"]
    sign_on.save()
    record(acting, "administration.keep_sign_on", sign_on, before=before, after=told(sign_on))
    return sign_on


def keep_app(app: SocialApp, form: ProtocolForm, name: str) -> None:
    """Keep allauth's row, without the secret."""
    said = form.protocol()
    app.provider, app.settings, app.name = said["provider"], said["settings"], form.cleaned_data["name"]
    if said["provider"] == "saml":
        app.provider_id, app.client_id = said["provider_id"], app.client_id or name
    else:
        app.provider_id, app.client_id = app.provider_id or name, said["client_id"]
    app.save()


def told(sign_on: SingleSignOn) -> dict[str, Any]:
    """Return a login as the register keeps it."""
    return {
        "name": sign_on.app.name,
        "provider": sign_on.app.provider,
        "provider_id": sign_on.app.provider_id,
        "client_id": sign_on.app.client_id,
        "domains": sign_on.domains,
        "role_attribute": sign_on.role_attribute,
        "student_values": sign_on.student_values,
    }


@transaction.atomic
def remove_sign_on(acting: Appointment | None, sign_on: SingleSignOn) -> None:
    """Remove a login; the accounts stay and lose the connection to it."""
    if sign_on.institution_id != institution_of(acting).pk:
        raise NotAllowed
    record(acting, "administration.remove_sign_on", sign_on, before=told(sign_on))
    SocialAccount.objects.filter(provider=sign_on.app.provider_id).delete()
    sign_on.app.delete()
