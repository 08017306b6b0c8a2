"""The endpoints that wallets ask: metadata, offer, token, nonce, credential; open to any site's software."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.api.boundary import bounded
from portal.api.problems import Problem
from portal.exchange.access import bearer
from portal.exchange.actions import offering
from portal.exchange.models import WalletToken
from portal.exchange.problems import limited
from portal.exchange.reading import json_object
from portal.exchange.secret import digest
from portal.exchange.wallet import metadata
from portal.exchange.wallet.addresses import issuer_of
from portal.exchange.wallet.proof_jwt import proven
from portal.exchange.wallet.refusal import NO_STORE, OAuthError
from portal.institutions.models import Institution
from tauliah.credentials.strict_json import Json

View = Callable[..., HttpResponse]


def for_wallets(view: View) -> View:
    """Answer errors as OAuth does, count requests, and let a wallet in a browser read the answer."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            limited(request, "wallet")
            response = view(request, *args, **kwargs)
        except OAuthError as error:
            response = error.response()
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return bounded(inner)


def issuing(code: str) -> Institution:
    """Return an institution that issues; raises ``Http404``."""
    wanted = Institution.objects.filter(active=True, issuer_profile__isnull=False)
    return get_object_or_404(wanted, code__iexact=code)


@for_wallets
@require_safe
def issuer(request: HttpRequest, code: str) -> HttpResponse:
    """Tell what an institution issues to wallets."""
    return JsonResponse(metadata.issuer_metadata(issuing(code)))


@for_wallets
@require_safe
def server(request: HttpRequest, code: str) -> HttpResponse:
    """Tell how a wallet gets a token."""
    return JsonResponse(metadata.server_metadata(issuing(code)))


@for_wallets
@require_POST
def token(request: HttpRequest, code: str) -> HttpResponse:
    """Give a token for a code and its PIN."""
    institution, given = issuing(code), request.POST
    if given.get("grant_type") != metadata.GRANT:
        raise OAuthError("unsupported_grant_type", f"grant_type must be {metadata.GRANT}.")
    for name in ("pre-authorized_code", "tx_code"):
        if not given.get(name):
            raise OAuthError("invalid_request", f"{name} is missing.")
    secret = offering.redeem(institution, given["pre-authorized_code"], given["tx_code"])
    lasts = int(offering.TOKEN_LASTS.total_seconds())
    body = {"access_token": secret, "token_type": "Bearer", "expires_in": lasts}
    return JsonResponse(body, headers=NO_STORE)


@for_wallets
@require_POST
def nonce(request: HttpRequest, code: str) -> HttpResponse:
    """Give a number for the proof."""
    issuing(code)
    return JsonResponse({"c_nonce": offering.nonce()}, headers=NO_STORE)


@for_wallets
@require_POST
def credential(request: HttpRequest, code: str) -> HttpResponse:
    """Give the credential of a token, bound to the key that the wallet proves to hold."""
    institution = issuing(code)
    held = _token(request, institution)
    body = json_object(request)
    wanted = metadata.CONFIGURATIONS[held.offer.credential.kind]
    if body.get("credential_configuration_id") != wanted:
        raise OAuthError("unknown_credential_configuration", f"This token is for {wanted}.")
    holder = ""
    if offering.needs_holder(held):
        holder, number = proven(_proof(body), issuer_of(institution), timezone.now())
        offering.use_nonce(number)
    issued = offering.hand_over(held, holder)
    return JsonResponse({"credentials": [{"credential": issued}]}, headers=NO_STORE)


def _token(request: HttpRequest, institution: Institution) -> WalletToken:
    """The token of a request: of this institution, not used yet; raises ``OAuthError``."""
    try:
        secret = bearer(request)
    except Problem:
        secret = ""
    found = WalletToken.objects.filter(
        digest=digest(secret),
        used_at=None,
        expires_at__gt=timezone.now(),
        offer__credential__institution=institution,
    )
    held = found.select_related("offer__credential").first()
    if held is None:
        raise OAuthError(
            "invalid_token", "The token is unknown, was used, or has expired.", HTTPStatus.UNAUTHORIZED
        )
    return held


def _proof(body: Json) -> Any:
    proofs = body.get("proofs")
    listed = proofs.get("jwt") if isinstance(proofs, dict) else None
    if not isinstance(listed, list) or len(listed) != 1:
        raise OAuthError("invalid_proof", "proofs.jwt must hold one proof.")
    return listed[0]
