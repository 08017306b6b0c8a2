"""Money that came in, and the order that it settles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.institutions.models import Institution
from portal.notices.notify import notify
from portal.payments.access import must_be_cashier
from portal.payments.actions.ordering import numbered, page_of
from portal.payments.bridge import parts_of
from portal.payments.models import Order, Payment, Receipt, Share
from portal.payments.signals import order_changing, order_settled
from portal.records.register import record
from portal.wording import ringgit

COUNTER_METHODS = ("cash", "card", "transfer", "draft")
"""How money reaches a counter; the words are in ``words.py``."""


@dataclass(frozen=True, slots=True)
class Money:
    """What a cashier enters: how it came, under which reference, how much, on which day."""

    method: str
    reference: str
    amount: Decimal
    received_on: date


def locked(pk: int) -> Order:
    """Return an order that nobody else may change until the transaction ends."""
    order_changing.send(sender=Order, pk=pk)
    held = Order.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("institution", "payer").get(pk=pk)


@transaction.atomic
def record_payment(acting: Appointment | None, order: Order, money: Money) -> Payment:
    """Keep money taken at the counter and settle the order.

    Raises ``Refused`` for an amount other than what is outstanding, a day to come, a reference that was
    entered before, or an order that is not open.
    """
    acting = must_be_cashier(acting, order)
    order = locked(order.pk)
    must_be_open(order)
    must_be_whole(order, money.amount)
    if money.received_on > timezone.localdate():
        raise Refused(_("The money cannot have come on a day that is still to come."), "received_on")
    payment = entered(acting, order, money)
    record(acting, "payments.receive", order, after=facts_of(payment))
    settle_if_paid(acting, order)
    return payment


def entered(acting: Appointment, order: Order, money: Money) -> Payment:
    """Keep the payment; raises ``Refused`` where the same reference was entered before."""
    reference = " ".join(money.reference.split())
    values = {"method": money.method, "reference": reference, "institution": order.institution}
    before = Payment.objects.filter(**values).select_related("order").first()
    if before is None:
        try:
            with transaction.atomic():
                return Payment.objects.create(
                    order=order,
                    amount=money.amount,
                    state=Payment.State.RECEIVED,
                    received_on=money.received_on,
                    recorded_by=acting,
                    **values,
                )
        except IntegrityError:
            before = Payment.objects.select_related("order").get(**values)
    raise Refused(
        _("The reference %(reference)s was entered before, for order %(number)s; nothing was recorded again.")
        % {"reference": reference, "number": before.order.number},
        "reference",
    )


def must_be_open(order: Order) -> None:
    """Raise ``Refused`` where an order is paid or closed."""
    if order.state != Order.State.OPEN:
        raise Refused(
            _("Order %(number)s is no longer open (%(state)s); nothing was recorded.")
            % {"number": order.number, "state": order.get_state_display()}
        )


def must_be_whole(order: Order, amount: Decimal) -> None:
    """Raise ``Refused`` where an amount is less or more than what is outstanding."""
    told = {"outstanding": ringgit(order.outstanding), "gap": ringgit(abs(order.outstanding - amount))}
    if amount < order.outstanding:
        raise Refused(
            _("This is %(gap)s short: take the whole %(outstanding)s before you record it.") % told, "amount"
        )
    if amount > order.outstanding:
        raise Refused(
            _("This is %(gap)s too much: give the difference back and record %(outstanding)s.") % told,
            "amount",
        )


def settle_if_paid(acting: Appointment | None, order: Order) -> bool:
    """Settle an open order once all of it came in: receipt, parts, the payer told, other apps told."""
    if order.state != Order.State.OPEN or order.received < order.total:
        return False
    order.state, order.settled_at = Order.State.PAID, timezone.now()
    order.save(update_fields=["state", "settled_at"])
    order_settled.send(sender=Order, order=order, acting=acting)
    receipt = Receipt.objects.create(
        order=order, number=receipt_number(order.institution), issued_at=order.settled_at
    )
    Share.objects.bulk_create(part for line in order.lines.all() for part in parts_of(order, line))
    record(
        acting,
        "payments.settle",
        order,
        institution=order.institution,
        after={"state": order.state, "receipt": receipt.number, "total": order.total},
    )
    told = {"number": order.number, "total": order.total, "receipt": receipt.number}
    notify(
        order.payer,
        "payment_received",
        told,
        page_of(order),
        institution=order.institution,
        mail_key=f"order-{order.pk}-paid",
    )
    return True


def receipt_number(institution: Institution) -> str:
    """Return the next receipt number of the institution and year, without gaps: UTM/R/2026/000017."""
    return numbered(institution, "R", "receipt")


def facts_of(payment: Payment) -> Mapping[str, object]:
    """Return what the register keeps of a payment."""
    return {
        "method": payment.method,
        "reference": payment.reference,
        "amount": payment.amount,
        "state": payment.state,
        "received_on": payment.received_on,
    }
