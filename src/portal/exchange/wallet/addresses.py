"""Where an institution's issuer for wallets is; each institution is an issuer of its own."""

from django.urls import reverse

from portal.credentials.addresses import whole
from portal.institutions.models import Institution


def issuer_of(institution: Institution) -> str:
    """Return the identifier of the credential issuer, which is also the audience of a wallet's proof."""
    return whole(reverse("wallet:issuer", args=[institution.code.lower()]))


def endpoint(institution: Institution, name: str) -> str:
    """Return the address of an endpoint: token, nonce, credential."""
    return whole(reverse(f"wallet:{name}", args=[institution.code.lower()]))
