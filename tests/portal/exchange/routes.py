"""Who may open the pages about other software, and what software gets that shows nothing."""

from datetime import timedelta
from typing import Any

from allauth.idp.oidc.models import Token
from django.utils import timezone
from tests.portal import cast
from tests.portal.credentials import made
from tests.portal.exchange import backpacks, parties
from tests.portal.routes import ADMINISTRATOR, EVERYBODY, NOT_FOUND, PEOPLE, Route

from portal.accounts.roles import Role
from portal.exchange.models import SignedCredential
from portal.exchange.vc_api.offering import issued_for

EMPTY = dict[str, Any]


def a_token() -> dict[str, Any]:
    kept, _client = parties.token(cast.appear("osman"))
    return {"pk": kept.pk}


def a_signed_one() -> dict[str, Any]:
    course = parties.course_of()
    kept, _client = parties.token(cast.appear("osman"), [course])
    SignedCredential.objects.all().delete()
    issued_for(kept, {"credential": parties.award(course)})
    return {"pk": SignedCredential.objects.get().pk}


def aminahs() -> dict[str, Any]:
    cast.appear("aminah")
    return {"pk": made.issued(cast.appear("kumar"))[0].pk}


def aminahs_software() -> dict[str, Any]:
    backpacks.backpack(cast.client_of(cast.appear("aminah")))
    return {"client": Token.objects.values_list("client", flat=True).get(type="rt")}


def issuer() -> dict[str, Any]:
    return {"code": made.ready(cast.institution("UTHM")).code.lower()}


def form() -> dict[str, Any]:
    return {"name": "LMS", "may_verify": "on", "last_day": timezone.localdate() + timedelta(days=9)}


def software(**more: Any) -> Route:
    """An address for software: open to any, which a token or a code then lets through or not."""
    return Route(EVERYBODY, **more)


HALL = Route(ADMINISTRATOR)
OWNER = frozenset({Role.STUDENT})
ROUTES = {
    "exchange:tokens": HALL,
    "exchange:token-new": HALL,
    "exchange:token-end": Route(ADMINISTRATOR, strangers=NOT_FOUND, place=a_token, post=EMPTY),
    "exchange:signed": HALL,
    "exchange:signed-revoke": Route(ADMINISTRATOR, strangers=NOT_FOUND, place=a_signed_one),
    "exchange:offer": Route(OWNER, others=NOT_FOUND, strangers=NOT_FOUND, place=aminahs, post=EMPTY),
    "exchange:software": Route(PEOPLE),
    "exchange:software-end": Route(OWNER, others=NOT_FOUND, strangers=NOT_FOUND, place=aminahs_software),
    "vc-api:issue": software(post=EMPTY),
    "vc-api:verify": software(post=EMPTY),
    "vc-api:verify-presentation": software(post=EMPTY),
    "vc-api:challenge": software(post=EMPTY),
    "wallet:issuer": software(place=issuer),
    "wallet:issuer-inside": software(place=issuer),
    "wallet:issuer-known": software(place=issuer),
    "wallet:server-inside": software(place=issuer),
    "wallet:server-known": software(place=issuer),
    "wallet:token": software(place=issuer, post=EMPTY),
    "wallet:nonce": software(place=issuer, post=EMPTY),
    "wallet:credential": software(place=issuer, post=EMPTY),
    "badges:discovery": software(),
    "badges:credentials": software(),
    "badges:profile": software(),
    "idp:oidc:authorization": software(),
    "idp:oidc:token": software(post=EMPTY),
    "idp:oidc:revoke": software(post=EMPTY),
    "idp:oidc:client_registration": software(post=EMPTY),
}
