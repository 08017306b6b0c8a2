"""One's own orders, one order, and what people do with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.payments import actions
from portal.payments.access import (
    is_bursar_of,
    is_cashier_of,
    must_be_bursar,
    must_be_cashier,
    order_for,
    own_orders,
    shares_for,
)
from portal.payments.actions.distribution import PERSONS
from portal.payments.forms import CancelForm, PaymentForm, ReceiverForm, RefundForm, RefusableForm
from portal.payments.gateway import gateway
from portal.payments.models import Order, Payment
from portal.payments.receipt import receipt_of
from portal.payments.words import PAYMENT_TONES, TONES, method, receiver

ON_A_PAGE = 25
FORM_STATUS = 422


@require_safe
@for_people
def mine(request: ActingRequest) -> HttpResponse:
    """Show what a person has to pay and has paid."""
    found = own_orders(request.acting).select_related("receipt", "institution")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [{"order": order, "tone": TONES[Order.State(order.state)]} for order in page]
    return render(request, "payments/mine.html", {"page": page, "rows": rows})


@require_safe
@for_people
def order(request: ActingRequest, pk: int) -> HttpResponse:
    """Show one order: lines with clauses, payments, receipt, parts."""
    return render(request, "payments/order.html", shown(request, order_for(request.acting, pk)))


def shown(request: ActingRequest, found: Order) -> dict[str, Any]:
    """Return what the page of an order shows, and what the person may do there."""
    is_payer = request.user.pk == found.payer_id
    is_open = found.state == Order.State.OPEN
    payments = [
        {"payment": p, "method": method(p.method), "tone": PAYMENT_TONES[p.state]}
        for p in found.payments.all()
    ]
    begun = next((p for p in reversed(found.payments.all()) if p.state == Payment.State.STARTED), None)
    is_cashier = is_cashier_of(request.acting, found)
    can_return = found.to_return or (found.state == Order.State.PAID and found.received > found.refunded)
    return {
        "order": found,
        "tone": TONES[Order.State(found.state)],
        "payments": payments,
        "begun": begun if is_payer and is_open else None,
        "may_pay_online": is_payer and is_open and gateway() is not None,
        "may_record": is_cashier and is_open,
        "may_refund": bool(is_bursar_of(request.acting, found) and can_return),
        "is_payer": is_payer,
        "parts": parts_of(found) if not is_payer or is_cashier else [],
        "may_divide": is_cashier and found.state == Order.State.PAID,
    }


def parts_of(found: Order) -> list[dict[str, Any]]:
    """Return the parts of an order with the words for their receivers."""
    return [
        {"share": s, "receiver": receiver(s.receiver), "line": line, "is_person": s.receiver in PERSONS}
        for line in found.lines.all()
        for s in line.shares.all()
    ]


@require_safe
@for_people
def receipt(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the receipt of a settled order as PDF."""
    found = order_for(request.acting, pk)
    if not hasattr(found, "receipt"):
        raise Http404
    name = f"resit-{found.receipt.number.replace('/', '-')}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(receipt_of(found), content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def record(request: ActingRequest, pk: int) -> HttpResponse:
    """Record money taken at the counter."""
    found = order_for(request.acting, pk)
    must_be_cashier(request.acting, found)
    form = PaymentForm(found, request.POST or None)
    return done(
        request,
        found,
        form,
        lambda: actions.record_payment(request.acting, found, form.money()),
        told=_("The payment is recorded and the order settled; the receipt is ready."),
        title=_("Record a payment"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def cancel(request: ActingRequest, pk: int) -> HttpResponse:
    """Cancel an order."""
    found = order_for(request.acting, pk)
    must_be_cashier(request.acting, found)
    form = CancelForm(request.POST or None)
    return done(
        request,
        found,
        form,
        lambda: actions.cancel_order(request.acting, found, form.cleaned_data["reason"]),
        told=_("The order is cancelled; the payer has been told."),
        title=_("Cancel the order"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def refund(request: ActingRequest, pk: int) -> HttpResponse:
    """Record that money went back."""
    found = order_for(request.acting, pk)
    must_be_bursar(request.acting, found)
    form = RefundForm(found, request.POST or None)
    return done(
        request,
        found,
        form,
        lambda: actions.refund(request.acting, found, form.back()),
        told=_("The refund is recorded; the payer has been told."),
        title=_("Record a refund"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def name_receiver(request: ActingRequest, pk: int) -> HttpResponse:
    """Say who receives a part."""
    share = get_object_or_404(shares_for(request.acting).select_related("order__institution"), pk=pk)
    found = order_for(request.acting, share.order_id)
    must_be_cashier(request.acting, found)
    form = ReceiverForm(share, request.POST or None, initial={"person": share.person_id})
    return done(
        request,
        found,
        form,
        lambda: actions.name_receiver(request.acting, share, form.cleaned_data["person"]),
        told=_("The receiver is kept."),
        title=_("Who is the %(receiver)s?") % {"receiver": receiver(share.receiver)},
    )


def done(
    request: ActingRequest,
    found: Order,
    form: RefusableForm,
    act: Callable[[], object],
    *,
    told: str,
    title: str,
) -> HttpResponse:
    """Do what a form asks and go back to the order, or show the form with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, told)
            return redirect("payments:order", found.pk)
    status = FORM_STATUS if form.errors else 200
    return render(
        request, "payments/form.html", {"order": found, "form": form, "title": title}, status=status
    )
