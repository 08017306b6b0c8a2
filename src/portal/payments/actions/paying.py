"""Payments through the gateway: started by the payer, settled by the gateway's word, once."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.notices.notify import notify
from portal.payments.actions.ordering import page_of
from portal.payments.actions.settling import facts_of, locked, must_be_open, settle_if_paid
from portal.payments.gateway import Charge, Gateway, GatewayAway, Report, gateway
from portal.payments.models import Order, Payment
from portal.records.register import record

UNAMBIGUOUS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def start_payment(acting: Appointment | None, order: Order, return_to: str, report_to: str) -> Payment:
    """Announce the outstanding amount to the gateway and keep where it is paid.

    Raises ``NotAllowed`` for anybody but the payer, ``Refused`` where the order is not open, no gateway is
    set up, or it does not answer.
    """
    if acting is None or acting.person_id != order.payer_id:
        raise NotAllowed
    chosen = gateway()
    if chosen is None:
        raise Refused(_("Paying online is not set up here: pay at the faculty's counter."))
    payment = announced(acting, order, chosen.name)
    charge = Charge(
        reference=payment.reference,
        amount=payment.amount,
        about=f"{order.number} · {order.about}",
        payer_name=order.payer.name,
        payer_email=order.payer.email,
        return_to=return_to,
        report_to=report_to,
    )
    try:
        payment.address = chosen.start(charge)
    except GatewayAway as away:
        Payment.objects.filter(pk=payment.pk).update(state=Payment.State.FAILED)
        raise Refused(
            _("The payment service does not answer. Nothing was charged; try again in a few minutes.")
        ) from away
    payment.save(update_fields=["address"])
    return payment


@transaction.atomic
def announced(acting: Appointment, order: Order, method: str) -> Payment:
    """Keep a payment that begins; those begun before are given up, though their money would still count."""
    order = locked(order.pk)
    must_be_open(order)
    order.payments.filter(state=Payment.State.STARTED).update(state=Payment.State.FAILED)
    payment = Payment.objects.create(
        order=order,
        institution=order.institution,
        method=method,
        reference=f"{order.pk}-{get_random_string(12, UNAMBIGUOUS)}",
        amount=order.outstanding,
        state=Payment.State.STARTED,
    )
    record(acting, "payments.start", order, institution=order.institution, after=facts_of(payment))
    return payment


@transaction.atomic
def receive_report(method: str, report: Report) -> Payment | None:
    """Believe a gateway's word once: money that came stays come, whatever is said later or again.

    Returns the payment, or None where the gateway speaks of one that this portal never started.
    """
    found = Payment.objects.filter(method=method, reference=report.reference).values("order_id").first()
    if found is None:
        return None
    order = locked(found["order_id"])
    payment = Payment.objects.get(method=method, reference=report.reference)
    if payment.state == Payment.State.RECEIVED or report.outcome == "pending":
        return payment
    if report.outcome == "received" and report.amount > 0:
        take_in(order, payment, report)
    elif payment.state == Payment.State.STARTED:
        fail(order, payment)
    return payment


def take_in(order: Order, payment: Payment, report: Report) -> None:
    """Keep the money and settle the order where it is whole now."""
    payment.state, payment.amount = Payment.State.RECEIVED, report.amount
    payment.received_on = timezone.localdate()
    payment.save(update_fields=["state", "amount", "received_on"])
    record(None, "payments.receive", order, institution=order.institution, after=facts_of(payment))
    if not settle_if_paid(None, order) and order.state == Order.State.OPEN:
        told = {"number": order.number, "received": report.amount, "outstanding": order.outstanding}
        notify(
            order.payer,
            "payment_in_part",
            told,
            page_of(order),
            institution=order.institution,
            mail_key=f"payment-{payment.pk}-part",
        )


def fail(order: Order, payment: Payment) -> None:
    """Note that nothing was paid."""
    payment.state = Payment.State.FAILED
    payment.save(update_fields=["state"])
    record(None, "payments.fail", order, institution=order.institution, after=facts_of(payment))
    told = {"number": order.number, "total": payment.amount}
    notify(order.payer, "payment_failed", told, page_of(order), institution=order.institution)


def ask_about(chosen: Gateway, payment: Payment) -> None:
    """Ask the gateway about one payment and believe it; raises ``Refused`` where it does not answer."""
    try:
        receive_report(payment.method, chosen.ask(payment.reference))
    except GatewayAway as away:
        raise Refused(_("The payment service does not answer; look again in a few minutes.")) from away


def look_again(order: Order) -> bool:
    """Ask the gateway about payments of an order that began; returns whether the order is paid now.

    Raises ``Refused`` where the gateway does not answer.
    """
    chosen = gateway()
    begun = Payment.objects.filter(order=order, state=Payment.State.STARTED)
    if chosen is not None:
        for payment in begun.filter(method=chosen.name):
            ask_about(chosen, payment)
    return Order.objects.filter(pk=order.pk, state=Order.State.PAID).exists()
