"""What follows once courses run: certificate income, upkeep, review, load, a meeting, a learner’s goal."""

from datetime import date, time, timedelta
from decimal import Decimal

from django.utils import timezone

from portal.accounts.models import Appointment, Person
from portal.accounts.roles import Role
from portal.approvals.actions.planning import bundle, plan
from portal.approvals.models import Committee, Item, Meeting
from portal.catalogue.models import Programme
from portal.demonstration.proposing import Staff
from portal.monitoring.actions import earning, keeping_up, reviewing, teaching
from portal.monitoring.actions.earning import Receipt
from portal.monitoring.figures import figures_of
from portal.monitoring.models import Income, UpkeepLetter
from portal.offerings.models import Offering
from portal.proposals.models import Proposal
from portal.stacking.actions import guiding, working_toward
from portal.stacking.models import Outside

CLOSED = "closed"
PAID_CERTIFICATES = 5
YEARS_UNTOUCHED = 3
DAYS_TO_MEETING = 12


def earn(offering: Offering, staff: Staff, until: str, today: date) -> None:
    """Take the income of a cohort to its instruction; and pay it out where the story closes it."""
    centre, bursar = staff[Role.ELEARNING_CENTRE][0], staff[Role.BURSAR][0]
    earning.agree(centre, offering, version=None)
    earning.count(centre, offering, PAID_CERTIFICATES, "Laporan OpenLearning", version=None)
    earning.prepare_claim(centre, offering, version=None)
    earning.claim(bursar, offering, today, f"TUNTUT-{offering.pk:04}", version=None)
    receipt = Receipt(Income.objects.get(offering=offering).expected, today, f"BANK-{offering.pk:04}")
    earning.receive(bursar, offering, receipt, version=None)
    income = earning.instruct(centre, offering, version=None)
    if until == CLOSED:
        shares = list(income.shares.values_list("pk", flat=True))
        earning.pay(bursar, offering, shares, today, f"EFT-{offering.pk:04}", version=None)


def neglect(course: Proposal, staff: Staff, today: date) -> None:
    """Let a course lie untouched for longer than the policy allows, and be warned."""
    since = timezone.now() - timedelta(days=366 * YEARS_UNTOUCHED)
    Proposal.objects.filter(pk=course.pk).update(registered_at=since)
    course.refresh_from_db()
    keeping_up.write_letter(staff[Role.ELEARNING_CENTRE][0], course, UpkeepLetter.Kind.WARNING)


def look_back(course: Proposal, staff: Staff, today: date) -> None:
    """Review the year of a course, with something to be done about what was found."""
    unit = staff[Role.QUALITY_UNIT][0]
    words = {
        "findings": "Pelajar yang bekerja kerap tertinggal pada minggu ketiga.",
        "learner_feedback": "Contoh setempat dihargai; bacaan minggu ketiga terlalu panjang.",
        "staff_feedback": "Sesi langsung pada waktu malam lebih dihadiri.",
    }
    kept = reviewing.review(unit, course, today.year, words)
    reviewing.add_action(
        unit, kept, "Pendekkan bacaan minggu ketiga.", course.developer, today + timedelta(days=45)
    )


def count_load(offering: Offering, staff: Staff) -> None:
    """Let the faculty enter the teaching load of an offering's lecturer."""
    found = figures_of([offering])[offering.pk]
    teaching.enter_load(
        staff[Role.FACULTY_OFFICE][0],
        offering,
        staff[Role.LECTURER][0].person,
        {
            "category": "general",
            "participants": found.enrolled,
            "completions": found.completed,
            "lecture_credits": Decimal(3),
        },
    )


def call_senate(secretary: Appointment, today: date) -> None:
    """Plan the Senate's next meeting with everything that waits for it."""
    senate = Committee.objects.get(institution=secretary.institution, code="senate")
    number = f"{Meeting.objects.filter(committee=senate).count() + 1}/{today.year}"
    meeting = Meeting(
        institution=senate.institution,
        committee=senate,
        number=number,
        held_on=today + timedelta(days=DAYS_TO_MEETING),
        begins_at=time(9, 30),
        place="Dewan Senat",
    )
    waiting = Item.objects.filter(committee=senate, decision="", withdrawn_at=None, meeting=None)
    bundle(secretary, plan(secretary, meeting), list(waiting.values_list("pk", flat=True)))


def aim(learner: Person, course: Proposal, staff: Staff) -> None:
    """Let a learner who holds the course's credential work toward a programme that has it in its plan."""
    acting = learner.appointments.get()
    programme = Programme.objects.filter(plan__course=course.original_id).order_by("pk")[0]
    goal = working_toward.choose(acting, programme, route="apel", meets_entry=False, born_on=date(1991, 4, 9))
    working_toward.keep_outside(
        acting,
        Outside(
            title="Analitik Data untuk Perniagaan",
            institution_name="Universiti Contoh Timur",
            origin=Outside.Origin.ACCREDITED,
            credits=Decimal(3),
            completed_on=date(2025, 6, 1),
        ),
    )
    left = programme.plan.exclude(course=course.original_id).select_related("course").order_by("pk")
    guide = next(one for one in staff[Role.PROGRAMME_COORDINATOR] if one.faculty_id == programme.faculty_id)
    for row in left[:2]:
        guiding.prescribe(guide, goal, row.course)
