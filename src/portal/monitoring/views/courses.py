"""Courses after their registration: upkeep and its letters, reviews."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Person
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, done, kept
from portal.exports.listing import FORM, Column, Listing, exported
from portal.monitoring.access import (
    READERS,
    course_for,
    courses_for,
    may_maintain,
    may_oversee,
    may_review,
    may_write_letters,
)
from portal.monitoring.actions import keeping_up, reviewing
from portal.monitoring.figures import figures_of
from portal.monitoring.forms import ActionForm, CohortForm, DayAndTextForm, ReviewForm, VisitForm
from portal.monitoring.models import ReviewAction, UpkeepLetter
from portal.monitoring.partners import compared
from portal.monitoring.upkeep import Upkeep, upkeep_of
from portal.offerings.models import Teacher
from portal.proposals.models import Proposal

PER_PAGE = 25
for_readers = for_roles(*READERS)
COLUMNS = (
    Column[Upkeep](gettext_lazy("Course"), lambda each: str(each.course)),
    Column[Upkeep](gettext_lazy("Developer"), lambda each: each.course.developer.name),
    Column[Upkeep](gettext_lazy("Last maintained on"), lambda each: each.last_on),
    Column[Upkeep](gettext_lazy("Due by"), lambda each: each.due_after),
    Column[Upkeep](gettext_lazy("Warned on"), lambda each: each.warned),
    Column[Upkeep](
        gettext_lazy("Ordered to close on"), lambda each: each.ordered if each.is_ordered else None
    ),
    Column[Upkeep](gettext_lazy("What is due"), lambda each: each.letter.label if each.letter else ""),
)


@require_safe
@for_readers
def upkeep(request: ActingRequest) -> HttpResponseBase:
    """List registered courses with their upkeep, those with a letter due first; ``?form=xlsx`` exports."""
    words = " ".join(request.GET.get("q", "").split())[:80]
    rows = courses_for(request.acting).select_related("developer", "faculty", "institution")
    if words:
        rows = rows.filter(name_ms__icontains=words) | rows.filter(code__icontains=words)
    found = [upkeep_of(course) for course in rows.prefetch_related("maintenance", "upkeep_letters")]
    found.sort(key=lambda each: (each.letter is None, each.due_after is None, each.due_after, each.course.pk))
    if FORM in request.GET:
        return exported(Listing(gettext_lazy("upkeep of courses"), COLUMNS, found), request.GET[FORM])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tab": "upkeep",
        "page": page,
        "words": words,
        "due": sum(each.letter is not None for each in found),
    }
    return render(request, "monitoring/upkeep.html", context)


@require_safe
@for_readers
def course(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the life of a course since its registration."""
    return shown(request, course_for(request.acting, pk))


def shown(request: ActingRequest, found: Proposal, **forms: object) -> HttpResponse:
    """Draw the page, with a form that was refused where there is one."""
    acting = request.acting
    offerings = list(found.offerings.exclude(state="draft").select_related("proposal"))
    figures = figures_of(offerings)
    context = {
        "course": found,
        "acting": acting,
        "upkeep": upkeep_of(found),
        "maintenance": found.maintenance.select_related("by"),
        "letters": found.upkeep_letters.select_related("issued_by__person"),
        "reviews": found.reviews.select_related("by__person").prefetch_related("actions__person"),
        "partners": compared(found.partners.prefetch_related("visits__by__person", "cohorts")),
        "rows": [(offering, figures[offering.pk]) for offering in offerings],
        "may_maintain": may_maintain(acting, found),
        "may_write": may_write_letters(acting, found),
        "may_review": may_review(acting, found),
        "maintenance_form": DayAndTextForm(),
        "review_form": ReviewForm(initial={"year": timezone.localdate().year}),
        "action_form": ActionForm(people_of(found)),
        "may_oversee": may_oversee(acting, found),
        "visit_form": VisitForm(),
        "cohort_form": CohortForm(),
        **forms,
    }
    return render(request, "monitoring/course.html", context, status=UNPROCESSABLE if forms else 200)


def page_of(found: Proposal) -> str:
    """Return the address of a course's record."""
    return reverse("monitoring:course", args=[found.pk])


def people_of(found: Proposal) -> QuerySet[Person]:
    """Return those who may be asked to do something about a course: who develops it or teaches in it."""
    developing = Q(pk=found.developer_id) | Q(pk__in=found.members.values("person"))
    teaching = Q(pk__in=Teacher.objects.filter(offering__proposal=found).values("person"))
    return Person.objects.filter(developing | teaching).order_by("name", "pk")


@require_POST
@for_readers
def maintain(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep what was done to keep a course up."""
    found, form = course_for(request.acting, pk), DayAndTextForm(request.POST)
    keeping_up.must_maintain(request.acting, found)
    if kept(form, keep=lambda: keeping_up.maintain(request.acting, found, **form.cleaned_data)):
        return done(request, _("Recorded."), page_of(found))
    return shown(request, found, maintenance_form=form)


@require_POST
@for_readers
def write_letter(request: ActingRequest, pk: int) -> HttpResponse:
    """Issue the warning or the order to close that is due."""
    found = course_for(request.acting, pk)
    try:
        letter = keeping_up.write_letter(request.acting, found, request.POST.get("kind", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("%(letter)s was issued and sent to the developer.") % {"letter": letter.reference}
        )
    return redirect("monitoring:course", found.pk)


@require_safe
@for_readers
def letter(request: ActingRequest, pk: int) -> FileResponse:
    """Hand out a letter on upkeep as it was sent."""
    kept = get_object_or_404(UpkeepLetter, pk=pk, proposal__in=courses_for(request.acting))
    if not kept.file:
        raise Http404
    name = f"{kept.reference.replace('/', '-')}.pdf"
    return FileResponse(kept.file.open(), content_type="application/pdf", filename=name)


@require_POST
@for_readers
def review(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep the review of a year."""
    found, form = course_for(request.acting, pk), ReviewForm(request.POST)
    reviewing.must_be_reviewer(request.acting, found)

    def keep() -> None:
        said = dict(form.cleaned_data)
        reviewing.review(request.acting, found, said.pop("year"), said)

    if kept(form, keep=keep):
        return done(request, _("The review is kept, with the figures as they stand."), page_of(found))
    return shown(request, found, review_form=form)


@require_POST
@for_readers
def add_action(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Say what is done about a finding."""
    found = course_for(request.acting, pk)
    of = get_object_or_404(found.reviews, pk=number)
    form = ActionForm(people_of(found), request.POST)
    reviewing.must_be_reviewer(request.acting, found)
    if kept(form, keep=lambda: reviewing.add_action(request.acting, of, **form.cleaned_data)):
        return done(request, _("Recorded."), page_of(found))
    return shown(request, found, action_form=form, action_review=of.pk)


@require_POST
@for_readers
def finish_action(request: ActingRequest, pk: int) -> HttpResponse:
    """Record that an action is done."""
    action = get_object_or_404(
        ReviewAction.objects.select_related("review__proposal"),
        pk=pk,
        review__proposal__in=courses_for(request.acting),
    )
    reviewing.finish_action(request.acting, action)
    return done(request, _("Recorded."), page_of(action.review.proposal))
