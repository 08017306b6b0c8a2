"""Workshops on developing courses: listed, kept, and who came."""

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import NotAllowed
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.exports.listing import FORM, Column, Listing, exported
from portal.proposals.access import CENTRE, PROPOSERS
from portal.proposals.actions.workshops import invitable, keep_attendance, keep_workshop, workshops_for
from portal.proposals.forms_review import AttendanceForm, WorkshopForm
from portal.proposals.models import Attendance, Workshop
from portal.proposals.views.course import acting_of

PER_PAGE = 25
for_centre = for_roles(*sorted(CENTRE))
for_developers = for_roles(*sorted(PROPOSERS | CENTRE))


@require_safe
@for_developers
def listing(request: ActingRequest) -> HttpResponseBase:
    """Show the workshops, with how many came and whether the reader did; ``?form=xlsx`` is a file."""
    acting = acting_of(request)
    came = Attendance.objects.filter(workshop=OuterRef("pk"), person=acting.person_id)
    found = workshops_for(acting).annotate(people=Count("attendances"), came=Exists(came))
    found = found.order_by("-held_on", "-pk")
    if FORM in request.GET:
        return exported(listed(acting.institution_id or 0), request.GET[FORM])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "runs": acting.role in CENTRE}
    return render(request, "proposals/workshops.html", shown)


def listed(institution: int) -> Listing[Attendance]:
    """Return who came to which workshop as a list to take along."""
    rows = Attendance.objects.filter(workshop__institution=institution).select_related("workshop", "person")
    return Listing(
        gettext_lazy("workshops"),
        (
            Column(gettext_lazy("Workshop"), lambda row: row.workshop.name),
            Column(gettext_lazy("Held on"), lambda row: row.workshop.held_on),
            Column(gettext_lazy("Place"), lambda row: row.workshop.place),
            Column(gettext_lazy("Who came"), lambda row: row.person.name),
            Column(gettext_lazy("Email"), lambda row: row.person.email),
        ),
        rows.order_by("-workshop__held_on", "person__name"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_centre
def new(request: ActingRequest) -> HttpResponse:
    """Add a workshop."""
    return described(request, Workshop(institution_id=acting_of(request).institution_id or 0))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_developers
def workshop(request: ActingRequest, pk: int) -> HttpResponse:
    """Show a workshop and who came; the centre changes it."""
    found = get_object_or_404(workshops_for(acting_of(request)), pk=pk)
    if request.method == "POST":
        return described(request, found)
    return page(request, found, WorkshopForm(instance=found), None)


def described(request: ActingRequest, found: Workshop) -> HttpResponse:
    """Keep a workshop as it was filled in."""
    acting = acting_of(request)
    if acting.role not in CENTRE:
        raise NotAllowed
    form = WorkshopForm(request.POST or None, instance=found)
    if request.method == "POST" and kept(form, keep=lambda: keep_workshop(acting, form.save(commit=False))):
        return done(request, _("The workshop is kept."), reverse("proposals:workshop", args=[found.pk]))
    if found.pk is None:
        return form_page(request, "proposals/workshop.html", {"form": form, "workshop": found, "runs": True})
    return page(request, found, form, None)


def page(
    request: ActingRequest, found: Workshop, form: WorkshopForm, people: AttendanceForm | None
) -> HttpResponse:
    """Show a workshop with its form and who came."""
    acting = acting_of(request)
    came = [attendance.person for attendance in found.attendances.select_related("person")]
    shown = {
        "workshop": found,
        "form": form,
        "people_form": people or AttendanceForm(invitable(acting), initial={"people": came}),
        "came": came,
        "runs": acting.role in CENTRE,
    }
    return form_page(request, "proposals/workshop.html", shown)


@require_POST
@for_centre
def attendance(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep who came to a workshop."""
    acting = acting_of(request)
    found = get_object_or_404(workshops_for(acting), pk=pk)
    form = AttendanceForm(invitable(acting), request.POST)
    if kept(form, keep=lambda: keep_attendance(acting, found, form.cleaned_data["people"])):
        return done(request, _("Who came is kept."), reverse("proposals:workshop", args=[pk]))
    return page(request, found, WorkshopForm(instance=found), form)
