"""An expert's page: two syllabi side by side, a judgement of each outcome, the share as it is typed."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_people
from portal.accounts.refusal import NotAllowed, Refused
from portal.matching import actions
from portal.matching.access import comparison_for, describes, judgement_for
from portal.matching.forms import JudgementForm, SyllabusForm
from portal.matching.models import Judgement
from portal.matching.sides import sides_of
from portal.matching.views.comparisons import for_matchers
from tauliah.matching.articulation import OutcomeJudged, overlap


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def judging(request: ActingRequest, pk: int) -> HttpResponse:
    """Show an expert what to compare, and keep the judgement; it may be changed until all is settled."""
    judgement = judgement_for(request.acting, pk)
    sides = sides_of(judgement.comparison)
    form = JudgementForm(judgement, sides.source, request.POST if request.method == "POST" else None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        assert request.acting is not None
        try:
            actions.judge(request.acting, judgement, form.given(), form.cleaned_data["comment"])
        except Refused as problem:
            refused = str(problem.message)
        else:
            messages.success(request, told(judgement))
            return redirect("matching:comparison", judgement.comparison_id)
    shown = {
        "judgement": judgement,
        "comparison": judgement.comparison,
        "sides": sides,
        "form": form,
        "refused": refused,
        **running(judgement, form if form.is_bound else None),
    }
    return render(request, "matching/judge.html", shown, status=422 if form.is_bound else 200)


def told(judgement: Judgement) -> str:
    """Say what became of the comparison with this judgement."""
    judgement.comparison.refresh_from_db()
    if judgement.comparison.settled_at:
        return _("Your judgement is kept and the comparison is settled.")
    return _("Your judgement is kept.")


def running(judgement: Judgement, form: JudgementForm | None) -> dict[str, Any]:
    """Return the share that what is typed amounts to, beside the minimum; None where nothing is."""
    outcomes = judgement.comparison.target.outcomes.count()
    read = list(judgement.parts.values_list("weight", "covered")) if form is None else form.readable()
    share = overlap([OutcomeJudged(weight, covered) for weight, covered in read])
    minimum = actions.minimum_of(judgement.comparison)
    return {
        "share": share,
        "minimum": minimum,
        "enough": share is not None and share >= minimum,
        "judged": len(read),
        "outcomes": outcomes,
        "bar": min(share or Decimal(0), Decimal(100)),
    }


@require_POST
@for_people
def share(request: ActingRequest, pk: int) -> HttpResponse:
    """Compute the share of what is typed so far; nothing is kept."""
    judgement = judgement_for(request.acting, pk)
    form = JudgementForm(judgement, sides_of(judgement.comparison).source, request.POST)
    form.is_valid()
    return render(request, "matching/_share.html", running(judgement, form))


@require_http_methods(["GET", "HEAD", "POST"])
@for_matchers
def syllabus(request: ActingRequest, pk: int) -> HttpResponse:
    """Enter the source's syllabus from the evidence."""
    comparison = comparison_for(request.acting, pk)
    if not describes(request.acting, comparison):
        raise NotAllowed
    form = SyllabusForm(comparison.source, request.POST if request.method == "POST" else None)
    mine = comparison.judgements.filter(expert__person=request.user.pk).first()
    if request.method == "POST" and form.is_valid():
        assert request.acting is not None
        try:
            actions.describe_source(request.acting, comparison, form.described())
        except Refused as refused:
            form.add_error(refused.field, str(refused.message))
        else:
            messages.success(request, _("The syllabus is kept."))
            if mine:
                return redirect("matching:judge", mine.pk)
            return redirect("matching:comparison", pk)
    shown = {"comparison": comparison, "form": form, "mine": mine}
    return render(request, "matching/syllabus.html", shown, status=422 if form.is_bound else 200)
