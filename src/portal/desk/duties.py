"""The duties that the institution's guideline gives to a role, clause by clause (UTM 6.2.1, Jadual 5)."""

from collections.abc import Mapping

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.packs import packs
from tauliah.policy.pack import Clause

ACTORS: Mapping[str, tuple[str, ...]] = {
    Role.STUDENT: ("student",),
    Role.EXTERNAL_LEARNER: ("student",),
    Role.LECTURER: ("sme", "developer", "instructor"),
    Role.SUBJECT_EXPERT: ("sme",),
    Role.ASSESSOR: ("sme", "assessor"),
    Role.PROGRAMME_COORDINATOR: ("coordinator",),
    Role.DEPUTY_DEAN: ("dean",),
    Role.DEPUTY_DEAN_INDUSTRY: ("dean",),
    Role.DEAN: ("dean", "ptj_head"),
    Role.FACULTY_OFFICE: ("faculty",),
    Role.ELEARNING_CENTRE: ("centre",),
    Role.CENTRE_DIRECTOR: ("centre",),
    Role.QUALITY_UNIT: ("qa_unit",),
    Role.COMMITTEE_SECRETARY: ("senate", "committee"),
    Role.BURSAR: ("bursar",),
    Role.AUDITOR: ("auditor",),
    Role.ADMINISTRATOR: ("administrator",),
}
"""Whom the guidelines mean by each role."""
DUTIES = frozenset({"workflow", "record", "permission", "document", "notification"})
"""Ways a clause is realised that make it somebody's duty."""


def duties_of(acting: Appointment) -> tuple[str, list[Clause]]:
    """Return the institution's policy and its clauses about the role, those of a table of roles first."""
    policy = acting.institution.policy if acting.institution else ""
    pack = packs().get(policy)
    if pack is None:
        return "", []
    actors = ACTORS.get(acting.role, ())
    found = [c for c in pack.clauses.values() if c.actor in actors and not DUTIES.isdisjoint(c.realised_as)]
    return policy, sorted(found, key=lambda clause: not clause.id.startswith("Jadual 5"))
