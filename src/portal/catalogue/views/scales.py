"""Pages of grading scales."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import NotAllowed
from portal.catalogue import actions
from portal.catalogue.access import can_keep_scales, scale_for, scales_for
from portal.catalogue.forms.scale import ScaleForm, grades_formset
from portal.catalogue.models import GradingScale
from portal.catalogue.snapshot import fingerprint
from portal.catalogue.views.columns import GRADE, SCALE
from portal.catalogue.views.entry import acted, acting_of
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.catalogue.views.listing import answer, asked, holding
from portal.exports.listing import FORM, Listing, exported


@require_safe
@acted
def scales(request: ActingRequest) -> HttpResponseBase:
    """List the grading scales of one's institution."""
    acting, words = acting_of(request), asked(request, "q")
    rows = scales_for(acting).filter(holding(words["q"], "name")).prefetch_related("grades")
    context = {"words": words, "can_add": can_keep_scales(acting, acting.institution_id or 0)}
    listing = Listing(gettext_lazy("Grading scales"), SCALE, rows.order_by("-in_force_on", "name"))
    return answer(request, "catalogue/scales.html", listing, context)


@require_safe
@acted
def scale(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Show a scale and what each grade equals."""
    found = scale_for(request.acting, pk)
    if form := request.GET.get(FORM):
        return exported(Listing(found.name, GRADE, found.grades.all()), form)
    context = {
        "scale": found,
        "grades": found.grades.all(),
        "can_keep": can_keep_scales(request.acting, found.institution_id),
    }
    return render(request, "catalogue/scale.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def scale_new(request: ActingRequest) -> HttpResponse:
    """Add a grading scale."""
    if not can_keep_scales(request.acting, acting_of(request).institution_id or 0):
        raise NotAllowed
    return _scale_form(request, GradingScale())


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def scale_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change a grading scale."""
    found = scale_for(request.acting, pk)
    if not can_keep_scales(request.acting, found.institution_id):
        raise NotAllowed
    return _scale_form(request, found)


def _scale_form(request: ActingRequest, found: GradingScale) -> HttpResponse:
    acting, data = acting_of(request), request.POST or None
    seen = request.POST.get("seen", "") if data else fingerprint(found)
    form = ScaleForm(acting, data, instance=found)
    grades = grades_formset(data, found)

    def keep() -> None:
        actions.save_scale(acting, form.instance, seen, [grades.save_parts])

    if data and kept(form, grades, keep=keep):
        where = reverse("catalogue:scale", args=[found.pk])
        return done(request, _("The scale %(name)s was saved.") % {"name": found.name}, where)
    context = {"form": form, "grades": grades, "seen": seen, "scale": found if found.pk else None}
    return form_page(request, "catalogue/scale_form.html", context)
