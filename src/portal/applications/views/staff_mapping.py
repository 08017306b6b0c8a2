"""What staff do about the mapping of claims: ask experts, use a precedent, judge a MOOC."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.applications.access import claim_for
from portal.applications.actions.mapping import ask_experts_for, use_precedent
from portal.applications.actions.reviewing import REVIEWERS, review
from portal.applications.forms_oversight import ReviewForm
from portal.applications.mappings import reviews
from portal.applications.models import Application
from portal.applications.views.applicant_asking import version_of
from portal.applications.views.staff_steps import done
from portal.matching.access import EXPERTS, KEEPERS
from portal.matching.models import Precedent
from portal.numbers import whole_number

for_keepers = for_roles(*KEEPERS)


@require_POST
@for_keepers
def asking_experts(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask the ticked experts to compare the ticked courses."""

    def do(acting: Appointment, application: Application) -> None:
        numbers = [whole_number(text) for text in request.POST.getlist("claim")]
        claims = application.claims.filter(pk__in=[n for n in numbers if n is not None], withdrawn_at=None)
        asked = [whole_number(text) for text in request.POST.getlist("expert")]
        experts = Appointment.objects.filter(
            pk__in=[n for n in asked if n is not None],
            institution=application.institution,
            role__in=EXPERTS,
        )
        try:
            due_on = parse_date(request.POST.get("due_on", ""))
        except ValueError:
            due_on = None
        if due_on is None:
            raise Refused(_("Choose the day by which the experts should judge."), "mapping-due")
        ask_experts_for(
            acting,
            application,
            list(claims.select_related("target", "application").order_by("position")),
            list(experts.select_related("person", "institution", "faculty")),
            version=version_of(request),
            due_on=due_on,
        )

    return done(request, pk, "mapping", do, _("The experts have been asked."))


@require_POST
@for_keepers
def using_precedent(request: ActingRequest, pk: int) -> HttpResponse:
    """Rest a claim on a precedent."""

    def do(acting: Appointment, application: Application) -> None:
        asked = whole_number(request.POST.get("claim", ""))
        claim = application.claims.filter(withdrawn_at=None, pk=asked or 0).first()
        kept = Precedent.objects.filter(comparison__institution=application.institution)
        found = kept.filter(comparison=whole_number(request.POST.get("comparison", "")))
        precedent = found.select_related("comparison").first()
        if claim is None or precedent is None:
            raise Refused(_("This precedent is no longer offered."))
        use_precedent(acting, claim, precedent, version=version_of(request))

    return done(request, pk, "mapping", do, _("The claim rests on the precedent now."))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*REVIEWERS)
def reviewing(request: ActingRequest, number: int) -> HttpResponse:
    """Judge the MOOC or micro-credential behind a claim."""
    acting = request.acting
    assert acting is not None
    claim = claim_for(acting, number)
    application = claim.application
    kept = claim.reviews.select_related("given_by__person").first()
    if request.method != "POST" and not reviews(acting, application):
        raise NotAllowed
    form = ReviewForm(kept, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            review(acting, claim, form.review(), version=version_of(request))
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        else:
            messages.success(request, _("The judgement of the course is kept."))
            return redirect("applications:file", application.pk)
    shown = {"application": application, "claim": claim, "form": form, "kept": kept}
    status = 422 if form.is_bound else 200
    return render(request, "applications/staff_review.html", shown, status=status)
