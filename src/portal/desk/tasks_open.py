"""What is to be done, counted for each role: one row for each kind of work, with the page that does it."""

from collections.abc import Callable, Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.applications.access import STAFF, own_applications, submitted_applications
from portal.applications.models import PriorApproval
from portal.applications.queue import ENDED, waiting_for
from portal.approvals.access import OPEN, items_for, meetings_for, recorded_by
from portal.desk.learning import learning, running, teaching
from portal.desk.preparing import preparing
from portal.desk.proposing import proposing
from portal.desk.watching import watching
from portal.desk.work import Work
from portal.matching.access import judgements_of
from portal.monitoring.income import is_divided
from portal.monitoring.income_access import BURSARS, cohorts_for
from portal.monitoring.income_lists import cohorts as narrowed
from portal.payments.access import CASHIERS, own_orders, queued_orders
from portal.payments.models import Order
from portal.processes.declared import process_called
from portal.proposals.access import CENTRE
from portal.wording import in_language


def work_of(acting: Appointment) -> list[Work]:
    """Return what waits for somebody in the role they act in; what there is none of comes last."""
    found = [work for source in SOURCES for work in source(acting)]
    return sorted(found, key=lambda work: not work.count)


def applying(acting: Appointment) -> Iterator[Work]:
    """Yield a learner's own open applications, those that wait for the learner, and what is to be paid."""
    if not acting.is_learner:
        return
    own = own_applications(acting)
    mine = reverse("applications:list")
    yield Work(_("Drafts not handed in yet"), own.filter(state="draft").count(), mine)
    yield Work(
        _("Evidence that the faculty asks for"), own.filter(state="more_evidence").count(), mine, "alert"
    )
    under_way = own.exclude(state__in=("draft", *ENDED))
    yield Work(_("Applications under way"), under_way.count(), mine)
    unpaid = own_orders(acting).filter(state=Order.State.OPEN).count()
    yield Work(_("To be paid"), unpaid, reverse("payments:mine"), "money")


def deciding(acting: Appointment) -> Iterator[Work]:
    """Yield the applications that wait for a role of staff, and those a person handles."""
    if acting.role not in STAFF:
        return
    queue, waiting = reverse("applications:queue"), waiting_for(acting)
    late = waiting.filter(due_on__lt=timezone.localdate()).count()
    yield Work(_("Applications that wait for your role"), waiting.count(), f"{queue}?show=mine", "file", late)
    handled = submitted_applications(acting).filter(handler__person=acting.person_id).exclude(state__in=ENDED)
    yield Work(_("Applications that you handle"), handled.count(), f"{queue}?show=handled", "person")


def judging(acting: Appointment) -> Iterator[Work]:
    """Yield the comparisons that a subject expert is asked to judge."""
    if acting.role in {Role.SUBJECT_EXPERT, Role.PROGRAMME_COORDINATOR}:
        open_ = judgements_of(acting).filter(given_at=None)
        late = open_.filter(due_on__lt=timezone.localdate()).count()
        queue = reverse("applications:queue")
        yield Work(_("Syllabi to compare"), open_.count(), f"{queue}?show=mine&state=mapping", "swap", late)


def approving(acting: Appointment) -> Iterator[Work]:
    """Yield the questions of students for approval beforehand (UTHM 23)."""
    if acting.role in {Role.PROGRAMME_COORDINATOR, Role.DEPUTY_DEAN, Role.DEAN}:
        asked = PriorApproval.objects.filter(institution=acting.institution, state=PriorApproval.State.ASKED)
        if acting.faculty_id:
            asked = asked.filter(student__programme__faculty=acting.faculty_id)
        yield Work(_("Approvals asked for beforehand"), asked.count(), reverse("applications:queue"), "tick")


def cashing(acting: Appointment) -> Iterator[Work]:
    """Yield the orders that are not paid yet."""
    if acting.role in CASHIERS:
        unpaid = queued_orders(acting).filter(state=Order.State.OPEN).count()
        yield Work(_("Orders to be paid"), unpaid, reverse("payments:queue"), "money")


def meeting(acting: Appointment) -> Iterator[Work]:
    """Yield what waits for a committee, and the meetings that were held and are not recorded."""
    if acting.role != Role.COMMITTEE_SECRETARY:
        return
    own = recorded_by(acting)
    waiting = items_for(acting).filter(OPEN, meeting=None, committee__in=own).count()
    yield Work(_("Items that wait for a meeting"), waiting, reverse("approvals:items"), "list")
    held = meetings_for(acting).filter(
        held_on__lte=timezone.localdate(),
        state__in=("planned", "called"),
        items__isnull=False,
        committee__in=own,
    )
    to_record = held.distinct().count()
    yield Work(_("Meetings to be recorded"), to_record, reverse("approvals:meetings"), "calendar")


def earning(acting: Appointment) -> Iterator[Work]:
    """Yield the cohorts whose certificate income waits for the centre or the bursar (UTM 5.3, 5.5)."""
    if acting.institution is None or not is_divided(acting.institution.policy):
        return
    page, cohorts = reverse("monitoring:income"), cohorts_for(acting)
    for roles, state, label in EARNING:
        if acting.role in roles:
            waiting = narrowed(cohorts, {"state": state}).filter(state="ended").count()
            yield Work(label, waiting, f"{page}?state={state}", "money")


EARNING = (
    (CENTRE, "none", _("Cohorts whose paid certificates are to be counted")),
    (CENTRE, "received", _("Certificate payments to divide")),
    (BURSARS, "prepared", _("Certificate payments to claim")),
    (BURSARS, "claimed", _("Certificate payments to note")),
    (BURSARS, "instructed", _("Certificate payments to pay out")),
)
"""Who does what with the income of a cohort, by the state it stands in."""


SOURCES: tuple[Callable[[Appointment], Iterator[Work]], ...] = (
    applying,
    deciding,
    judging,
    approving,
    cashing,
    proposing,
    meeting,
    earning,
    learning,
    teaching,
    running,
    preparing,
    watching,
)
"""Where work comes from; each yields nothing for roles it does not concern."""


def by_state(acting: Appointment) -> list[tuple[str, str, int]]:
    """Return how many applications stand in each state, in the order of the process: name, words, count."""
    if acting.role not in STAFF or acting.institution is None:
        return []
    counted = submitted_applications(acting).order_by().values_list("state").annotate(Count("pk"))
    counts = dict(counted)
    states = process_called(acting.institution.policy, "credit_transfer").states.values()
    return [(s.name, in_language(s.label), counts[s.name]) for s in states if counts.get(s.name)]
