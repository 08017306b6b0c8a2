"""Who may open the administrator's pages: administrators, each those of their own institution."""

from typing import Any

from allauth.socialaccount.models import SocialApp
from tests.portal import cast
from tests.portal.routes import ADMINISTRATOR, NOT_FOUND, Route

from portal.institutions.models import Signatory
from portal.people.models import SingleSignOn


def bakar() -> dict[str, Any]:
    return {"pk": cast.appear("bakar").person_id}


def bakars_appointment() -> dict[str, Any]:
    return {"pk": cast.appear("bakar").pk}


def faculty() -> dict[str, Any]:
    return {"pk": cast.faculty("FSKTM").pk}


def semester() -> dict[str, Any]:
    return {"pk": cast.semester(cast.institution("UTHM")).pk}


def signatory() -> dict[str, Any]:
    made, _ = Signatory.objects.get_or_create(
        institution=cast.institution("UTHM"),
        person_name="Halimah",
        defaults={"name_ms": "Dekan", "starts_on": cast.LONG_AGO},
    )
    return {"pk": made.pk}


def sign_on() -> dict[str, Any]:
    app, _ = SocialApp.objects.get_or_create(
        provider="openid_connect",
        provider_id="uthm-routes",
        defaults={"name": "UTHM", "client_id": "tauliah", "settings": {"server_url": "http://127.0.0.1:9"}},
    )
    made, _ = SingleSignOn.objects.get_or_create(app=app, institution=cast.institution("UTHM"))
    return {"pk": made.pk}


def openid_sign_on() -> dict[str, Any]:
    return {"kind": "openid", **sign_on()}


def one(place: Any, **more: Any) -> Route:
    """A page about one thing of the institution: strangers do not find it."""
    return Route(ADMINISTRATOR, strangers=NOT_FOUND, place=place, **more)


EMPTY = dict[str, Any]
HALL = Route(ADMINISTRATOR)
ROUTES = {
    "administration:index": HALL,
    "administration:people": HALL,
    "administration:invite": HALL,
    "administration:person": one(bakar),
    "administration:invite-again": one(bakar, post=EMPTY),
    "administration:appoint": one(bakar),
    "administration:erase": one(bakar),
    "administration:end": one(bakars_appointment),
    "administration:institution": HALL,
    "administration:faculties": HALL,
    "administration:faculty-new": HALL,
    "administration:faculty": one(faculty),
    "administration:calendar": HALL,
    "administration:semester-new": HALL,
    "administration:semester": one(semester),
    "administration:calendar-remove": one(semester, post=EMPTY),
    "administration:signatories": HALL,
    "administration:signatory-new": HALL,
    "administration:signatory": one(signatory),
    "administration:sign-on": HALL,
    "administration:sign-on-new": Route(ADMINISTRATOR, place=lambda: {"kind": "saml"}),
    "administration:sign-on-edit": one(openid_sign_on),
    "administration:sign-on-remove": one(sign_on, post=EMPTY),
}
