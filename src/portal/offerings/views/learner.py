"""A learner's own pages: the courses, one course with what is done and left, and its materials."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.markdown import html_of
from portal.offerings.access import own_enrolment, own_enrolments
from portal.offerings.actions.awarding import (
    ask_for_certificate,
    credentials_of,
    may_ask,
    may_order_again,
)
from portal.offerings.actions.materials import mark_done, note_access
from portal.offerings.actions.recommending import follow_ons_of
from portal.offerings.actions.surveying import is_open, survey_of
from portal.offerings.certificates import price_of
from portal.offerings.embedding import with_players
from portal.offerings.graded import standings
from portal.offerings.models import TAKING_PART, Enrolment, Material
from portal.offerings.plan import advance_of, units_for
from portal.offerings.sheets import results_due_on
from portal.proposals.models import Kind

ON_A_PAGE = 25
TONES = {
    Enrolment.State.ACTIVE: "good",
    Enrolment.State.COMPLETED: "good",
    Enrolment.State.WAITING: "wait",
    Enrolment.State.UNPAID: "wait",
    Enrolment.State.DEFERRED: "wait",
    Enrolment.State.FAILED: "bad",
}


@require_safe
@for_people
def mine(request: ActingRequest) -> HttpResponse:
    """List the courses that somebody is in, or was."""
    rows = own_enrolments(request.acting).select_related("offering__proposal", "offering__institution")
    page = Paginator(rows.order_by("-enrolled_at", "-pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "rows": [(row, TONES.get(Enrolment.State(row.state), "")) for row in page]}
    return render(request, "offerings/mine.html", shown)


@require_safe
@for_people
def learn(request: ActingRequest, pk: int) -> HttpResponse:
    """Show a course to somebody in it: what is done, what is left, marks, feedback and the result."""
    enrolment = own_enrolment(request.acting, pk)
    shown: dict[str, Any] = {
        "enrolment": enrolment,
        "offering": enrolment.offering,
        "tone": TONES.get(Enrolment.State(enrolment.state), ""),
        "takes_part": enrolment.state in TAKING_PART,
        "asked": enrolment.leave_requests.order_by("-asked_at").first(),
        "place": place_in_line(enrolment),
    }
    if shown["takes_part"]:
        shown |= learning(enrolment) | ending(enrolment)
    return render(request, "offerings/learn.html", shown)


def place_in_line(enrolment: Enrolment) -> int | None:
    """Return how many wait before somebody and with them; None for those who do not wait."""
    if enrolment.state != Enrolment.State.WAITING:
        return None
    line = enrolment.offering.enrolments.filter(state=Enrolment.State.WAITING)
    return line.filter(enrolled_at__lte=enrolment.enrolled_at).count()


def learning(enrolment: Enrolment) -> dict[str, Any]:
    """Return what the page shows of materials, assessments and standing."""
    offering, units = enrolment.offering, units_for(enrolment)
    now = standings(offering, [enrolment.pk])[enrolment.pk]
    assessments = list(offering.assessments.all())
    attempts: dict[int, list[Any]] = {}
    for mark in enrolment.marks.order_by("attempt"):
        attempts.setdefault(mark.assessment_id, []).append(mark)
    return {
        "units": units,
        "next": next((m for u in units for m in u.materials if m.pk not in u.done), None),
        "advance": advance_of(units, now.marks, len(assessments)),
        "standing": now,
        "assessments": [(each, now.marks.get(each.pk), attempts.get(each.pk, [])) for each in assessments],
        "today": timezone.localdate(),
        "is_component": offering.proposal.kind == Kind.ACCREDITED,
    }


def ending(enrolment: Enrolment) -> dict[str, Any]:
    """Return what the page shows once the course is over: result, certificates, survey, what follows on."""
    offering, survey = enrolment.offering, survey_of(enrolment.offering)
    asks = survey is not None and is_open(survey, timezone.localdate())
    answered = survey is not None and survey.answers.filter(enrolment=enrolment).exists()
    result = getattr(enrolment, "result", None)
    return {
        "result": result if result is not None and result.told_at else None,
        "results_due_on": results_due_on(offering),
        "credentials": credentials_of(enrolment),
        "survey": survey if asks and not answered else None,
        "follow_ons": follow_ons_of(offering),
        "may_order": may_ask(enrolment) and may_order_again(enrolment),
        "price": price_of(offering) if may_ask(enrolment) else None,
    }


def own_material(enrolment: Enrolment, number: int) -> Material:
    """Return a piece of material of one's course; raises ``Http404`` for who takes no part, or for others."""
    if enrolment.state not in TAKING_PART:
        raise Http404
    there = Material.objects.filter(proposal=enrolment.offering.proposal_id, visible=True)
    return get_object_or_404(there, pk=number)


@require_safe
@with_players
@for_people
def material(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Show a piece of material, and write down that it was opened."""
    enrolment = own_enrolment(request.acting, pk)
    found = own_material(enrolment, number)
    note_access(request.user, found)
    units = units_for(enrolment)
    order = [each for unit in units for each in unit.materials]
    place = order.index(found)
    shown = {
        "enrolment": enrolment,
        "offering": enrolment.offering,
        "material": found,
        "page": html_of(found.text) if found.text else "",
        "is_done": any(found.pk in unit.done for unit in units),
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
        "unit": next(unit for unit in units if found in unit.materials),
    }
    return render(request, "offerings/material.html", shown)


@require_POST
@for_people
def done(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Note that a piece of material is finished, or is not after all; go on to the next."""
    enrolment = own_enrolment(request.acting, pk)
    found = own_material(enrolment, number)
    is_done = request.POST.get("done") != "no"
    mark_done(enrolment, found, done=is_done)
    order = [each for unit in units_for(enrolment) for each in unit.materials]
    place = order.index(found) + 1
    if is_done and place < len(order):
        return redirect("offerings:material", pk, order[place].pk)
    return redirect("offerings:learn", pk)


@require_POST
@for_people
def certificate(request: ActingRequest, pk: int) -> HttpResponse:
    """Order the paid certificate of a course that was passed (UTM 5.1.2)."""
    enrolment = own_enrolment(request.acting, pk)
    assert request.acting is not None
    try:
        order = ask_for_certificate(request.acting, enrolment)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("offerings:learn", pk)
    messages.success(request, _("The certificate is ordered; it is issued once it is paid for."))
    return redirect("payments:order", order.pk)
