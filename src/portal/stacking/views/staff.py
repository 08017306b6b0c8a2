"""Pages of those who guide learners: whose goals there are, what is left, exceptions from the age."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.refusal import Refused
from portal.accounts.roles import Role
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, done, kept
from portal.exports.listing import FORM, Column, Listing, exported
from portal.stacking.access import READERS, goal_for, goals_for, guides, prescription_for
from portal.stacking.actions import guiding
from portal.stacking.forms import DoneForm, ExceptionForm, PrescriptionForm
from portal.stacking.models import Goal
from portal.stacking.progress import Standing, all_in_short, in_short, standing_of

PER_PAGE = 25
for_readers = for_roles(*READERS)
LISTING = (
    Column[Standing](gettext_lazy("Learner"), lambda row: row.goal.person.name),
    Column[Standing](gettext_lazy("Programme"), lambda row: str(row.goal)),
    Column[Standing](gettext_lazy("Credits gathered"), lambda row: row.total),
    Column[Standing](gettext_lazy("Graduating credits"), lambda row: row.needed),
    Column[Standing](gettext_lazy("Advised to take APEL"), lambda row: row.goal.advised_at),
)


@require_safe
@for_readers
def learners(request: ActingRequest) -> HttpResponseBase:
    """List learners with a goal at the institution; ``?form=xlsx`` exports them."""
    words = " ".join(request.GET.get("q", "").split())[:100]
    found = goals_for(request.acting).order_by("person__name", "pk")
    if words:
        found = found.filter(
            Q(person__name__icontains=words)
            | Q(programme__code__icontains=words)
            | Q(programme__name_ms__icontains=words)
            | Q(programme__name_en__icontains=words)
        )
    if FORM in request.GET:
        return exported(Listing(gettext_lazy("goals"), LISTING, all_in_short(found)), request.GET[FORM])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": in_short(page), "words": words}
    return render(request, "stacking/learners.html", context)


@require_safe
@for_readers
def learner(request: ActingRequest, pk: int) -> HttpResponse:
    """Show how far a learner has come, what is prescribed and what is left."""
    return shown(request, goal_for(request.acting, pk))


def shown(
    request: ActingRequest,
    goal: Goal,
    prescription: PrescriptionForm | None = None,
    exception: ExceptionForm | None = None,
) -> HttpResponse:
    """Draw the page, with a form that was refused where there is one."""
    acting = request.acting
    assert acting is not None
    standing = standing_of(goal)
    context = {
        "goal": goal,
        "standing": standing,
        "report": standing.report,
        "prescriptions": goal.prescriptions.select_related("course"),
        "may_guide": guides(acting, goal),
        "may_allow": acting.role == Role.COMMITTEE_SECRETARY,
        "exception": getattr(goal, "age_exception", None),
        "form": prescription or PrescriptionForm(goal),
        "exception_form": exception or ExceptionForm(),
        "done_form": DoneForm(),
    }
    status = UNPROCESSABLE if prescription or exception else 200
    return render(request, "stacking/learner.html", context, status=status)


@require_POST
@for_readers
def prescribe(request: ActingRequest, pk: int) -> HttpResponse:
    """Prescribe a course."""
    goal = goal_for(request.acting, pk)
    guiding.must_guide(request.acting, goal)
    form = PrescriptionForm(goal, request.POST)
    if kept(form, keep=lambda: guiding.prescribe(request.acting, goal, form.cleaned_data["course"])):
        return done(request, _("The course is prescribed."), reverse("stacking:learner", args=[pk]))
    return shown(request, goal, prescription=form)


@require_POST
@for_readers
def prescribed(request: ActingRequest, pk: int) -> HttpResponse:
    """Mark a prescribed course as passed, or take it back."""
    prescription = prescription_for(request.acting, pk)
    try:
        if "lift" in request.POST:
            guiding.lift(request.acting, prescription)
        else:
            form = DoneForm(request.POST)
            if not form.is_valid():
                guiding.must_guide(request.acting, prescription.goal)
                messages.error(request, _("Give the day on which the course was passed."))
                return redirect("stacking:learner", prescription.goal_id)
            guiding.mark_done(request.acting, prescription, form.cleaned_data["done_on"])
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Saved."))
    return redirect("stacking:learner", prescription.goal_id)


@require_POST
@for_readers
def allow_earlier(request: ActingRequest, pk: int) -> HttpResponse:
    """Record the Senate's exception from the normal age."""
    goal = goal_for(request.acting, pk)
    guiding.must_record_exceptions(request.acting, goal)
    form = ExceptionForm(request.POST)
    if kept(form, keep=lambda: guiding.allow_earlier(request.acting, goal, **form.cleaned_data)):
        return done(request, _("The exception is recorded."), reverse("stacking:learner", args=[pk]))
    return shown(request, goal, exception=form)
