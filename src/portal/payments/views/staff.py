"""The queue of orders and the statement of parts, for staff."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import NotAllowed, Refused
from portal.exports.listing import FORM, exported
from portal.numbers import whole_numbers
from portal.payments import actions
from portal.payments import queue as orders
from portal.payments import statement as parts
from portal.payments.access import CASHIERS, READERS, queued_orders, shares_for
from portal.payments.forms import Filters, PayOutForm, Period
from portal.payments.models import Order
from portal.payments.statement_paper import statement_pdf
from portal.payments.words import TONES, receiver

ON_A_PAGE = 25


def must_read(request: ActingRequest) -> None:
    """Raise ``NotAllowed`` for those whose role sees nobody's orders but their own."""
    if request.acting is None or request.acting.role not in READERS:
        raise NotAllowed(_("This is for the bursar, the faculties, the auditor and the administrator."))


@require_safe
@for_people
def queue(request: ActingRequest) -> HttpResponseBase:
    """Show the orders of the institution or faculty, narrowed, with totals; or send them as a file."""
    must_read(request)
    filters = Filters(request.acting, request.GET)
    found = orders.narrowed(queued_orders(request.acting), filters)
    if form := request.GET.get(FORM):
        return exported(orders.listing(found), form)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [{"order": order, "tone": TONES[Order.State(order.state)]} for order in page]
    shown = {
        "page": page,
        "rows": rows,
        "filters": filters,
        "totals": orders.totals(found),
        "is_narrowed": any(request.GET.get(name) for name in filters.fields),
    }
    return render(request, "payments/queue.html", shown)


def without_page(request: ActingRequest) -> str:
    """Return the query string without the number of the page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def statement(request: ActingRequest) -> HttpResponseBase:
    """Show who receives what of settled orders; mark parts as paid out; send it as a file."""
    must_read(request)
    period = Period(request.GET)
    given = period.cleaned_data if period.is_valid() else {}
    found = parts.stated(shares_for(request.acting), given)
    if form := request.GET.get(FORM):
        return exported(parts.listing(found), form)
    pay_out = PayOutForm(request.POST or None)
    if request.method == "POST" and pay_out.is_valid() and paid_out(request, pay_out):
        return redirect(f"{reverse('payments:statement')}?{request.GET.urlencode()}")
    return render(
        request,
        "payments/statement.html",
        stated(request, period, found, pay_out),
        status=422 if pay_out.errors or period.errors else 200,
    )


def stated(request: ActingRequest, period: Period, found: Any, pay_out: PayOutForm) -> dict[str, Any]:
    """Return what the page of the statement shows."""
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    sums = parts.sums(found)
    return {
        "period": period,
        "page": page,
        "rows": [{"share": share, "receiver": receiver(share.receiver)} for share in page],
        "sums": [{"sum": each, "receiver": receiver(each.receiver)} for each in sums],
        "whole": parts.whole(sums),
        "pay_out": pay_out,
        "chosen": set(request.POST.getlist("share")),
        "may_pay_out": request.acting is not None and request.acting.role in CASHIERS,
        "query": without_page(request),
    }


def paid_out(request: ActingRequest, form: PayOutForm) -> bool:
    """Mark the chosen parts as paid out; a refusal stands on the form."""
    chosen = whole_numbers(request.POST.getlist("share"))
    given = form.cleaned_data
    try:
        shares = actions.pay_out(request.acting, chosen, given["paid_on"], given["reference"])
    except Refused as refused:
        form.refuse(refused)
        return False
    told = ngettext("%(n)d part marked as paid out.", "%(n)d parts marked as paid out.", len(shares))
    messages.success(request, told % {"n": len(shares)})
    return True


@require_safe
@for_people
def statement_paper(request: ActingRequest) -> HttpResponse:
    """Send the statement as PDF."""
    must_read(request)
    period = Period(request.GET)
    if not period.is_valid() or request.acting is None:
        return redirect(f"{reverse('payments:statement')}?{request.GET.urlencode()}")
    given = period.cleaned_data
    found = parts.stated(shares_for(request.acting), given)
    pdf = statement_pdf(request.acting, found, given, get_language() or "ms")
    headers = {"Content-Disposition": 'inline; filename="penyata-agihan.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
