"""Materials: kept by who teaches, handed out to who takes part, and reports of their being shared."""

from urllib.parse import quote

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people, for_roles
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.markdown import html_of
from portal.numbers import whole_number
from portal.offerings.access import offering_for, own_enrolments, runs, teaches
from portal.offerings.actions import materials as acts
from portal.offerings.embedding import with_players
from portal.offerings.forms_learning import MaterialForm, TextForm
from portal.offerings.learning_access import READERS, TEACHING
from portal.offerings.material_content import SHOWN_INLINE
from portal.offerings.models import TAKING_PART, Material, Offering, SharingReport
from portal.offerings.plan import with_materials
from portal.offerings.ranges import handed_out
from portal.offerings.views.enrol import announced

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
@for_roles(*READERS)
def materials(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the materials of a course by unit, with how often each was opened and finished."""
    offering = offering_for(request.acting, pk)
    there = Material.objects.filter(proposal=offering.proposal_id).annotate(
        opened=Count("accesses", distinct=True), finished=Count("progress", distinct=True)
    )
    shown = {
        "offering": offering,
        "units": with_materials(offering.proposal, there),
        "may_keep": teaches(request.acting, offering),
    }
    return render(request, "offerings/materials.html", shown)


def material_of(offering: Offering, number: int) -> Material:
    """Return a piece of material of the course; raises ``Http404``."""
    return get_object_or_404(Material, pk=number, proposal=offering.proposal_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*TEACHING)
def keep(request: ActingRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Add a piece of material, or change one."""
    offering = offering_for(request.acting, pk)
    acts.must_teach(request.acting, offering)
    there = material_of(offering, number) if number else Material(proposal=offering.proposal)
    unit = request.GET.get("unit", "1")
    initial = {"unit": unit if unit.isdecimal() else 1, "kind": Material.Kind.PAGE, "own_work": False}
    form = MaterialForm(
        offering,
        request.POST or None,
        request.FILES or None,
        instance=there,
        initial=None if number else initial,
    )
    upload = request.FILES.get("file")

    def keeps() -> object:
        if upload is None and number:
            form.instance.file = Material.objects.get(pk=number).file
        elif upload is not None:
            form.instance.file = None
        return acts.keep_material(request.acting, offering, form.instance, upload)

    if request.method == "POST" and kept(form, keep=keeps):
        where = redirect("offerings:materials", pk).url
        return done(request, _("The material is kept."), where)
    shown = {"form": form, "offering": offering, "material": there}
    return form_page(request, "offerings/material_form.html", shown)


@require_safe
@with_players
@for_roles(*READERS)
def look(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Show a piece of material to the staff as learners see it."""
    offering = offering_for(request.acting, pk)
    found = material_of(offering, number)
    shown = {"offering": offering, "material": found, "page": html_of(found.text) if found.text else ""}
    return render(request, "offerings/material_look.html", shown)


@require_POST
@for_roles(*TEACHING)
def move(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Move a piece of material up or down in its unit."""
    offering = offering_for(request.acting, pk)
    found = material_of(offering, number)
    acts.move_material(request.acting, offering, found, -1 if request.POST.get("to") == "up" else 1)
    return redirect(f"{redirect('offerings:materials', pk).url}#material-{number}")


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*TEACHING)
def remove(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Remove a piece of material, after asking."""
    offering = offering_for(request.acting, pk)
    acts.must_teach(request.acting, offering)
    found = material_of(offering, number)
    if request.method == "POST":
        acts.remove_material(request.acting, offering, found)
        return done(request, _("The material was removed."), redirect("offerings:materials", pk).url)
    context = {
        "question": _("Remove “%(title)s”?") % {"title": found.title},
        "explanation": _(
            "Learners no longer see it, and its file is deleted; the register keeps that it was there."
        ),
        "press": _("Remove"),
        "back": redirect("offerings:materials", pk).url,
    }
    return render(request, "catalogue/confirm.html", context)


@require_safe
@cache_control(private=True, no_store=True)
@xframe_options_sameorigin
@for_people
def file(request: ActingRequest, number: int) -> HttpResponseBase:
    """Hand out the file of a piece of material: within the page, or as a download where that is allowed."""
    found = get_object_or_404(Material.objects.exclude(file=""), pk=number)
    if not may_open(request.acting, found):
        raise Http404
    inline = found.media_type in SHOWN_INLINE and "download" not in request.GET
    if not inline and not found.may_download and not is_staff(request.acting, found):
        raise Http404
    answer = handed_out(request, found.file, found.media_type)
    name = quote(found.file_name or found.title)
    answer["Content-Disposition"] = f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{name}"
    answer["X-Content-Type-Options"] = "nosniff"
    if found.media_type != "application/pdf":  # a browser’s own reader of PDFs does not run in a sandbox
        answer["Content-Security-Policy"] = SANDBOX
    return answer


def may_open(acting: Appointment | None, material: Material) -> bool:
    """Say whether somebody takes part in an offering of the course, or works on one."""
    if acting is None:
        return False
    part = own_enrolments(acting).filter(offering__proposal=material.proposal_id, state__in=TAKING_PART)
    return (material.visible and part.exists()) or is_staff(acting, material)


def is_staff(acting: Appointment | None, material: Material) -> bool:
    """Say whether somebody teaches the course or is of the centre."""
    there = Offering.objects.filter(proposal=material.proposal_id).select_related("institution")
    return any(teaches(acting, offering) or runs(acting, offering) for offering in there)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def report(request: ActingRequest, pk: int) -> HttpResponse:
    """Report that materials of a course are shared without leave."""
    offering = announced(pk)
    form = TextForm(request.POST or None)
    if request.method == "POST" and kept(
        form,
        keep=lambda: acts.report_sharing(
            request.acting, offering, form.cleaned_data["text"], by=request.user
        ),
    ):
        return done(
            request, _("Thank you. Those who look after the course have been told."), "offerings:mine"
        )
    return form_page(request, "offerings/report.html", {"form": form, "offering": offering})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*READERS)
def sharing(request: ActingRequest, pk: int) -> HttpResponse:
    """List the reports of unauthorised sharing, and write down what came of one."""
    offering = offering_for(request.acting, pk)
    rows = SharingReport.objects.filter(proposal=offering.proposal_id).select_related(
        "by", "closed_by__person"
    )
    refused = None
    if request.method == "POST":
        found = get_object_or_404(rows, pk=whole_number(request.POST.get("report", "")) or 0)
        try:
            acts.close_sharing(request.acting, offering, found, {"outcome": request.POST.get("outcome", "")})
        except Refused as wrong:
            refused = wrong
        else:
            messages.success(request, _("The outcome is kept."))
            return redirect("offerings:sharing", pk)
    may_close = teaches(request.acting, offering) or runs(request.acting, offering)
    shown = {"offering": offering, "rows": rows, "may_close": may_close, "refused": refused}
    return render(request, "offerings/sharing.html", shown, status=422 if refused else 200)
