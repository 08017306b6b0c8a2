"""Access tokens for tools: given for an assertion that the tool signed, opening a few scopes for an hour."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import jwt
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from portal.institutions.models import Institution
from portal.lti import claims as lti
from portal.lti.addresses import issuer_of, of
from portal.lti.key_sets import key_set_of
from portal.lti.models import AccessToken, Assertion, Tool
from portal.lti.outgoing import NotReached
from portal.lti.secret import digest, fresh
from portal.lti.tokens import LARGEST, BadToken, believed

TOKEN_LASTS = timedelta(hours=1)
OFFERED = frozenset(
    {lti.MEMBERS_SCOPE, lti.ITEMS_SCOPE, lti.ITEMS_READ_SCOPE, lti.RESULTS_SCOPE, lti.SCORE_SCOPE}
)


class ServiceError(Exception):
    """Why software is refused: the status of HTTP, the code of OAuth, and words for its log (English)."""

    def __init__(self, status: int, code: str, words: str = "") -> None:
        super().__init__(code)
        self.status, self.code, self.words = status, code, words


def grant(institution: Institution, given: Mapping[str, str]) -> lti.Claims:
    """Return a new access token as OAuth tells it; raises ``ServiceError``."""
    if given.get("grant_type") != "client_credentials":
        raise ServiceError(400, "unsupported_grant_type", "Use client_credentials.")
    if given.get("client_assertion_type") != lti.CLIENT_ASSERTION:
        raise ServiceError(400, "invalid_request", f"client_assertion_type must be {lti.CLIENT_ASSERTION}.")
    tool = _asserted(institution, given.get("client_assertion", ""))
    scopes = sorted(OFFERED & set(given.get("scope", "").split()))
    if not scopes:
        raise ServiceError(400, "invalid_scope", "None of these scopes is offered.")
    AccessToken.objects.filter(expires_at__lt=timezone.now()).delete()
    secret = fresh()
    AccessToken.objects.create(
        tool=tool, digest=digest(secret), scopes=scopes, expires_at=timezone.now() + TOKEN_LASTS
    )
    return {
        "access_token": secret,
        "token_type": "Bearer",
        "expires_in": int(TOKEN_LASTS.total_seconds()),
        "scope": " ".join(scopes),
    }


def _asserted(institution: Institution, assertion: str) -> Tool:
    """Return the tool that signed an assertion; raises ``ServiceError``."""
    tool = Tool.objects.in_use().filter(institution=institution, client_id=_said_by(assertion)).first()
    if tool is None:
        raise ServiceError(401, "invalid_client", "No such tool is registered here.")
    audience = [of(institution, "token"), issuer_of(institution)]
    try:
        claims = believed(assertion, key_set_of(tool), issuer=tool.client_id, audience=audience)
    except BadToken as bad:
        raise ServiceError(401, "invalid_client", f"The assertion is not believed: {bad.code}.") from bad
    except NotReached as broken:
        raise ServiceError(401, "invalid_client", "The key set of the tool could not be had.") from broken
    if claims.get("sub") != tool.client_id:
        raise ServiceError(401, "invalid_client", "sub must be the client ID.")
    _use_once(tool, claims)
    return tool


def _said_by(assertion: str) -> str:
    """Return who an assertion says that it is from, to find the key by which it must be signed."""
    if len(assertion) > LARGEST:
        return ""
    try:
        told = jwt.decode(assertion, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        return ""
    return lti.words_of(told.get("iss"), 64)


def _use_once(tool: Tool, claims: lti.Claims) -> None:
    """Raise ``ServiceError`` for an assertion that was used before, or that cannot be told from others."""
    if not lti.words_of(claims.get("jti"), 1000):
        raise ServiceError(401, "invalid_client", "The assertion lacks jti.")
    Assertion.objects.filter(expires_at__lt=timezone.now() - timedelta(minutes=5)).delete()
    try:
        with transaction.atomic():
            Assertion.objects.create(
                tool=tool,
                jti=digest(claims["jti"]),
                expires_at=datetime.fromtimestamp(int(claims["exp"]), tz=UTC),
            )
    except IntegrityError as again:
        raise ServiceError(401, "invalid_client", "The assertion was used already.") from again
    except (OverflowError, ValueError, OSError) as far:
        raise ServiceError(401, "invalid_client", "The assertion ends too late.") from far


def tool_of(request: HttpRequest, institution: Institution, *scopes: str) -> Tool:
    """Return the tool whose token a request shows, if it opens one of the scopes; raises ``ServiceError``."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    good = AccessToken.objects.filter(AccessToken.good(), tool__institution=institution)
    found = good.filter(digest=digest(secret.strip())).select_related("tool__institution").first()
    if kind.lower() != "bearer" or found is None:
        raise ServiceError(401, "invalid_token", "Ask for an access token first.")
    if not set(scopes) & set(found.scopes):
        raise ServiceError(403, "insufficient_scope", f"This takes one of: {' '.join(scopes)}.")
    return found.tool
