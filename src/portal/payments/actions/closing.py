"""Orders that are cancelled, and money that goes back."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.notices.notify import notify
from portal.payments.access import must_be_bursar, must_be_cashier
from portal.payments.actions.ordering import page_of
from portal.payments.actions.settling import locked, must_be_open
from portal.payments.models import Order, Payment, Refund
from portal.records.register import record
from portal.wording import ringgit


@dataclass(frozen=True, slots=True)
class Return:
    """What a bursar enters: how much went back, under which reference, on which day, and why."""

    amount: Decimal
    reference: str
    refunded_on: date
    reason: str


def cancel_order(acting: Appointment | None, order: Order, reason: str) -> Order:
    """Close an order that need not be paid; raises ``Refused`` where it is no longer open."""
    return withdraw_order(must_be_cashier(acting, order), order, reason)


@transaction.atomic
def withdraw_order(acting: Appointment | None, order: Order, reason: str) -> Order:
    """Close an order because what it was for has ended; the caller has asked whether ``acting`` may."""
    order = locked(order.pk)
    must_be_open(order)
    if not reason.strip():
        raise Refused(_("Say why; the payer reads it."), "reason")
    order.payments.filter(state=Payment.State.STARTED).update(state=Payment.State.FAILED)
    return closed(acting, order, Order.State.CANCELLED, reason)


def closed(acting: Appointment | None, order: Order, state: Order.State, reason: str) -> Order:
    """Keep the new state with its reason, and tell the payer of a cancelled order."""
    before, order.state, order.closed_reason = order.state, state, reason.strip()
    order.save(update_fields=["state", "closed_reason"])
    record(
        acting,
        "payments.cancel" if state == Order.State.CANCELLED else "payments.refund",
        order,
        institution=order.institution,
        before={"state": before},
        after={"state": state},
        reason=reason,
    )
    if state == Order.State.CANCELLED:
        told = {"number": order.number, "reason": order.closed_reason}
        key = f"order-{order.pk}-cancelled"
        notify(
            order.payer, "order_cancelled", told, page_of(order), institution=order.institution, mail_key=key
        )
    return order


@transaction.atomic
def refund(acting: Appointment | None, order: Order, back: Return) -> Refund:
    """Keep that money went back: what was paid too much, or the whole of a paid order.

    Raises ``Refused`` for any other amount, and where parts of the order were paid out already.
    """
    acting = must_be_bursar(acting, order)
    order = locked(order.pk)
    whole = order.state == Order.State.PAID and back.amount == order.received - order.refunded
    must_be_owed(order, back, whole=whole)
    if whole:
        must_not_be_paid_out(order)
    kept = Refund.objects.create(
        order=order,
        amount=back.amount,
        reference=" ".join(back.reference.split()),
        refunded_on=back.refunded_on,
        reason=back.reason.strip(),
        recorded_by=acting,
    )
    if whole:
        closed(acting, order, Order.State.REFUNDED, back.reason)
    else:
        record(acting, "payments.return", order, after={"amount": back.amount}, reason=back.reason)
    told = {"number": order.number, "amount": back.amount, "reason": back.reason.strip()}
    key = f"refund-{kept.pk}"
    notify(order.payer, "refund_made", told, page_of(order), institution=order.institution, mail_key=key)
    return kept


def must_be_owed(order: Order, back: Return, *, whole: bool) -> None:
    """Raise ``Refused`` where this amount, day or reference cannot be."""
    if not back.reason.strip():
        raise Refused(_("Say why; the payer reads it."), "reason")
    if back.refunded_on > timezone.localdate():
        raise Refused(_("The money cannot have gone back on a day that is still to come."), "refunded_on")
    if order.refunds.filter(reference=" ".join(back.reference.split())).exists():
        raise Refused(_("This reference was entered before; nothing was recorded again."), "reference")
    if whole or (order.to_return and back.amount == order.to_return):
        return
    left = order.received - order.refunded
    if not left:
        raise Refused(_("There is nothing to give back: no money came in, or all of it went back."), "amount")
    if order.to_return:
        raise Refused(
            _("What was paid too much is %(amount)s: give back exactly that.")
            % {"amount": ringgit(order.to_return)},
            "amount",
        )
    raise Refused(_("An order is given back as a whole: %(amount)s.") % {"amount": ringgit(left)}, "amount")


def must_not_be_paid_out(order: Order) -> None:
    """Raise ``Refused`` where somebody has had a part of the money already."""
    if order.shares.filter(paid_on__isnull=False).exists():
        raise Refused(
            _("Parts of this order were paid out already; have them returned before you refund it.")
        )
