"""The address of a share link: its number under a signature, so that none can be guessed or made up."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from portal.credentials.addresses import whole
from portal.credentials.models import Credential, ShareLink

SIGNER = Signer(salt="portal.credentials.links", sep=".")


def address_of(link: ShareLink) -> str:
    """Return the address that shows the credential until the link ends."""
    return whole(reverse("verification:shared", args=[SIGNER.sign(str(link.pk))]))


def credential_behind(token: str) -> Credential | None:
    """Return the credential that a link leads to now; none for one that ended or was made up."""
    try:
        number = SIGNER.unsign(token)
    except BadSignature:
        return None
    found = ShareLink.objects.filter(pk=number).open().select_related(
        "credential__institution", "credential__achievement", "credential__edition",
        "credential__status_list__institution", "credential__superseded_by", "credential__supersedes",
    ).first()  # fmt: skip
    return found.credential if found else None
