"""The page of an offering's learning platforms: a learner opens its tools, staff put them there."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.errors import explain
from portal.lti import offered
from portal.lti.actions import placing
from portal.lti.forms_offering import AssignForm, PlacementForm
from portal.lti.models import LineItem, Placement
from portal.lti.opening import open_tool
from portal.offerings.models import Offering


def offering_seen(request: ActingRequest, pk: int) -> Offering:
    """Return an offering that somebody takes part in or connects; raises ``Http404`` for strangers."""
    related = ("institution", "proposal")
    found: Offering = get_object_or_404(Offering.objects.select_related(*related), pk=pk)
    if offered.may_connect(request.acting, found) or offered.part_of(request.user, found) is not None:
        return found
    raise Http404


def offering_connected(request: ActingRequest, pk: int) -> Offering:
    """Return an offering that somebody connects; raises ``Http404`` for others."""
    found = offering_seen(request, pk)
    if not offered.may_connect(request.acting, found):
        raise Http404
    return found


def columns_of(offering: Offering) -> list[dict[str, Any]]:
    """Return the columns of tools with their scores counted, and the form that says what each is."""
    items = LineItem.objects.filter(offering=offering).select_related("tool", "assessment")
    return [
        {
            "item": item,
            "form": AssignForm(item, prefix=f"item-{item.pk}"),
            "scores": item.scores.filter(given__isnull=False).count(),
            "taken": item.scores.filter(taken_at__isnull=False, refusal="").count(),
            "refused": item.scores.exclude(refusal="").select_related("user__person"),
        }
        for item in items
    ]


@require_safe
@for_people
def offering(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the tools of an offering; to staff, also the LMSs' courses and what tools reported."""
    found = offering_seen(request, pk)
    placements = found.lti_placements.filter(ended_at=None, tool__ended_at=None)
    context = {
        "offering": found,
        "title": offered.title_of(found),
        "placements": placements.select_related("tool"),
        "page": offered.page_of(found),
        "learning": offered.learning_page(request.user, found),
        "may_connect": offered.may_connect(request.acting, found),
        "takes_part": offered.part_of(request.user, found) is not None,
    }
    if context["may_connect"]:
        context |= {
            "courses": found.lti_links.select_related("lms"),
            "columns": columns_of(found),
            "has_tools": found.institution.lti_tools.filter(ended_at=None).exists(),
        }
    return form_page(request, "lti/offering.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def place(request: ActingRequest, pk: int) -> HttpResponse:
    """Put a tool into an offering."""
    found = offering_connected(request, pk)
    form = PlacementForm(request.POST or None, instance=Placement(offering=found))
    if request.method == "POST" and kept(
        form,
        keep=lambda: placing.place(request.acting, form.instance, form.cleaned_data["assessment"]),
    ):
        return done(
            request, _("The tool stands in the offering."), redirect("lti:learning-platforms", pk).url
        )
    context = {"form": form, "offering": found, "title": offered.title_of(found)}
    return form_page(request, "lti/place.html", context)


@require_POST
@for_people
def placement_end(request: ActingRequest, pk: int) -> HttpResponse:
    """Take a tool out of its offering."""
    placement = get_object_or_404(Placement.objects.select_related("offering"), pk=pk)
    offering_connected(request, placement.offering_id)
    try:
        placing.end_placement(request.acting, placement)
    except Refused as refused:
        return done(request, refused.message, redirect("lti:learning-platforms", placement.offering_id).url)
    return done(
        request, _("The tool is taken out."), redirect("lti:learning-platforms", placement.offering_id).url
    )


@require_safe
@for_people
def open_placement(request: ActingRequest, pk: int) -> HttpResponse:
    """Send somebody who takes part to the tool."""
    placement = get_object_or_404(Placement.objects.select_related("offering", "tool__institution"), pk=pk)
    offering_seen(request, placement.offering_id)
    try:
        response = redirect(open_tool(request.user, placement))
    except Refused as refused:
        return explain(request, 409, _("It cannot be opened"), str(refused.message))
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@for_people
def assign(request: ActingRequest, pk: int) -> HttpResponse:
    """Say which assessment a column of a tool is."""
    item = get_object_or_404(LineItem.objects.select_related("offering"), pk=pk)
    offering_connected(request, item.offering_id)
    form = AssignForm(item, request.POST, prefix=f"item-{item.pk}")
    where = redirect("lti:learning-platforms", item.offering_id).url
    if not form.is_valid():
        return done(request, _("Choose an assessment of this offering."), where)
    placing.assign(request.acting, item, form.cleaned_data["assessment"])
    return done(request, _("Kept. Scores that waited are marks now where they could be."), where)
