"""The readiness of faculty and SME, letters of approval, and the lists that an institution keeps."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.offerings.access import offerings_for
from portal.offerings.actions.keeping import keep_guide, keep_platform
from portal.offerings.actions.setting_up import may_tick, tick
from portal.offerings.forms_offering import GuideForm, PlatformForm
from portal.offerings.guidance import TOPICS, guide_of
from portal.offerings.models import Guide, Offering, Paper, Platform
from portal.offerings.terms import stated_platforms
from portal.offerings.views.reading import for_staff, offering_of, on_page, version_of
from portal.offerings.views.setup import pdf
from portal.proposals.access import CENTRE

SIDES = ("faculty", "sme")


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def readiness(request: ActingRequest, pk: int) -> HttpResponse:
    """Show both lists of readiness; tick the own one."""
    found = offering_of(request, pk)
    if not found.declared().checklists:
        raise Http404
    if request.method == "POST":
        side = request.POST.get("side", "")
        assert request.acting is not None
        try:
            tick(request.acting, found, side, request.POST.getlist("item"), version=version_of(request))
        except Refused as refused:
            return on_page(
                request,
                "offerings/readiness.html",
                found,
                "readiness",
                refused,
                lists=lists_of(request, found),
            )
        return done(request, _("The list is kept."), request.path)
    return on_page(request, "offerings/readiness.html", found, "readiness", lists=lists_of(request, found))


def lists_of(request: ActingRequest, found: Offering) -> list[dict[str, object]]:
    """Return both lists as the page shows them."""
    labels = {"faculty": _("Faculty"), "sme": _("Subject expert (SME)")}
    return [
        {
            "side": side,
            "label": labels[side],
            "may": may_tick(request.acting, found, side),
            "items": [
                (item, getattr(found, f"{side}_ticks").get(item.key))
                for item in found.declared().checklists.get(side, ())
            ],
        }
        for side in SIDES
    ]


@require_safe
@for_staff
def paper(request: ActingRequest, pk: int) -> HttpResponse:
    """Send a letter of approval as it was kept."""
    there = Paper.objects.filter(offering__in=offerings_for(request.acting))
    found = get_object_or_404(there, pk=pk)
    try:
        with found.file.open() as file:
            content = file.read()
    except OSError as lost:
        raise Http404(_("The file of this letter is gone; ask the e-learning centre for a copy.")) from lost
    return pdf(content, f"{found.reference.replace('/', '-')}.pdf")


@require_safe
@for_staff
def platforms(request: ActingRequest) -> HttpResponse:
    """List the platforms of the policy and of the institution."""
    assert request.acting is not None
    institution = request.acting.institution
    shown = {
        "stated": stated_platforms(institution.policy) if institution else [],
        "own": Platform.objects.filter(institution=institution),
        "may_keep": request.acting.role in CENTRE,
        "policy": institution.policy if institution else "",
    }
    return render(request, "offerings/platforms.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*sorted(CENTRE))
def platform(request: ActingRequest, pk: int | None = None) -> HttpResponse:
    """Add a platform to the institution’s list, or change one."""
    acting = request.acting
    assert acting is not None
    assert acting.institution is not None
    found = Platform(institution=acting.institution)
    if pk is not None:
        found = get_object_or_404(Platform, institution=acting.institution, pk=pk)
    form = PlatformForm(request.POST or None, instance=found)
    if request.method == "POST" and kept(form, keep=lambda: keep_platform(acting, form.instance)):
        return done(request, _("The platform is kept."), "offerings:platforms")
    return form_page(request, "offerings/platform.html", {"form": form, "platform": found})


@require_safe
@for_staff
def guides(request: ActingRequest) -> HttpResponse:
    """List the pages of guidance, with their versions."""
    assert request.acting is not None
    institution = request.acting.institution
    rows = [(topic, guide_of(institution, topic)) for topic in TOPICS] if institution else []
    shown = {"rows": rows, "may_keep": request.acting.role in CENTRE, "institution": institution}
    return render(request, "offerings/guides.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*sorted(CENTRE))
def guide(request: ActingRequest, topic: str) -> HttpResponse:
    """Write the next version of a page of guidance."""
    acting = request.acting
    assert acting is not None
    assert acting.institution is not None
    if topic not in TOPICS:
        raise Http404
    now = guide_of(acting.institution, topic)
    form = GuideForm(request.POST or None, initial={"text_ms": now.text_ms, "text_en": now.text_en})
    if request.method == "POST" and kept(
        form,
        keep=lambda: keep_guide(
            acting, topic, form.cleaned_data["text_ms"], form.cleaned_data["text_en"] or ""
        ),
    ):
        return done(request, _("The new version is shown from now on."), "offerings:guides")
    earlier = Guide.objects.filter(institution=acting.institution, topic=topic)
    return form_page(
        request, "offerings/guide.html", {"form": form, "guide": now, "topic": topic, "earlier": earlier}
    )
