"""Vetting: who was appointed and what they said; the form of the appointed expert."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import NotAllowed, Refused
from portal.catalogue.views.forms_on_pages import done, kept
from portal.proposals.access import proposal_for, proposals_for
from portal.proposals.actions.vetting import appoint_expert, may_appoint, may_vet, release_expert, vet
from portal.proposals.appointable import EXPERTS, appointable
from portal.proposals.forms_review import AppointForm
from portal.proposals.models import Vetting
from portal.proposals.views.course import acting_of, course_page, did, for_readers, version_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_readers
def listing(request: ActingRequest, pk: int) -> HttpResponse:
    """Show who vets and what was said; the centre appoints experts here."""
    acting, found = acting_of(request), proposal_for(request.acting, pk)
    people = appointable(found, EXPERTS)
    form = AppointForm(people, request.POST or None, initial={"due_on": found.due_on})
    if request.method == "POST":

        def keep() -> None:
            given = form.cleaned_data
            appoint_expert(acting, found, given["person"], given["due_on"], version=version_of(request))

        if kept(form, keep=keep):
            return done(
                request, _("The expert is appointed and told."), reverse("proposals:vettings", args=[pk])
            )
    vettings = found.vettings.select_related("expert", "appointed_by__person").order_by("-pk")
    items = found.declared().checklists.get("expert", ())
    shown = course_page(
        found,
        "vettings",
        rows=[row_of(vetting, items, mine=may_vet(acting, vetting)) for vetting in vettings],
        form=form if may_appoint(acting, found) else None,
    )
    return render(request, "proposals/vettings.html", shown, status=422 if form.errors else 200)


def row_of(vetting: Vetting, items: Any, *, mine: bool) -> dict[str, Any]:
    """Return a vetting as the list shows it."""
    points = [(item, bool(vetting.ticks.get(item.key))) for item in items] if vetting.decision else []
    return {"vetting": vetting, "points": points, "mine": mine}


def vetting_of(request: ActingRequest, pk: int) -> Vetting:
    """Return a vetting of a course that somebody sees."""
    seen = proposals_for(request.acting).values("pk")
    there = Vetting.objects.select_related(
        "proposal__institution", "proposal__faculty", "proposal__developer", "expert", "appointed_by__person"
    )
    return get_object_or_404(there, pk=pk, proposal__in=seen)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_readers
def vetting(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the form of an expert; only the appointed one fills it in."""
    acting, found = acting_of(request), vetting_of(request, pk)
    if acting.person_id != found.expert_id:
        raise NotAllowed(_("Only the expert whom the centre appointed vets this course."))
    items = found.proposal.declared().checklists.get("expert", ())
    ticked = {key for key, tick in found.ticks.items() if tick}
    refused = None
    if request.method == "POST":
        ticked = set(request.POST.getlist("item"))
        decision = request.POST.get("decision", "")
        remarks = found.remarks = request.POST.get("remarks", "")[:10_000]
        try:
            vet(acting, found, {item.key: item.key in ticked for item in items}, remarks, decision)
        except Refused as reason:
            refused = reason
        else:
            told = _("Your decision is kept and told.") if decision else _("Saved.")
            messages.success(request, told)
            return redirect(
                "proposals:vetting" if not decision else "proposals:proposal",
                pk if not decision else found.proposal_id,
            )
    shown = course_page(
        found.proposal,
        "vettings",
        vetting=found,
        items=items,
        ticked=ticked,
        open=may_vet(acting, found),
        refused=refused,
        attachments=found.proposal.attachments.filter(kind__in=("milestone", "table_4")),
    )
    return render(request, "proposals/vetting.html", shown, status=422 if refused else 200)


@require_POST
@for_readers
def release(request: ActingRequest, pk: int) -> HttpResponse:
    """Take back an appointment that nothing came of yet."""
    acting, found = acting_of(request), vetting_of(request, pk)
    where = reverse("proposals:vettings", args=[found.proposal_id])
    return did(request, lambda: release_expert(acting, found, version=version_of(request)), where)
