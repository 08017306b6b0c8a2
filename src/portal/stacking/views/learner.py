"""The learner's own pages: goals, progress, what came from elsewhere, the portfolio."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.accounts.roles import LEARNERS
from portal.catalogue.views.forms_on_pages import UNPROCESSABLE, done, form_page
from portal.credentials.actions.sharing import claim
from portal.stacking.access import own_goal, own_goals, own_outside
from portal.stacking.actions import working_toward as actions
from portal.stacking.forms import GoalForm, OutsideForm, WayInForm
from portal.stacking.models import Goal, Outside, Profile
from portal.stacking.portfolio import portfolio
from portal.stacking.progress import in_short, standing_of

for_learners = for_roles(*LEARNERS)
ANSWER = {None: "", True: "yes", False: "no"}


def whoever_acts(request: ActingRequest) -> Appointment:
    """Return the appointment that the gate has seen."""
    assert request.acting is not None
    return request.acting


@require_safe
@for_learners
def mine(request: ActingRequest) -> HttpResponse:
    """List one's goals with what is gathered toward each, and what came from elsewhere."""
    acting = whoever_acts(request)
    claim(acting.person)
    context = {
        "standings": in_short(own_goals(acting)),
        "outside": Outside.objects.filter(person=acting.person),
    }
    return render(request, "stacking/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def new(request: ActingRequest) -> HttpResponse:
    """Choose a goal."""
    acting = whoever_acts(request)
    form = GoalForm(request.POST or None, initial=said_before(acting))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            goal = actions.choose(
                acting,
                values["programme"],
                route=values["route"],
                meets_entry=values["meets_entry"],
                born_on=values["born_on"],
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            return done(request, _("The goal is on your list."), reverse("stacking:goal", args=[goal.pk]))
    return form_page(request, "stacking/new.html", {"form": form})


def said_before(acting: Appointment) -> dict[str, Any]:
    """Return what the learner said of the own age."""
    profile = Profile.objects.filter(person=acting.person).first()
    return {"born_on": profile.born_on if profile else None, "route": Goal.Route.STANDARD}


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def goal(request: ActingRequest, pk: int) -> HttpResponse:
    """Show how far one has come to a goal, and keep what one says of the way in."""
    acting = whoever_acts(request)
    found = own_goal(acting, pk)
    asked = {
        **said_before(acting),
        "route": found.route,
        "meets_entry": ANSWER[found.meets_entry],
    }
    form = WayInForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        actions.change(
            acting,
            found,
            route=values["route"],
            meets_entry=values["meets_entry"],
            born_on=values["born_on"],
        )
        messages.success(request, _("Saved."))
        return redirect("stacking:goal", found.pk)
    standing = standing_of(found)
    context = {
        "goal": found,
        "standing": standing,
        "report": standing.report,
        "form": form,
        "prescriptions": found.prescriptions.select_related("course"),
    }
    return render(request, "stacking/goal.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def give_up(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask once more, then take a goal off the list."""
    acting = whoever_acts(request)
    found = own_goal(acting, pk)
    if request.method == "POST":
        actions.give_up(acting, found)
        messages.success(request, _("The goal is off your list; your credentials stay."))
        return redirect("stacking:mine")
    return render(request, "stacking/give_up.html", {"goal": found})


@require_safe
@for_learners
def print_portfolio(request: ActingRequest, pk: int) -> HttpResponseBase:
    """Print the portfolio of a goal."""
    found = own_goal(whoever_acts(request), pk)
    file = portfolio(found, standing_of(found), get_language() or "ms")
    name = f"portfolio-{slugify(found.programme.code)}.pdf"
    return HttpResponse(
        file,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def outside(request: ActingRequest, pk: int | None = None) -> HttpResponse:
    """Record a micro-credential of another institution, or change one."""
    acting = whoever_acts(request)
    kept = own_outside(acting, pk) if pk else Outside(person=acting.person)
    form = OutsideForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        actions.keep_outside(acting, form.save(commit=False))
        return done(request, _("Saved."), "stacking:mine")
    return form_page(request, "stacking/outside.html", {"form": form})


@require_POST
@for_learners
def remove_outside(request: ActingRequest, pk: int) -> HttpResponse:
    """Take a micro-credential of another institution off the record."""
    acting = whoever_acts(request)
    actions.remove_outside(acting, own_outside(acting, pk))
    messages.success(request, _("Removed from your record."))
    return redirect("stacking:mine")
