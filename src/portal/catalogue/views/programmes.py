"""Pages of programmes: list, one programme with its plan, its form, retiring and offering it again."""

from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import NotAllowed
from portal.catalogue import actions
from portal.catalogue.access import can_keep, faculties_for, programme_for, programmes_for
from portal.catalogue.choices import choices
from portal.catalogue.forms.programme import PlanForm, ProgrammeForm
from portal.catalogue.models import Programme
from portal.catalogue.snapshot import fingerprint
from portal.catalogue.views.columns import PROGRAMME
from portal.catalogue.views.entry import acted, acting_of
from portal.catalogue.views.forms_on_pages import done, form_page, kept
from portal.catalogue.views.listing import active_of, answer, asked, chosen, digits, holding
from portal.exports.listing import Listing
from portal.institutions.models import Faculty


@require_safe
@acted
def programmes(request: ActingRequest) -> HttpResponseBase:
    """List the programmes of one's institution."""
    acting = acting_of(request)
    words = asked(request, "q", "faculty", "level", "mode", "state")
    words["faculty"] = digits(words, "faculty")
    rows = programmes_for(acting).filter(
        holding(words["q"], "code", "name_ms", "name_en"),
        active_of(words),
        chosen(words, faculty="faculty", level="level", mode="mode"),
    )
    context = {
        "words": words,
        "faculties": Faculty.objects.filter(institution=acting.institution_id),
        "levels": choices("level"),
        "modes": choices("mode"),
        "can_add": faculties_for(acting).exists(),
    }
    listing = Listing(gettext_lazy("Programmes"), PROGRAMME, rows.order_by("code", "pk"))
    return answer(request, "catalogue/programmes.html", listing, context)


@require_safe
@acted
def programme(request: ActingRequest, pk: int) -> HttpResponse:
    """Show a programme and its plan."""
    found = programme_for(request.acting, pk)
    plan = found.plan.select_related("course").order_by("semester", "course__code")
    context = {
        "programme": found,
        "plan": plan,
        "total": sum(entry.course.credits for entry in plan if not entry.is_elective),
        "can_keep": can_keep(request.acting, found.institution_id, found.faculty_id),
    }
    return render(request, "catalogue/programme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def programme_new(request: ActingRequest) -> HttpResponse:
    """Add a programme."""
    if not faculties_for(request.acting).exists():
        raise NotAllowed
    return _programme_form(request, Programme())


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def programme_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change a programme."""
    found = programme_for(request.acting, pk)
    if not can_keep(request.acting, found.institution_id, found.faculty_id):
        raise NotAllowed
    return _programme_form(request, found)


def _programme_form(request: ActingRequest, found: Programme) -> HttpResponse:
    acting = acting_of(request)
    seen = request.POST.get("seen", "") if request.method == "POST" else fingerprint(found)
    form = ProgrammeForm(acting, request.POST or None, instance=found)
    if request.method == "POST" and kept(
        form, keep=lambda: actions.save_programme(acting, form.instance, seen)
    ):
        return done(request, _("%(code)s was saved.") % {"code": found.code}, _place(form.instance))
    context = {"form": form, "seen": seen, "programme": found if found.pk else None}
    return form_page(request, "catalogue/programme_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def programme_retire(request: ActingRequest, pk: int) -> HttpResponse:
    """Retire a programme, or offer it again, after asking."""
    acting, found = acting_of(request), programme_for(request.acting, pk)
    if not can_keep(acting, found.institution_id, found.faculty_id):
        raise NotAllowed
    if request.method == "POST":
        offered = request.POST.get("offered") == "yes"
        actions.set_offered(acting, found, offered=offered)
        words = _("%(code)s is offered again.") if offered else _("%(code)s was retired.")
        return done(request, words % {"code": found.code}, _place(found))
    used = Programme.objects.filter(pk=found.pk).aggregate(
        students=Count("students", distinct=True), courses=Count("plan", distinct=True)
    )
    context = {"thing": found, "used": used, "back": _place(found)}
    return render(request, "catalogue/retire.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def plan_add(request: ActingRequest, pk: int) -> HttpResponse:
    """Put a course into a programme's plan."""
    acting, found = acting_of(request), programme_for(request.acting, pk)
    if not can_keep(acting, found.institution_id, found.faculty_id):
        raise NotAllowed
    form = PlanForm(acting, found, request.POST or None)
    if request.method == "POST" and kept(form, keep=lambda: actions.add_to_plan(acting, form.instance)):
        added = {"code": form.instance.course.code}
        return done(request, _("%(code)s was added to the plan.") % added, f"{_place(found)}#plan")
    return form_page(request, "catalogue/plan_form.html", {"form": form, "programme": found})


@require_http_methods(["GET", "HEAD", "POST"])
@acted
def plan_remove(request: ActingRequest, pk: int, entry: int) -> HttpResponse:
    """Take a course out of a programme's plan, after asking."""
    acting, found = acting_of(request), programme_for(request.acting, pk)
    if not can_keep(acting, found.institution_id, found.faculty_id):
        raise NotAllowed
    listed = get_object_or_404(found.plan.select_related("course"), pk=entry)
    if request.method == "POST":
        actions.remove_from_plan(acting, listed)
        gone = {"code": listed.course.code}
        return done(request, _("%(code)s was taken out of the plan.") % gone, f"{_place(found)}#plan")
    context = {
        "question": _("Take %(course)s out of the plan of %(programme)s?")
        % {"course": listed.course, "programme": found.code},
        "explanation": _("The course itself stays. Claims that were decided stay as they are."),
        "press": _("Take out"),
        "back": _place(found),
    }
    return render(request, "catalogue/confirm.html", context)


def _place(found: Programme) -> str:
    return reverse("catalogue:programme", args=[found.pk])
