"""The addresses that stand in credentials: of pages, status lists, statements, and the institution's DID."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from portal.credentials.models import Achievement, Credential, StatusList
from portal.institutions.models import Institution
from tauliah.credentials.did import HOST, did_web

THIS_MACHINE = "tauliah.localhost"
"""The host in DIDs of an installation without a name of its own: nobody elsewhere can look it up."""


def whole(place: str) -> str:
    """Return a place of the portal with scheme and host, as signed documents and paper name it."""
    return f"{settings.TAULIAH_ADDRESS}{place}"


def host() -> str:
    """Return the host name of the installation, as its DIDs have it."""
    name = urlsplit(settings.TAULIAH_ADDRESS).hostname or ""
    return name if HOST.fullmatch(name) else THIS_MACHINE


def did_of(institution: Institution) -> str:
    """Return the institution's DID; each has a path of its own, also where it is alone on the host."""
    return did_web(host(), ("institutions", institution.code.lower()))


def page_of(credential: Credential) -> str:
    """Return the address of the verification page, which the QR code holds: the id and nothing else."""
    return whole(reverse("verification:credential", args=[credential.public_id]))


def statement_of(credential: Credential) -> str:
    """Return where the structured statement of a credential is published."""
    return whole(reverse("verification:statement", args=[credential.public_id]))


def course_page(achievement: Achievement) -> str:
    """Return the public page of a course, which identifies it in credentials."""
    return whole(reverse("verification:course", args=[achievement.public_id]))


def list_address(listed: StatusList) -> str:
    """Return where a status list is published."""
    return whole(reverse("status:list", args=[listed.institution.code.lower(), listed.number]))


def policy_page(policy: str) -> str:
    """Return the page of a policy."""
    return whole(reverse("policies:pack", args=[policy]))
