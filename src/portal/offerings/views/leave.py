"""Withdrawal and deferment: asked for by a learner, answered by the centre."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people, for_roles
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, form_page
from portal.numbers import whole_number
from portal.offerings.access import offering_for, offerings_for, own_enrolment, runs
from portal.offerings.actions import leaving
from portal.offerings.forms_learning import AnswerForm, LeaveForm
from portal.offerings.learning_access import READERS
from portal.offerings.models import Enrolment, LeaveRequest, Offering
from portal.payments.access import orders_for
from portal.proposals.access import CENTRE

ON_A_PAGE = 25
OPEN_FIRST = (F("granted").desc(nulls_first=True), "-asked_at", "-pk")
"""Wishes that wait for an answer, then granted ones, then refused ones, whichever database sorts."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def leave(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask to withdraw or to defer, and see what was asked and answered before."""
    enrolment = own_enrolment(request.acting, pk)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and request.acting is not None:
        said = form.cleaned_data
        try:
            leaving.ask_to_leave(request.acting, enrolment, said["kind"], said["reason"])
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        else:
            messages.success(request, _("The centre has your request; the answer comes by email."))
            return redirect("offerings:learn", pk)
    history = enrolment.leave_requests.order_by("-asked_at")
    shown = {"form": form, "enrolment": enrolment, "offering": enrolment.offering, "history": history}
    return form_page(request, "offerings/leave.html", shown)


@require_safe
@for_roles(*READERS)
def leaves(request: ActingRequest, pk: int) -> HttpResponse:
    """List the wishes to leave an offering, open ones first."""
    return leaves_page(request, offering_for(request.acting, pk))


def leaves_page(
    request: ActingRequest, offering: Offering, wrong: AnswerForm | None = None, of: int | None = None
) -> HttpResponse:
    """Show the wishes, with the form that could not be kept at its own."""
    asked = LeaveRequest.objects.filter(enrolment__offering=offering).select_related(
        "enrolment__person", "enrolment__order", "answered_by__person"
    )
    page = Paginator(asked.order_by(*OPEN_FIRST), ON_A_PAGE).get_page(request.GET.get("page"))
    deferred = offering.enrolments.filter(state=Enrolment.State.DEFERRED).select_related("person")
    others = offerings_for(request.acting).filter(
        proposal=offering.proposal_id, state__in=("announced", "running")
    )
    shown = {
        "offering": offering,
        "page": page,
        "rows": [(row, wrong if row.pk == of else AnswerForm(prefix=f"a{row.pk}")) for row in page],
        "open_orders": openable(request.acting, page),
        "may_answer": runs(request.acting, offering),
        "deferred": deferred,
        "others": others.exclude(pk=offering.pk).distinct(),
    }
    status = UNPROCESSABLE if wrong is not None else 200
    return render(request, "offerings/leaves.html", shown, status=status)


def openable(acting: Appointment | None, rows: Iterable[LeaveRequest]) -> set[int]:
    """Return the orders of these wishes whose page somebody may open."""
    named = [row.enrolment.order_id for row in rows if row.enrolment.order_id is not None]
    return set(orders_for(acting).filter(pk__in=named).values_list("pk", flat=True))


@require_POST
@for_roles(*CENTRE)
def answer(request: ActingRequest, pk: int) -> HttpResponse:
    """Grant or refuse a wish to leave."""
    there = LeaveRequest.objects.filter(enrolment__offering__in=offerings_for(request.acting))
    asked = get_object_or_404(there.select_related("enrolment__offering"), pk=pk)
    offering = offering_for(request.acting, asked.enrolment.offering_id)
    form = AnswerForm(request.POST, prefix=f"a{pk}")
    assert request.acting is not None
    if form.is_valid():
        granted = request.POST.get("granted") == "yes"
        try:
            leaving.answer_leave(request.acting, asked, granted=granted, answer=form.cleaned_data["answer"])
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        else:
            messages.success(request, _("The learner has been told."))
            return redirect("offerings:leaves", offering.pk)
    return leaves_page(request, offering, form, pk)


@require_POST
@for_roles(*CENTRE)
def back(request: ActingRequest, pk: int) -> HttpResponse:
    """Let a learner who deferred come back, here or in another offering of the course."""
    there = Enrolment.objects.filter(offering__in=offerings_for(request.acting))
    enrolment = get_object_or_404(there, pk=pk)
    to = request.POST.get("to", "")
    chosen = whole_number(to) if to else enrolment.offering_id
    assert request.acting is not None
    try:
        if chosen != enrolment.offering_id:
            now = leaving.carry_over(request.acting, enrolment, offering_for(request.acting, chosen or 0))
        else:
            now = leaving.come_back(request.acting, enrolment)
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, came_back(now))
    return redirect("offerings:leaves", enrolment.offering_id)


def came_back(now: Enrolment) -> str:
    """Say how a learner who deferred stands now."""
    if now.state == Enrolment.State.ACTIVE:
        return _("The learner takes part again and has been told.")
    return _("The learner has been told: %(state)s.") % {"state": now.get_state_display().lower()}
