"""Pages of courses: list, one course with its syllabus, its form, retiring and offering it again."""

from django.db.models import Count
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
from portal.catalogue.access import can_keep, course_for, courses_for, faculties_for
from portal.catalogue.choices import choices
from portal.catalogue.forms.course import CourseForm, outcomes_formset, topics_formset
from portal.catalogue.models import Course
from portal.catalogue.snapshot import fingerprint
from portal.catalogue.views.columns import COURSE
from portal.catalogue.views.entry import acted, acting_of
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.catalogue.views.listing import active_of, answer, asked, chosen, digits, holding
from portal.exports.listing import Listing
from portal.institutions.models import Faculty


@require_safe
@acted
def courses(request: ActingRequest) -> HttpResponseBase:
    """List the courses of one's institution."""
    acting = acting_of(request)
    words = asked(request, "q", "faculty", "subject", "programme", "lacking", "state")
    words |= {name: digits(words, name) for name in ("faculty", "programme")}
    rows = courses_for(acting).filter(
        holding(words["q"], "code", "name_ms", "name_en"),
        active_of(words),
        chosen(words, faculty="faculty", subject="subject", programme="in_plans__programme"),
    )
    if lacking := LACKING.get(words["lacking"]):
        rows = rows.filter(**{f"{lacking}__isnull": True})
    counted = rows.annotate(
        outcome_count=Count("outcomes", distinct=True), topic_count=Count("topics", distinct=True)
    ).prefetch_related("experts")
    context = {
        "words": words,
        "faculties": Faculty.objects.filter(institution=acting.institution_id),
        "subjects": choices("subject", without=frozenset({"none"})),
        "can_add": faculties_for(acting).exists(),
    }
    listing = Listing(gettext_lazy("Courses"), COURSE, counted.order_by("code", "pk"))
    return answer(request, "catalogue/courses.html", listing, context)


LACKING = {"outcomes": "outcomes", "topics": "topics", "experts": "experts"}
"""What a course may still lack, for the filter by which an office finds what is left to do."""


@require_safe
@acted
def course(request: ActingRequest, pk: int) -> HttpResponse:
    """Show a course: outcomes, topics with hours, experts, and the plans it stands in."""
    found = course_for(request.acting, pk)
    topics = list(found.topics.all())
    context = {
        "course": found,
        "outcomes": found.outcomes.all(),
        "topics": topics,
        "hours": sum(topic.hours or 0 for topic in topics),
        "experts": found.experts.all(),
        "plans": found.in_plans.select_related("programme"),
        "can_keep": can_keep(request.acting, found.institution_id, found.faculty_id),
    }
    return render(request, "catalogue/course.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def course_new(request: ActingRequest) -> HttpResponse:
    """Add a course."""
    if not faculties_for(request.acting).exists():
        raise NotAllowed
    return _course_form(request, Course())


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def course_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change a course with its outcomes and topics."""
    found = course_for(request.acting, pk)
    if not can_keep(request.acting, found.institution_id, found.faculty_id):
        raise NotAllowed
    return _course_form(request, found)


def _course_form(request: ActingRequest, found: Course) -> HttpResponse:
    acting, data = acting_of(request), request.POST or None
    seen = request.POST.get("seen", "") if data else fingerprint(found)
    form = CourseForm(acting, data, instance=found)
    outcomes, topics = outcomes_formset(data, found), topics_formset(data, found)

    def keep() -> None:
        course = form.save(commit=False)
        parts = [form.save_m2m, outcomes.save_parts, topics.save_parts]
        actions.save_course(acting, course, seen, parts)

    if data and kept(form, outcomes, topics, keep=keep):
        where = reverse("catalogue:course_edit" if "more" in data else "catalogue:course", args=[found.pk])
        return done(request, _("%(code)s was saved.") % {"code": found.code}, where)
    context = {
        "form": form,
        "outcomes": outcomes,
        "topics": topics,
        "seen": seen,
        "course": found if found.pk else None,
    }
    return form_page(request, "catalogue/course_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def course_retire(request: ActingRequest, pk: int) -> HttpResponse:
    """Retire a course, or offer it again, after asking."""
    acting, found = acting_of(request), course_for(request.acting, pk)
    if not can_keep(acting, found.institution_id, found.faculty_id):
        raise NotAllowed
    where = reverse("catalogue:course", args=[found.pk])
    if request.method == "POST":
        offered = request.POST.get("offered") == "yes"
        actions.set_offered(acting, found, offered=offered)
        words = _("%(code)s is offered again.") if offered else _("%(code)s was retired.")
        return done(request, words % {"code": found.code}, where)
    used = Course.objects.filter(pk=found.pk).aggregate(programmes=Count("in_plans", distinct=True))
    return render(request, "catalogue/retire.html", {"thing": found, "used": used, "back": where})
