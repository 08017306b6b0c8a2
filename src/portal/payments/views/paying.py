"""Paying online: away to the gateway, back from it, and what the gateway says by itself."""

import logging
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.payments import actions
from portal.payments.access import order_for
from portal.payments.gateway import SIGNATURE, NotGenuine, Outcome, gateway, signature_of, written
from portal.payments.models import Order, Payment, SandboxTransaction
from portal.payments.sandbox import SandboxGateway, press, report_of

log = logging.getLogger(__name__)
PRESSED: dict[str, Outcome] = {
    "pay": "received",
    "pay_part": "received",
    "fail": "failed",
    "cancel": "failed",
}


@require_POST
@for_people
def start(request: ActingRequest, pk: int) -> HttpResponse:
    """Begin to pay: the payer sees the amount and goes on to the gateway."""
    found = order_for(request.acting, pk)
    back = request.build_absolute_uri(reverse("payments:returned", args=[pk]))
    report = request.build_absolute_uri(reverse("payments:report"))
    try:
        actions.start_payment(request.acting, found, back, report)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("payments:order", pk)
    return redirect("payments:leave", pk)


@require_safe
@for_people
def leave(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the payer what they are about to pay, and the way to where it is paid."""
    found = order_for(request.acting, pk)
    begun = found.payments.filter(state=Payment.State.STARTED).exclude(address="").last()
    if begun is None or found.payer_id != request.user.pk:
        return redirect("payments:order", pk)
    return render(request, "payments/leave.html", {"order": found, "payment": begun})


@require_safe
@for_people
def returned(request: ActingRequest, pk: int) -> HttpResponse:
    """Welcome the payer back; the gateway is asked, not the payer's browser."""
    return looked(request, pk)


@require_POST
@for_people
def look(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask the gateway again."""
    return looked(request, pk)


def looked(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask the gateway what became of an order's payments and say so."""
    found = order_for(request.acting, pk)
    try:
        paid = actions.look_again(found)
    except Refused as refused:
        messages.warning(request, str(refused.message))
        return redirect("payments:order", pk)
    if paid:
        messages.success(request, _("Thank you: the payment was received and the receipt is ready."))
    elif Payment.objects.filter(order=found, state=Payment.State.STARTED).exists():
        messages.warning(request, _("The payment has not been confirmed yet. Look again in a few minutes."))
    elif Order.objects.get(pk=pk).received:
        messages.warning(request, _("Part of the amount was received. Pay the rest to settle the order."))
    else:
        messages.error(request, _("The payment did not go through. Nothing was recorded; try again."))
    return redirect("payments:order", pk)


# The gateway is no browser of a person: its signature stands in for a token.
@csrf_exempt
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Take what the gateway says by itself; the same word twice changes nothing."""
    chosen = gateway()
    if chosen is None:
        raise Http404
    try:
        said = chosen.read(request.body, request.headers)
    except NotGenuine as wrong:
        log.warning("a payment report was not believed: %s", wrong)
        return HttpResponse(f"{wrong}\n", status=400, content_type="text/plain")
    if actions.receive_report(chosen.name, said) is None:
        return HttpResponse("No such payment.\n", status=404, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@require_http_methods(["GET", "HEAD", "POST"])
def sandbox(request: HttpRequest, reference: str) -> HttpResponse:
    """Stand for the bank's page: the payer presses what the bank would answer."""
    if not isinstance(gateway(), SandboxGateway):
        raise Http404
    kept = get_object_or_404(SandboxTransaction, reference=reference)
    if request.method != "POST":
        return render(request, "payments/sandbox.html", {"transaction": kept})
    pressed = request.POST.get("press", "")
    if pressed not in PRESSED:
        return render(request, "payments/sandbox.html", {"transaction": kept}, status=422)
    with transaction.atomic():
        kept = press(reference, PRESSED[pressed], part(request) if pressed == "pay_part" else None)
    tell(written(report_of(kept)))
    return redirect(kept.return_to)


def part(request: HttpRequest) -> Decimal | None:
    """Return the amount that the sandbox is told to take, none where it is no amount."""
    try:
        amount = Decimal(request.POST.get("amount", ""))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < Decimal(10_000_000) else None


def tell(body: bytes) -> None:
    """Report as the sandbox, through the same door as a bank: signed, read, believed once."""
    chosen = SandboxGateway()
    actions.receive_report(chosen.name, chosen.read(body, {SIGNATURE: signature_of(body)}))
