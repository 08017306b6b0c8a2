"""Beginning an offering, changing it, its assessments, and its learning plan."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.institutions.models import Semester
from portal.institutions.naming import in_language
from portal.offerings.actions.setting_up import keep_assessments, keep_offering, open_offering
from portal.offerings.forms_offering import AssessmentForms, BaseAssessments, OfferingForm
from portal.offerings.models import Offering
from portal.offerings.papers import teaching_plan
from portal.offerings.planning import weeks_of
from portal.offerings.proposed import credits_of, standard_price
from portal.offerings.rights import SETTERS, course_to_offer, courses_to_offer, must_set_up
from portal.offerings.schedule import days_of, learning_hours
from portal.offerings.terms import term
from portal.offerings.views.reading import for_staff, offering_of, on_page, version_of
from portal.proposals.models import Proposal

WEEKLY = (4, 8, 10, 20)
"""Hours of learning a week that are shown beside the dates."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*sorted(SETTERS))
def new(request: ActingRequest) -> HttpResponse:
    """Choose a registered course, then begin an offering of it."""
    given = request.GET.get("course", "")
    if not given.isdecimal() or len(given) > 15:
        courses = courses_to_offer(request.acting).order_by("code").select_related("faculty")
        return render(request, "offerings/choose.html", {"courses": courses})
    course = course_to_offer(request.acting, int(given))
    form = OfferingForm(request.POST or None, proposal=course, initial=first_values(course))
    begun: list[Offering] = []

    def keep() -> None:
        assert request.acting is not None
        begun.append(open_offering(request.acting, course, form.fields_given()))

    if request.method == "POST" and kept(form, keep=keep):
        return done(request, _("The offering is begun. Name who teaches it, then announce it."), begun[0])
    return form_page(request, "offerings/edit.html", {"form": form} | beside(course))


def first_values(course: Proposal) -> dict[str, Any]:
    """Return what a new offering begins with."""
    least = term(course.policy, "least_class")
    return {
        "least_learners": least.number if least else None,
        "certificate_fee": standard_price(course),
        "mode": Offering.Mode.SEMESTER,
        "place": course.content.get("place", ""),
        "platform": course.content.get("platform", ""),
    }


def beside(course: Proposal, offering: Offering | None = None) -> dict[str, Any]:
    """Return what the form shows beside its fields: the learning time and the calendar."""
    hours = learning_hours(course)
    return {
        "course": course,
        "offering": offering,
        "hours": hours,
        "credits": credits_of(course),
        "weekly": [(each, -(-hours // each)) for each in WEEKLY] if hours else [],
        "least": term(course.policy, "least_class"),
        "calendar": [
            (semester, days_of(semester, course.policy))
            for semester in Semester.objects.filter(institution=course.institution)[:6]
        ],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change an offering."""
    found = offering_of(request, pk)
    acting = must_set_up(request.acting, found)
    form = OfferingForm(request.POST or None, instance=found, proposal=found.proposal)
    if request.method == "POST" and kept(
        form,
        keep=lambda: keep_offering(acting, found, form.fields_given(), version=form.cleaned_data["version"]),
    ):
        return done(request, _("Saved."), found.get_absolute_url())
    return form_page(request, "offerings/edit.html", {"form": form} | beside(found.proposal, found))


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def assessments(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the assessments of an offering, and change them; their weights make 100 %."""
    found = offering_of(request, pk)
    rows: Any = AssessmentForms(
        request.POST if request.method == "POST" else None,
        initial=initial_of(found),
        form_kwargs={"outcomes": outcomes_of(found.proposal)},
        prefix="part",
    )
    refused = None
    if request.method == "POST":
        acting = must_set_up(request.acting, found)
        refused = wrong(rows)
        if refused is None:
            try:
                keep_assessments(acting, found, rows.parts(), version=version_of(request))
            except Refused as refusal:
                refused = refusal
            else:
                return done(request, _("The assessments are kept."), found.get_absolute_url())
    return on_page(request, "offerings/assessments.html", found, "assessments", refused, rows=rows)


def wrong(rows: BaseAssessments) -> Refused | None:
    """Return why the table cannot be kept, where a field of it is wrong."""
    if rows.is_valid():
        return None
    return Refused(_("Some fields are not right yet; see the marks in the table."))


def initial_of(found: Offering) -> list[dict[str, Any]]:
    """Return the assessments as the table begins with them."""
    names = ("pk", "name", "type", "form", "purpose", "percent", "outcomes", "due_on", "attempts")
    return [{name: getattr(each, name) for name in names} for each in found.assessments.all()]


def outcomes_of(course: Proposal) -> list[tuple[str, str]]:
    """Return the course's outcomes, by code, with their words."""
    return [
        (str(row["code"]), in_language(str(row.get("ms") or ""), str(row.get("en") or "")))
        for row in course.content.get("outcomes") or []
        if row.get("code")
    ]


@require_safe
@for_staff
def plan(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the weeks of an offering."""
    found = offering_of(request, pk)
    return on_page(request, "offerings/plan.html", found, "plan", weeks=weeks_of(found))


@require_safe
@for_staff
def plan_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the learning plan as PDF."""
    return pdf(teaching_plan(offering_of(request, pk)), f"plan-{pk}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    """Answer with a PDF that opens in the browser."""
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
