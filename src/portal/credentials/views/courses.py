"""Courses that are certified: listed, described, changed."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.catalogue.views.forms_on_pages import done, form_page
from portal.credentials.access import (
    ISSUERS,
    READERS,
    achievement_for,
    achievements_for,
    may_issue,
    must_issue,
)
from portal.credentials.actions.preparing import keep_course
from portal.credentials.forms_course import CourseForm, part_forms, problems_of, rows_of
from portal.credentials.models import Achievement
from tauliah.values.case import InvalidCase

ON_A_PAGE = 25


@require_safe
@for_roles(*READERS)
def listing(request: ActingRequest) -> HttpResponse:
    """List the courses, with how many credentials were issued of each."""
    asked = request.GET.get("q", "").strip()
    found = achievements_for(request.acting).annotate(issued=Count("credentials")).order_by("code", "edition")
    if asked:
        found = found.filter(
            Q(code__icontains=asked) | Q(name_ms__icontains=asked) | Q(name_en__icontains=asked)
        )
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "asked": asked, "may_issue": may_issue(request.acting), "query": f"q={asked}"}
    return render(request, "credentials/courses.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*ISSUERS)
def new(request: ActingRequest) -> HttpResponse:
    """Describe another course."""
    acting = must_issue(request.acting)
    return _described(request, Achievement(institution_id=acting.institution_id or 0))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*READERS)
def course(request: ActingRequest, pk: int) -> HttpResponse:
    """Show a course to those who audit; those who issue may change it."""
    found = achievement_for(request.acting, pk)
    if request.method == "POST":
        must_issue(request.acting)
    return _described(request, found)


def _described(request: ActingRequest, found: Achievement) -> HttpResponse:
    data = request.POST or None
    form, parts = CourseForm(found.institution, data, instance=found), part_forms(found, data)
    if data is not None and all([form.is_valid(), *(part.is_valid() for part in parts.values())]):
        filled = form.save(commit=False)
        for name, part in parts.items():
            setattr(filled, name, rows_of(part))
        filled.skills = [s.strip() for s in form.cleaned_data["skill_words"].split(",") if s.strip()]
        if _kept(request, form, filled):
            return done(request, _("The course is kept."), "credentials:courses")
    context = {"form": form, "parts": parts, "course": found, "may_issue": may_issue(request.acting)}
    return form_page(request, "credentials/course.html", context)


def _kept(request: ActingRequest, form: CourseForm, filled: Achievement) -> bool:
    try:
        keep_course(request.acting, filled)
    except InvalidCase as wrong:
        for name, words in problems_of(wrong):
            form.add_error(name if name in form.fields else None, words)
        return False
    return True
