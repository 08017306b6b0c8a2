"""Who sees which credentials, courses and runs, and who issues."""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed
from portal.accounts.roles import Role
from portal.credentials.models import Achievement, Credential, IssuingRun, RecognisedIssuer

ISSUERS = frozenset({Role.ELEARNING_CENTRE, Role.CENTRE_DIRECTOR, Role.ADMINISTRATOR})
"""Roles that issue, revoke and correct."""
READERS = ISSUERS | {Role.AUDITOR}
"""Roles that see all credentials of the institution."""


def may_issue(acting: Appointment | None) -> bool:
    """Say whether somebody issues credentials of an institution."""
    return acting is not None and acting.role in ISSUERS and acting.institution_id is not None


def must_issue(acting: Appointment | None) -> Appointment:
    """Return who acts; raises ``NotAllowed`` for everybody who does not issue."""
    if acting is None or not may_issue(acting):
        raise NotAllowed
    return acting


def may_read(acting: Appointment | None) -> bool:
    """Say whether somebody sees all credentials of an institution."""
    return acting is not None and acting.role in READERS and acting.institution_id is not None


def credentials_for(acting: Appointment | None) -> QuerySet[Credential]:
    """Return the credentials of the institution, for those who issue or audit."""
    found = Credential.objects.select_related("institution", "achievement", "run")
    if acting is None or not may_read(acting):
        return found.none()
    return found.filter(institution=acting.institution_id)


def credential_for(acting: Appointment | None, pk: int) -> Credential:
    """Return one credential of the institution; raises ``Http404`` for strangers."""
    whole = credentials_for(acting).select_related(
        "edition", "status_list__institution", "person", "supersedes"
    )
    return get_object_or_404(whole, pk=pk)


def achievements_for(acting: Appointment | None) -> QuerySet[Achievement]:
    """Return the institution's courses that are certified."""
    found = Achievement.objects.select_related("institution", "faculty")
    if acting is None or not may_read(acting):
        return found.none()
    return found.filter(institution=acting.institution_id)


def achievement_for(acting: Appointment | None, pk: int) -> Achievement:
    """Return one course; raises ``Http404`` for strangers."""
    return get_object_or_404(achievements_for(acting), pk=pk)


def runs_for(acting: Appointment | None) -> QuerySet[IssuingRun]:
    """Return the institution's issuing runs."""
    found = IssuingRun.objects.select_related("achievement", "institution", "made_by__person")
    if acting is None or not may_read(acting):
        return found.none()
    return found.filter(institution=acting.institution_id)


def run_for(acting: Appointment | None, pk: int) -> IssuingRun:
    """Return one run; raises ``Http404`` for strangers."""
    return get_object_or_404(runs_for(acting), pk=pk)


def recognised_for(acting: Appointment | None) -> QuerySet[RecognisedIssuer]:
    """Return the issuers elsewhere that the institution recognises."""
    if acting is None or not may_read(acting):
        return RecognisedIssuer.objects.none()
    return RecognisedIssuer.objects.filter(institution=acting.institution_id)


# --- The learner -----------------------------------------------------------------------------------


def own_credentials(person: Person) -> QuerySet[Credential]:
    """Return the credentials that were issued to a person."""
    return Credential.objects.filter(person=person).select_related("institution", "achievement", "supersedes")


def own_credential(person: Person, pk: int) -> Credential:
    """Return one credential of one's own; raises ``Http404`` for everybody else's."""
    whole = own_credentials(person).select_related("edition", "status_list__institution")
    return get_object_or_404(whole, pk=pk)


def open_credential(public_id: object) -> Credential:
    """Return the credential of an address that a visitor opened; raises ``Http404``."""
    found = Credential.objects.filter(Q(public_id=public_id)).select_related(
        "institution", "achievement", "edition", "status_list__institution", "superseded_by", "supersedes"
    )
    credential = found.first()
    if credential is None:
        raise Http404
    return credential
