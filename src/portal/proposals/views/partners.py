"""Partners that give a course too: their papers, and when they may begin."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import NotAllowed, Refused
from portal.catalogue.views.forms_on_pages import done, kept
from portal.proposals.access import proposal_for, proposals_for
from portal.proposals.actions.attaching import attach
from portal.proposals.actions.partnering import (
    activate_partner,
    end_partner,
    keep_partner,
    lacking,
    may_keep,
    memorandum_of,
)
from portal.proposals.delivered import was_delivered
from portal.proposals.forms_review import FileForm, PartnerForm
from portal.proposals.models import Attachment, Partner
from portal.proposals.views.course import acting_of, course_page, did, for_readers


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_readers
def listing(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the partners of a course; who arranges them adds one here."""
    acting, found = acting_of(request), proposal_for(request.acting, pk)
    form = PartnerForm(request.POST or None)
    if request.method == "POST":

        def keep() -> None:
            keep_partner(acting, found, form.papers())

        if kept(form, keep=keep):
            return done(request, _("The partner is on the list."), reverse("proposals:partners", args=[pk]))
    keeps = may_keep(acting, found)
    shown = course_page(
        found,
        "partners",
        rows=[(each, lacking(each)) for each in found.partners.all()],
        form=form if keeps and was_delivered(found) else None,
        too_early=keeps and not was_delivered(found),
        keeps=keeps,
    )
    return render(request, "proposals/partners.html", shown, status=422 if form.errors else 200)


def partner_of(request: ActingRequest, pk: int) -> Partner:
    """Return a partner of a course that somebody sees."""
    seen = proposals_for(request.acting).values("pk")
    there = Partner.objects.select_related(
        "proposal__institution", "proposal__developer", "proposal__original"
    )
    return get_object_or_404(there, pk=pk, proposal__in=seen)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_readers
def partner(request: ActingRequest, pk: int) -> HttpResponse:
    """Change what is known of a partner; put its memorandum on file."""
    acting, found = acting_of(request), partner_of(request, pk)
    if not may_keep(acting, found.proposal):
        raise NotAllowed
    filing = "file" in request.FILES or "filing" in request.POST
    form = PartnerForm(request.POST if request.method == "POST" and not filing else None, initial=vars(found))
    file_form = FileForm(request.POST or None, request.FILES or None) if filing else FileForm()
    where = reverse("proposals:partner", args=[pk])
    if request.method == "POST" and filing:

        def file() -> None:
            kind = Attachment.Kind.MEMORANDUM
            attach(acting, found.proposal, file_form.cleaned_data["file"], kind, about=memorandum_of(found))

        if kept(file_form, keep=file):
            return done(request, _("The memorandum is on file."), where)
    elif request.method == "POST":

        def keep() -> None:
            keep_partner(acting, found.proposal, form.papers(), found)

        if kept(form, keep=keep):
            return done(request, _("Saved."), where)
    shown = course_page(
        found.proposal,
        "partners",
        partner=found,
        form=form,
        file_form=file_form,
        missing=lacking(found),
        memoranda=found.proposal.attachments.filter(
            kind=Attachment.Kind.MEMORANDUM, about=memorandum_of(found)
        ),
    )
    wrong = bool(form.errors or file_form.errors)
    return render(request, "proposals/partner.html", shown, status=422 if wrong else 200)


@require_POST
@for_readers
def state(request: ActingRequest, pk: int) -> HttpResponse:
    """Let a partner begin, or end its part."""
    acting, found = acting_of(request), partner_of(request, pk)
    where = reverse("proposals:partners", args=[found.proposal_id])

    def do() -> None:
        if "activate" in request.POST:
            activate_partner(acting, found)
        elif "end" in request.POST:
            end_partner(acting, found)
        else:
            raise Refused(_("Nothing was chosen."))

    return did(request, do, where)
