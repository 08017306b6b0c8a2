"""Many claims at once: each application in its own transaction, its outcome told, none stopping the rest."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.applications.access import submitted_applications
from portal.applications.actions.deciding import confirmed, decide
from portal.applications.models import Application, Claim, Decision

STAGE_OF: Mapping[str, str] = {
    Role.PROGRAMME_COORDINATOR: "recommendation",
    Role.DEPUTY_DEAN: "decision",
    Role.DEAN: "decision",
}
"""The stage that a role may confirm in bulk, and the state that waits for it."""
CLEAR = ("eligible", "ineligible", "over_limit")
"""Recommendations that can be confirmed without looking further; missing evidence cannot."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one application: how many claims were decided, or why none was."""

    application: Application
    decided: int
    refusal: str = ""


def clear_claims(acting: Appointment) -> QuerySet[Application]:
    """Return the applications that wait for the role with claims to confirm, as ``clear``."""
    stage = STAGE_OF.get(acting.role, "")
    made = Decision.objects.filter(claim=OuterRef("pk"), stage=stage, superseded_by=None)
    claims = (
        Claim.objects.filter(withdrawn_at=None, recommended_outcome__in=CLEAR)
        .exclude(Exists(made))
        .select_related("target")
        .prefetch_related("sources__study")
        .order_by("position")
    )
    return (
        submitted_applications(acting)
        .filter(state=stage)
        .filter(Exists(claims.filter(application=OuterRef("pk")).values("pk")))
        .select_related("student__person", "programme")
        .prefetch_related(Prefetch("claims", claims, "clear"))
        .order_by("due_on", "pk")
    )


def clear_of(application: Application) -> list[Claim]:
    """Return the claims that ``clear_claims`` found clear."""
    found: list[Claim] = vars(application)["clear"]
    return found


def confirm_many(acting: Appointment, claims: Collection[int], versions: Mapping[int, int]) -> list[Told]:
    """Confirm the recommendation on the ticked claims, application by application.

    ``versions`` are those that the person saw, by application; one that changed meanwhile is told and left.
    """
    if acting.role not in STAGE_OF:
        raise NotAllowed
    told = []
    for application in clear_claims(acting).filter(claims__in=claims).distinct():
        ticked = [claim for claim in clear_of(application) if claim.pk in claims]
        told.append(_confirmed(acting, application, ticked, versions.get(application.pk)))
    return told


def _confirmed(
    acting: Appointment, application: Application, ticked: list[Claim], version: int | None
) -> Told:
    verdicts = {claim.pk: verdict for claim in ticked if (verdict := confirmed(claim)) is not None}
    try:
        decide(acting, application, STAGE_OF[acting.role], verdicts, version=version or -1)
    except Refused as refused:
        return Told(application, 0, str(refused.message))
    return Told(application, len(verdicts))
