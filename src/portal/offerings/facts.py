"""The facts that a process asks about an offering or a sheet of results."""

from collections.abc import Callable
from decimal import Decimal

from django.utils import timezone

from portal.accounts.models import Appointment
from portal.approvals.models import Item
from portal.approvals.questions import answered, latest
from portal.offerings.access import taught_by
from portal.offerings.graded import learners_of, unmarked
from portal.offerings.models import Offering, ResultSheet, Teacher
from portal.offerings.terms import known_platform
from portal.proposals import facts as proposal_facts
from portal.proposals.access import CENTRE

OfferingFact = Callable[[Offering, Appointment | None], bool]
SheetFact = Callable[[ResultSheet, Appointment | None], bool]
ITEM = "results"
"""The kind of a committee's items about sheets of results."""
HUNDRED = Decimal(100)


def course_registered(offering: Offering, acting: Appointment | None) -> bool:
    return offering.proposal.state == "registered"


def dates_set(offering: Offering, acting: Appointment | None) -> bool:
    """A semester or a fixed duration has both days; a self-paced offering has at least the first."""
    if offering.mode == Offering.Mode.SELF_PACED:
        return offering.starts_on is not None
    return offering.starts_on is not None and offering.ends_on is not None


def instructor_named(offering: Offering, acting: Appointment | None) -> bool:
    return offering.teachers.filter(part=Teacher.Part.INSTRUCTOR).exists()


def assessment_complete(offering: Offering, acting: Appointment | None) -> bool:
    return sum((each.percent for each in offering.assessments.all()), Decimal(0)) == HUNDRED


def platform_agreed(offering: Offering, acting: Appointment | None) -> bool:
    """A platform of the institution’s list needs no agreement of the Senate; another does (UNIMAS 3.1)."""
    if not offering.platform or offering.platform_agreement:
        return True
    return known_platform(offering.institution, offering.platform) is not None


def certificate_confirmed(offering: Offering, acting: Appointment | None) -> bool:
    return offering.certificate_confirmed


def payment_agreed(offering: Offering, acting: Appointment | None) -> bool:
    """Only a paid certificate needs the agreement on its division (UTM 5.2.3)."""
    return offering.certificate != Offering.Certificate.PAID or offering.payment_agreed_at is not None


def ready(offering: Offering, acting: Appointment | None) -> bool:
    """Faculty and SME ticked every point of their checklists (UTM 5.3.2)."""
    lists = offering.declared().checklists
    ticked = (("faculty", offering.faculty_ticks), ("sme", offering.sme_ticks))
    return all(ticks.get(item.key) for name, ticks in ticked for item in lists.get(name, ()))


def has_begun(offering: Offering, acting: Appointment | None) -> bool:
    return offering.starts_on is not None and offering.starts_on <= timezone.localdate()


def has_ended(offering: Offering, acting: Appointment | None) -> bool:
    return offering.ends_on is not None and offering.ends_on < timezone.localdate()


def centre_told(offering: Offering, acting: Appointment | None) -> bool:
    """The centre was told on a day before this one (UTM 3.3.1.5); what it does itself it knows."""
    if acting is not None and acting.role in CENTRE:
        return True
    return offering.centre_told_on is not None and offering.centre_told_on < timezone.localdate()


OFFERING_FACTS: dict[str, OfferingFact] = {
    fact.__name__: fact
    for fact in (
        course_registered,
        dates_set,
        instructor_named,
        assessment_complete,
        platform_agreed,
        certificate_confirmed,
        payment_agreed,
        ready,
        has_begun,
        has_ended,
        centre_told,
    )
}


def accredited(sheet: ResultSheet, acting: Appointment | None) -> bool:
    return proposal_facts.accredited(sheet.offering.proposal, acting)


def postgraduate(sheet: ResultSheet, acting: Appointment | None) -> bool:
    return proposal_facts.postgraduate(sheet.offering.proposal, acting)


def all_graded(sheet: ResultSheet, acting: Appointment | None) -> bool:
    """Every learner of the sheet has a mark in each assessment, and there is one."""
    return learners_of(sheet).exists() and not unmarked(sheet)


def someone_else(sheet: ResultSheet, acting: Appointment | None) -> bool:
    """Nobody who may mark the course, as who developed it may, confirms its results."""
    return acting is None or not Offering.objects.filter(taught_by(acting), pk=sheet.offering_id).exists()


def committee_approved(sheet: ResultSheet, acting: Appointment | None) -> bool:
    return answered(ITEM, sheet, sheet.state, Item.Decision.APPROVED)


def committee_not_approved(sheet: ResultSheet, acting: Appointment | None) -> bool:
    item = latest(ITEM, sheet, sheet.state)
    return item is not None and item.decision in (Item.Decision.RETURNED, Item.Decision.REJECTED)


SHEET_FACTS: dict[str, SheetFact] = {
    fact.__name__: fact
    for fact in (
        accredited,
        postgraduate,
        all_graded,
        someone_else,
        committee_approved,
        committee_not_approved,
    )
}
