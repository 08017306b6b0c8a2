"""Replacement courses, agreements with partners, and the conditions that are still open."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.applications.access import OWN_FACULTY, claim_for, submitted_applications
from portal.applications.actions.naming import (
    KEEPERS,
    Replacement,
    Terms,
    keep_agreement,
    name_replacement,
    tie_agreement,
)
from portal.applications.conditions import Condition, conditions_of
from portal.applications.models import Agreement, Application
from portal.applications.views.applicant_asking import version_of
from portal.applications.views.applicant_progress import typed
from portal.applications.views.staff_queue import for_staff
from portal.applications.views.staff_steps import day_of, done
from portal.catalogue.models import Course
from portal.exports.listing import FORM, Column, Listing, exported
from portal.numbers import whole_number

PER_PAGE = 25
for_keepers = for_roles(*KEEPERS)
for_faculty = for_roles(*OWN_FACULTY)
CONDITIONS = {
    "residency": gettext_lazy("Residency"),
    "replacement_course": gettext_lazy("Replacement course"),
}


@require_POST
@for_staff
def replacing(request: ActingRequest, number: int) -> HttpResponse:
    """Name the course that replaces an exempted one."""
    claim = claim_for(request.acting, number)

    def do(acting: Appointment, application: Application) -> None:
        code = typed(request, "course").split(" ")[0]
        course = Course.objects.filter(institution=application.institution, code__iexact=code).first()
        if code and course is None:
            raise Refused(_("There is no course %(code)s here.") % {"code": code}, "course")
        named = Replacement(
            course=course,
            awaits_mqa="awaits_mqa" in request.POST,
            elsewhere=typed(request, "elsewhere"),
            agreement=agreement_in(request, application),
            passed_on=day_of(request.POST["passed_on"]) if request.POST.get("passed_on") else None,
        )
        name_replacement(acting, claim, named, version=version_of(request))

    return done(request, claim.application.pk, "naming", do)


def agreement_in(request: ActingRequest, application: Application) -> Agreement | None:
    """Return the agreement that was chosen, if it is one of the institution's."""
    chosen = whole_number(request.POST.get("agreement", "")) or 0
    return Agreement.objects.filter(institution=application.institution, pk=chosen).first()


@require_POST
@for_staff
def tying(request: ActingRequest, number: int) -> HttpResponse:
    """Tie a claim to the agreement that it rests on."""
    claim = claim_for(request.acting, number)

    def do(acting: Appointment, application: Application) -> None:
        tie_agreement(acting, claim, agreement_in(request, application), version=version_of(request))

    return done(request, claim.application.pk, "naming", do)


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def agreements(request: ActingRequest) -> HttpResponse:
    """List the institution's agreements, or keep another one."""
    acting = request.acting
    assert acting is not None
    refused = None
    if request.method == "POST":
        try:
            keep_agreement(acting, terms_of(request))
        except Refused as problem:
            refused = problem
        else:
            messages.success(request, _("The agreement is kept."))
            return redirect("applications:agreements")
    words = " ".join(request.GET.get("words", "").split())[:100]
    kept = Agreement.objects.filter(institution=acting.institution)
    found = kept.filter(partner__icontains=words) if words else kept
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": [(agreement, agreement.holds_on(timezone.localdate())) for agreement in page],
        "words": words,
        "refused": refused,
        "typed": request.POST,
    }
    return render(request, "applications/staff_agreements.html", shown, status=422 if refused else 200)


def terms_of(request: ActingRequest) -> Terms:
    """Return what was typed of an agreement; raises ``Refused``."""
    try:
        starts_on = day_of(request.POST.get("starts_on", ""))
        ends_on = parse_date(request.POST.get("ends_on", "")) if request.POST.get("ends_on") else None
    except Refused:
        raise Refused(_("Choose the day from which it is in force."), "starts_on") from None
    except ValueError:
        raise Refused(_("There is no such day."), "ends_on") from None
    return Terms(
        typed(request, "partner"), typed(request, "reference"), starts_on, ends_on, typed(request, "note")
    )


@require_safe
@for_faculty
def open_conditions(request: ActingRequest) -> HttpResponseBase:
    """List the conditions of what was granted that are not met yet; ``?form=xlsx`` exports them."""
    acting = request.acting
    assert acting is not None
    decided = submitted_applications(acting).filter(decided_at__isnull=False, state__in=("decided", "closed"))
    asked = decided.filter(result__conditions__0__isnull=False).select_related(
        "student__person", "student__intake", "programme"
    )
    if FORM in request.GET:
        rows = [one for application in asked for one in conditions_of(application) if not one.met]
        return exported(listing(rows), request.GET[FORM])
    page = Paginator(asked.order_by("-decided_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    rows = [one for application in page for one in conditions_of(application) if not one.met]
    shown: dict[str, Any] = {"page": page, "rows": [(one, CONDITIONS[one.label]) for one in rows]}
    return render(request, "applications/staff_conditions.html", shown)


def listing(rows: list[Condition]) -> Listing[Condition]:
    """Return open conditions as a list to take along."""
    return Listing(
        gettext_lazy("open conditions"),
        (
            Column(gettext_lazy("Reference"), lambda one: one.application.reference),
            Column(gettext_lazy("Student"), lambda one: one.application.student.person.name),
            Column(gettext_lazy("Matric number"), lambda one: one.application.student.matric),
            Column(gettext_lazy("Condition"), lambda one: CONDITIONS[one.label]),
            Column(gettext_lazy("What it asks"), lambda one: one.asks),
            Column(gettext_lazy("Due"), lambda one: one.due_on),
        ),
        rows,
    )
