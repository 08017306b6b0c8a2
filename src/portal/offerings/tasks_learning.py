"""What a worker does for learners and results: issue, release unpaid seats, remind, ask how it was."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from portal.credentials.actions.issuing import carry_out
from portal.credentials.models import IssuingRun
from portal.notices.reminders import Reminder, reminders
from portal.offerings import telling_learning as telling
from portal.offerings.actions.enrolling import move_up
from portal.offerings.actions.leaving import held, left
from portal.offerings.actions.results import finish
from portal.offerings.actions.surveying import invite
from portal.offerings.models import Enrolment, Offering, ResultSheet
from portal.offerings.process import RESULTS, WALK
from portal.offerings.seats import OPEN
from portal.offerings.sheets import results_due_on
from portal.payments.models import Order, Payment
from portal.work.repetition import repeated

State = Enrolment.State
DAYS_BEFORE = 7
GRACE = timedelta(days=1)
"""A fee paid on its last day may reach the books on the next."""
PAYING = timedelta(days=1)
"""How long a payment that was begun keeps a seat; what still comes in later is given back."""
RECENT = timedelta(days=400)


@task
def issue_results(pk: int) -> None:
    """Carry out the run of a sheet, or what a worker before left of it; then the sheet is issued."""
    sheet = ResultSheet.objects.select_related("run").get(pk=pk)
    if sheet.run_id is None:
        return
    carry_out(IssuingRun.objects.select_related("institution", "edition", "made_by").get(pk=sheet.run_id))
    finish(sheet)


@repeated(every=timedelta(minutes=15))
@task
def finish_what_is_issued() -> int:
    """Close the sheets whose run is done, however it was carried out; returns how many."""
    done = ResultSheet.objects.filter(state="confirmed", run__state=IssuingRun.State.DONE)
    return sum(finish(sheet).state == "issued" for sheet in done)


@repeated(every=timedelta(days=1))
@task
def go_on_with_results() -> int:
    """Let sheets go on whose committee decided while nobody listened; returns how many were looked at."""
    waiting = ResultSheet.objects.exclude(state__in=("draft", "confirmed", "issued"))
    for sheet in waiting:
        with transaction.atomic():
            RESULTS.go_on(RESULTS.locked(sheet, None))
    return len(waiting)


@repeated(every=timedelta(hours=6))
@task
def release_unpaid_seats() -> int:
    """Give seats to those who wait whose holders did not pay in time; returns how many were released."""
    released = sum(release(enrolment) for enrolment in unpaid(timezone.now()).select_related("offering"))
    for offering in Offering.objects.filter(state__in=OPEN, enrolments__state=State.WAITING).distinct():
        with transaction.atomic():
            move_up(WALK.locked(offering, None))
    return released


def unpaid(now: datetime) -> QuerySet[Enrolment]:
    """Return the seats that were not paid in time, or whose order was cancelled; nobody who is paying now."""
    late = Q(order__state=Order.State.OPEN, order__due_on__lt=timezone.localdate(now) - GRACE)
    paying = Payment.objects.filter(state=Payment.State.STARTED, created_at__gt=now - PAYING)
    seats = Enrolment.objects.filter(late | Q(order__state=Order.State.CANCELLED), state=State.UNPAID)
    return seats.exclude(order__in=paying.values("order"))


@transaction.atomic
def release(enrolment: Enrolment) -> int:
    """Release one seat, unless it was paid for meanwhile."""
    offering, enrolment = held(enrolment)
    order = enrolment.order
    if enrolment.state != State.UNPAID or order is None or order.received:
        return 0
    if order.state not in (Order.State.OPEN, Order.State.CANCELLED):
        return 0
    left(None, offering, enrolment, _("The fee was not paid in time."))
    telling.tell_seat_lost(enrolment)
    return 1


@repeated(every=timedelta(days=1))
@task
def ask_how_it_was() -> int:
    """Invite learners to the survey once the final assessment is due; returns how many were invited."""
    today = timezone.localdate()
    over = Offering.objects.filter(
        state__in=("running", "ended"), final_due_on__lt=today, final_due_on__gt=today - RECENT
    )
    return sum(invite(offering, today) for offering in over.select_related("proposal", "institution"))


@reminders
def results_due(day: date) -> Iterable[Reminder]:
    """Remind those whose turn it is a week before learners expect their results, and when they are late."""
    over = Offering.objects.filter(
        state__in=("running", "ended"),
        enrolments__state=State.ACTIVE,
        final_due_on__gt=day - RECENT,
        final_due_on__lte=day,
    ).exclude(mode=Offering.Mode.SELF_PACED)
    for offering in over.distinct().select_related("proposal", "institution"):
        due_on = results_due_on(offering)
        if due_on is not None and due_on - timedelta(days=DAYS_BEFORE) <= day:
            yield from telling.results_reminders(offering, due_on, "late" if day > due_on else "due")
