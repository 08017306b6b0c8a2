"""How far a course is developed, by its milestones (UNIMAS Table 3)."""

from typing import Any

from portal.packs import packs
from portal.proposals.checking import knows
from portal.proposals.models import Proposal
from tauliah.evaluate import evaluate

Json = dict[str, Any]
BEFORE_VETTING = ("content_developed", "videos_developed", "promo_video_developed", "materials_uploaded")
"""What must be done before an expert looks at the course (UNIMAS 2.1-development-upload)."""


def progress_of(proposal: Proposal) -> Json | None:
    """Return the engine's answer on the milestones done; nothing where the policy has none."""
    if not knows(proposal.policy, "milestones"):
        return None
    done = [milestone.name for milestone in proposal.milestones.all() if milestone.done_on]
    return evaluate({"kind": "milestones", "policy": proposal.policy, "done": done}, packs())


def done_before_vetting(proposal: Proposal) -> bool:
    """Whether every milestone before vetting is done; true where the policy has none."""
    if not knows(proposal.policy, "milestones"):
        return True
    done = {milestone.name for milestone in proposal.milestones.all() if milestone.done_on}
    return done.issuperset(BEFORE_VETTING)
