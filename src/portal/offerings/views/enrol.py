"""Coming into a course: what one confirms, what one pays, and that one need not have an account yet."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE
from portal.offerings.access import PUBLIC, own_enrolment
from portal.offerings.actions.enrolling import enrol as take_in
from portal.offerings.actions.leaving import give_up
from portal.offerings.forms_learning import EnrolForm
from portal.offerings.models import Enrolment, Offering
from portal.offerings.seats import (
    ASKED_AGAIN,
    belongs_to,
    closed_because,
    not_for,
    requirements_of,
    seats_left,
)
from portal.people.views import ARRIVES_AT


def announced(pk: int) -> Offering:
    """Return an offering that anybody may see; raises ``Http404``."""
    found = Offering.objects.filter(pk=pk, state__in=PUBLIC).select_related(
        "institution", "faculty", "proposal__achievement"
    )
    offering = found.first()
    if offering is None:
        raise Http404
    return offering


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: ActingRequest, pk: int) -> HttpResponse:
    """Show what enrolling asks, and take a learner in; a visitor is led to an account and back here."""
    offering = announced(pk)
    shown = {
        "offering": offering,
        "requirements": requirements_of(offering),
        "closed": closed_because(offering),
        "seats": seats_left(offering),
    }
    if not request.user.is_authenticated:
        request.session[ARRIVES_AT] = request.path
        return render(request, "offerings/enrol.html", shown | {"visitor": True})
    there = Enrolment.objects.filter(offering=offering, person=request.user).first()
    if there is not None and there.state not in ASKED_AGAIN:
        return redirect("offerings:learn", there.pk)
    shown["closed"] = shown["closed"] or not_for(request.user, offering)
    form = EnrolForm(offering, belongs_to(request.user, offering.institution), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = take_in(request.user, offering, form.choices(), request.acting)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        else:
            return welcomed(request, made)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "offerings/enrol.html", shown | {"form": form}, status=status)


def welcomed(request: ActingRequest, made: Enrolment) -> HttpResponse:
    """Say what came of enrolling, and lead to paying or to the course."""
    if made.state == Enrolment.State.WAITING:
        messages.info(request, _("The class is full. You stand on the waiting list and will be told."))
    elif made.state == Enrolment.State.UNPAID and made.order is not None:
        messages.success(request, _("A seat is yours once the fee is paid."))
        return redirect("payments:order", made.order.pk)
    else:
        messages.success(request, _("You are enrolled. Everything of the course is on this page."))
    return redirect("offerings:learn", made.pk)


@require_POST
@for_people
def leave_waiting(request: ActingRequest, pk: int) -> HttpResponse:
    """Give up a place on the waiting list, or a seat that is not paid yet."""
    enrolment = own_enrolment(request.acting, pk)
    try:
        give_up(request.user, request.acting, enrolment)
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("You gave the seat up."))
    return redirect("offerings:mine")
