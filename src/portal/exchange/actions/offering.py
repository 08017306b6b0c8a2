"""A learner offers a credential to their wallet, and the wallet takes it: code and PIN, token, proof."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Person
from portal.accounts.refusal import Refused
from portal.credentials.access import own_credential
from portal.credentials.addresses import page_of
from portal.credentials.bridge import Cohort, issue_of
from portal.credentials.models import Credential
from portal.credentials.signing import signed
from portal.exchange.models import Offer, WalletNonce, WalletToken
from portal.exchange.secret import digest, fresh
from portal.exchange.wallet.metadata import AWARD, CONFIGURATIONS, PIN_DIGITS
from portal.exchange.wallet.refusal import OAuthError
from portal.institutions.models import Institution
from portal.records.register import record
from tauliah.credentials.document import open_badge
from tauliah.credentials.strict_json import Json

OFFER_LASTS = timedelta(minutes=15)
TOKEN_LASTS = timedelta(minutes=10)
NONCE_LASTS = timedelta(minutes=5)


@transaction.atomic
def offer(person: Person, pk: int) -> tuple[Offer, str, str]:
    """Offer one's own credential; returns the offer, its code and its PIN, which are not to be had again.

    An earlier offer of the same credential is closed. Raises ``Refused`` for a credential not in force.
    """
    credential = own_credential(person, pk)
    if credential.state != Credential.State.ISSUED:
        raise Refused(_("Only a credential in force goes into a wallet."))
    now = timezone.now()
    Offer.objects.filter(credential=credential, closed_at=None, taken_at=None).update(closed_at=now)
    code, pin = fresh(), "".join(secrets.choice("0123456789") for _n in range(PIN_DIGITS))
    made = Offer.objects.create(
        credential=credential, code=digest(code), pin=make_password(pin), expires_at=now + OFFER_LASTS
    )
    record(
        None,
        "exchange.offer",
        credential,
        institution=credential.institution,
        after={"serial": credential.serial},
    )
    return made, code, pin


def redeem(institution: Institution, code: str, pin: str) -> str:
    """Return an access token for a code and its PIN, once; raises ``OAuthError``.

    A wrong PIN counts, also where the request fails: after five the offer is closed.
    """
    with transaction.atomic():
        held = (
            Offer.objects.select_for_update(of=("self",), no_key=True)
            .filter(code=digest(code), credential__institution=institution)
            .first()
        )
        if held is None or not held.is_open:
            raise OAuthError("invalid_grant", "The code is unknown, was used, or has expired.")
        if check_password(pin, held.pin):
            return _taken(held)
        Offer.objects.filter(pk=held.pk).update(tries=F("tries") + 1)
    left = Offer.MOST_TRIES - held.tries - 1
    raise OAuthError("invalid_grant", f"The PIN is wrong; {left} tries are left.")


def _taken(held: Offer) -> str:
    secret, now = fresh(), timezone.now()
    held.taken_at = now
    held.save(update_fields=["taken_at"])
    WalletToken.objects.create(offer=held, digest=digest(secret), expires_at=now + TOKEN_LASTS)
    return secret


def nonce() -> str:
    """Return a number for a wallet's proof."""
    WalletNonce.objects.filter(expires_at__lt=timezone.now()).delete()
    secret = fresh()
    WalletNonce.objects.create(digest=digest(secret), expires_at=timezone.now() + NONCE_LASTS)
    return secret


def use_nonce(secret: str) -> None:
    """Use up a number; raises ``OAuthError`` where it is not ours, was used, or is too old."""
    used, _rows = WalletNonce.objects.filter(digest=digest(secret), expires_at__gt=timezone.now()).delete()
    if not used:
        raise OAuthError(
            "invalid_nonce", "The nonce was used or has expired; ask the nonce endpoint for another."
        )


@transaction.atomic
def hand_over(token: WalletToken, holder: str) -> Json:
    """Return the credential of a token, bound to a holder where there is one; raises ``OAuthError``."""
    held = WalletToken.objects.select_for_update(of=("self",), no_key=True).get(pk=token.pk)
    if held.used_at is not None:
        raise OAuthError("invalid_token", "The token was used.")
    credential = _in_force(held)
    held.used_at, held.holder = timezone.now(), holder
    held.save(update_fields=["used_at", "holder"])
    record(
        None,
        "exchange.hand_over",
        credential,
        institution=credential.institution,
        after={"serial": credential.serial, "holder": holder},
    )
    return _bound(credential, holder) if holder else credential.document


def _in_force(held: WalletToken) -> Credential:
    wanted = Credential.objects.select_related("institution", "edition", "status_list__institution")
    credential = wanted.get(offers__token=held)
    if credential.state != Credential.State.ISSUED:
        raise OAuthError("credential_request_denied", "The credential is not in force any more.")
    return credential


def _bound(credential: Credential, holder: str) -> Json:
    """The same award, serial and place in the status list, with the holder's DID as its subject."""
    assert credential.edition is not None
    values: dict[str, Any] = credential.values | {"did": holder}
    statement = Cohort(credential.edition).statement(values, credential.serial, page_of(credential))
    replaced = credential.supersedes.public_id if credential.supersedes else None
    issue = issue_of(credential, credential.issued_at, replaced)
    try:
        return signed(credential.institution, open_badge(statement, issue))
    except Refused as refused:
        raise OAuthError("credential_request_denied", str(refused.message)) from refused


def needs_holder(token: WalletToken) -> bool:
    """Whether what the token gives is bound to a key of the wallet."""
    return CONFIGURATIONS[token.offer.credential.kind] == AWARD
