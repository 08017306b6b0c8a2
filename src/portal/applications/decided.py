"""What holds of the decisions on an application: the current one of a stage, and the final one of all."""

from portal.applications.models import Application, Decision

STAGES = ("decision", "senate", "appeal")
"""The stages that decide, each overriding the one before; a recommendation decides nothing."""


def current_decisions(application: Application, stage: str) -> dict[int, Decision]:
    """Return the decisions of a stage that nothing supersedes, by claim."""
    made = Decision.objects.filter(
        claim__application=application, claim__withdrawn_at=None, stage=stage, superseded_by=None
    ).select_related("decided_by__person", "claim__target")
    return {decision.claim_id: decision for decision in made}


def final_decisions(application: Application) -> dict[int, Decision]:
    """Return what was decided of each claim in the end, by claim."""
    final: dict[int, Decision] = {}
    for stage in STAGES:
        final |= current_decisions(application, stage)
    return final
