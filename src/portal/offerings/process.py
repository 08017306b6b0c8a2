"""Who may take which step of an offering or of a sheet of results, and how each is walked."""

from portal.accounts.models import Appointment
from portal.offerings.access import OWN_FACULTY, WHOLE_INSTITUTION
from portal.offerings.facts import OFFERING_FACTS, SHEET_FACTS
from portal.offerings.models import Offering, ResultSheet
from portal.offerings.rights import is_expert
from portal.offerings.signals import moved, results_moved
from portal.processes.walk import Walk
from tauliah.policy.process import Step


def works_on(acting: Appointment, offering: Offering) -> bool:
    """Say whether an offering belongs to somebody's work: of the institution, the faculty, or as its SME.

    A facilitator or an assessor helps to teach and mark; what is answered for is the instructor's.
    """
    if acting.institution_id != offering.institution_id:
        return False
    if acting.role in WHOLE_INSTITUTION:
        return True
    if acting.role in OWN_FACULTY and acting.faculty_id in (None, offering.faculty_id):
        return True
    return is_expert(acting, offering)


def permits(acting: Appointment, offering: Offering, step: Step) -> bool:
    """Say whether somebody's role permits a step of an offering."""
    return acting.role in step.by and works_on(acting, offering)


def permits_results(acting: Appointment, sheet: ResultSheet, step: Step) -> bool:
    """Say whether somebody's role permits a step of a sheet of results."""
    return acting.role in step.by and works_on(acting, sheet.offering)


WALK = Walk(
    Offering,
    "offerings",
    OFFERING_FACTS,
    permits,
    moved,
    related=("institution", "faculty", "proposal"),
)
RESULTS = Walk(
    ResultSheet,
    "results",
    SHEET_FACTS,
    permits_results,
    results_moved,
    related=("institution", "offering__proposal", "offering__faculty"),
)
