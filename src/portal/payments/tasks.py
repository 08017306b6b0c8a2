"""What a worker does for payments: ask the gateway about payments that were begun, remind payers."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone
from django_tasks import task

from portal.accounts.refusal import Refused
from portal.notices.reminders import Reminder, reminders
from portal.payments.actions import look_again
from portal.payments.actions.ordering import page_of
from portal.payments.models import Order, Payment
from portal.work.repetition import repeated

AGE_OF_DOUBT = timedelta(minutes=10)
DAYS_BEFORE = 3


@repeated(every=timedelta(minutes=15))
@task
def ask_about_payments() -> int:
    """Settle what the gateway took without having said so; returns how many orders are paid now."""
    doubtful = Payment.objects.filter(
        state=Payment.State.STARTED, created_at__lt=timezone.now() - AGE_OF_DOUBT
    )
    paid = 0
    for order in Order.objects.filter(pk__in=doubtful.values("order")):
        try:
            paid += look_again(order)
        except Refused:
            continue
    return paid


@reminders
def unpaid_orders(day: date) -> Iterable[Reminder]:
    """Remind payers three days before an order is due."""
    due = Order.objects.filter(
        state=Order.State.OPEN, due_on__gte=day, due_on__lte=day + timedelta(days=DAYS_BEFORE)
    )
    for order in due.select_related("payer", "institution"):
        told = {
            "number": order.number,
            "reference": order.about,
            "total": order.total,
            "due_on": order.due_on,
        }
        key = f"order-{order.pk}-reminder"
        yield Reminder(order.payer, "fee_reminder", told, page_of(order), order.institution, key)
