"""The addresses under which an institution is a tool or a platform; they begin with its own issuer."""

from django.urls import reverse

from portal.credentials.addresses import whole
from portal.institutions.models import Institution


def of(institution: Institution, name: str, *more: object) -> str:
    """Return the whole address of a route of the institution."""
    return whole(reverse(f"lti-open:{name}", args=[institution.code.lower(), *more]))


def issuer_of(institution: Institution) -> str:
    """Return the name under which the institution is a platform; it never changes."""
    return whole(f"/lti/{institution.code.lower()}")


def as_tool(institution: Institution) -> dict[str, str]:
    """Return what an LMS must know of us."""
    return {
        "launch": of(institution, "launch"),
        "login": of(institution, "login"),
        "keys": of(institution, "tool-keys"),
        "register": of(institution, "register"),
    }


def as_platform(institution: Institution) -> dict[str, str]:
    """Return what a tool must know of us."""
    return {
        "issuer": issuer_of(institution),
        "authorize": of(institution, "authorize"),
        "token": of(institution, "token"),
        "keys": of(institution, "platform-keys"),
    }
