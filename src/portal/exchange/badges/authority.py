"""How the library's OAuth server is set up: which software may register, and what it may ask for."""

from typing import Any
from urllib.parse import urlsplit

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.exchange.badges.scopes import SCOPES

HERE = frozenset({"127.0.0.1", "::1", "localhost"})
GRANTS = frozenset({Client.GrantType.AUTHORIZATION_CODE, Client.GrantType.REFRESH_TOKEN})


class Authority(DefaultOIDCAdapter):  # type: ignore[misc]
    """Only the scopes of badges, only the code with PKCE, only addresses that nobody else can read."""

    scope_display = SCOPES

    def validate_client_registration(self, *, client: Client, **more: Any) -> None:
        """Refuse software that asks for more than badges; raises ``ValidationError``."""
        if not set(client.get_scopes()) <= set(SCOPES):
            raise ValidationError(_("scope: choose among %(known)s.") % {"known": " ".join(SCOPES)})
        if not set(client.get_grant_types()) <= GRANTS:
            raise ValidationError(
                _("grant_types: choose among %(known)s.") % {"known": " ".join(sorted(GRANTS))}
            )
        if client.get_response_types() != [Client.ResponseType.CODE]:
            raise ValidationError(_("response_types: only code is possible."))
        if not client.get_redirect_uris() or not all(map(safe_address, client.get_redirect_uris())):
            raise ValidationError(_("redirect_uris: give https addresses, or http on this machine."))


def safe_address(address: str) -> bool:
    """Whether a code may be sent there: https, or the person's own machine."""
    parts = urlsplit(address)
    plain = not parts.fragment and "*" not in address and "@" not in parts.netloc
    return plain and (
        (parts.scheme == "https" and bool(parts.hostname))
        or (parts.scheme == "http" and parts.hostname in HERE)
    )
