"""Who gets through: administrators to their institution's tokens, other systems by a token."""

from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed
from portal.accounts.roles import Role
from portal.api.problems import Problem
from portal.exchange.models import ApiToken, SignedCredential
from portal.exchange.problems import FORBIDDEN, unauthorised
from portal.exchange.secret import digest

SEEN_AGAIN = timedelta(minutes=1)
"""How exactly it is kept when a token was last used."""


def must_administer(acting: Appointment | None) -> Appointment:
    """Return who acts; raises ``NotAllowed`` for everybody but an institution's administrator."""
    if acting is None or acting.role != Role.ADMINISTRATOR or acting.institution is None:
        raise NotAllowed
    return acting


def tokens_for(acting: Appointment | None) -> QuerySet[ApiToken]:
    """Return the institution's tokens, those that ended too."""
    found: QuerySet[ApiToken] = ApiToken.objects.filter(institution=must_administer(acting).institution)
    return found


def token_for(acting: Appointment | None, pk: int) -> ApiToken:
    """Return one token; raises ``Http404`` for strangers."""
    return get_object_or_404(tokens_for(acting), pk=pk)


def signed_for(acting: Appointment | None) -> QuerySet[SignedCredential]:
    """Return what was signed for other systems in the institution's name."""
    found = SignedCredential.objects.filter(institution=must_administer(acting).institution)
    return found.select_related("token", "achievement", "institution")


def one_signed_for(acting: Appointment | None, pk: int) -> SignedCredential:
    """Return one credential that was signed for another system; raises ``Http404`` for strangers."""
    return get_object_or_404(signed_for(acting), pk=pk)


def bearer(request: HttpRequest) -> str:
    """Return the token of a request; raises ``Problem``."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise unauthorised()
    return secret.strip()


def api_token(request: HttpRequest, needs: str) -> ApiToken:
    """Return the token that a request shows, if it may do this; raises ``Problem``."""
    found: ApiToken | None = (
        ApiToken.objects.in_force()
        .filter(digest=digest(bearer(request)))
        .select_related("institution")
        .first()
    )
    if found is None:
        raise unauthorised()
    if not getattr(found, needs):
        raise Problem(FORBIDDEN)
    now = timezone.now()
    if found.used_at is None or now - found.used_at > SEEN_AGAIN:
        ApiToken.objects.filter(pk=found.pk).update(used_at=now)
    return found
