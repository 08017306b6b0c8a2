"""Who may write in a proposal’s form, and in which parts of it, as it stands."""

import json
from hashlib import sha256

from portal.accounts.models import Appointment
from portal.proposals.access import develops
from portal.proposals.content import values_of
from portal.proposals.field import Section
from portal.proposals.models import Proposal

OPEN = frozenset({"draft", "revision", "development"})
"""States in which its developers write."""
SETTLED = {"development": frozenset({"course", "need"})}
"""Pages that a state leaves as they were approved."""


def may_edit(acting: Appointment | None, proposal: Proposal) -> bool:
    """Say whether somebody may write in the form now."""
    return proposal.state in OPEN and develops(acting, proposal)


def is_open(proposal: Proposal, section: str) -> bool:
    """Say whether a page of the form can be changed in the state that the proposal is in."""
    return proposal.state in OPEN and section not in SETTLED.get(proposal.state, ())


def digest_of(proposal: Proposal, section: Section) -> str:
    """Return a short mark of what a page of the form holds: another one means that somebody changed it."""
    values = values_of(proposal)
    kept = {field.name: values.get(field.name) for field in section.fields}
    written = json.dumps(kept, sort_keys=True, ensure_ascii=False, default=str)
    return sha256(written.encode()).hexdigest()[:20]
