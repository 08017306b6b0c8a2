"""What holds of the decisions on an application: the current one of a stage, and the final one of all."""

from portal.applications.models import Application, Decision
from portal.applications.reading import once

STAGES = ("decision", "senate", "appeal")
"""The stages that decide, each overriding the one before; a recommendation decides nothing."""


def decisions_of(application: Application) -> list[Decision]:
    """Return the decisions of every stage that nothing supersedes."""
    return once(application, "decisions", lambda: read_decisions(application))


def read_decisions(application: Application) -> list[Decision]:
    """Read them from the database."""
    made = Decision.objects.filter(
        claim__application=application, claim__withdrawn_at=None, superseded_by=None
    ).select_related("decided_by__person", "decided_by__faculty", "claim__target")
    return list(made)


def current_decisions(application: Application, stage: str) -> dict[int, Decision]:
    """Return the decisions of a stage that nothing supersedes, by claim."""
    return {each.claim_id: each for each in decisions_of(application) if each.stage == stage}


def final_decisions(application: Application) -> dict[int, Decision]:
    """Return what was decided of each claim in the end, by claim."""
    final: dict[int, Decision] = {}
    made = decisions_of(application)
    for stage in STAGES:
        final |= {each.claim_id: each for each in made if each.stage == stage}
    return final
