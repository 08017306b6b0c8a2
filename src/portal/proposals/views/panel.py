"""All evaluations of a course side by side; the centre appoints evaluators, developers begin their rounds."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import done, kept
from portal.proposals.access import CENTRE, proposal_for, proposals_for, works_for
from portal.proposals.actions.evaluating import (
    APPOINTED,
    STATES,
    appoint_evaluator,
    begin,
    beginnings,
    is_theirs,
    may_fill,
    release_evaluator,
)
from portal.proposals.appointable import EVALUATORS, appointable
from portal.proposals.criteria import PANEL, RATED, Sort, has_lampiran_a, sections_of, sorts_of
from portal.proposals.evaluation_form import indicators_of
from portal.proposals.forms_review import EvaluatorForm
from portal.proposals.models import Evaluation, Proposal
from portal.proposals.views.course import acting_of, course_page, did, for_readers, version_of

MOST_COLUMNS = 5
"""Evaluations that stand side by side: the latest self-evaluation and those of the panel."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_readers
def listing(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the evaluations, those by Lampiran A side by side; the centre appoints here."""
    acting, found = acting_of(request), proposal_for(request.acting, pk)
    sorts = appointable_sorts(acting, found)
    form = EvaluatorForm(sorts, appointable(found, EVALUATORS), request.POST or None)
    if request.method == "POST":

        def keep() -> None:
            given = form.cleaned_data
            appoint_evaluator(
                acting, found, given["sort"], given["person"], given["due_on"], version=version_of(request)
            )

        if kept(form, keep=keep):
            where = reverse("proposals:evaluations", args=[pk])
            return done(request, _("The evaluator is appointed and told."), where)
    seen = list(seen_by(acting, found))
    shown = course_page(
        found,
        "evaluations",
        rows=[(each, may_fill(acting, each), releasable(acting, each)) for each in seen],
        begins=beginnings(acting, found),
        table=side_by_side(found, seen) if has_lampiran_a(found.declared()) else None,
        form=form if sorts else None,
    )
    return render(request, "proposals/evaluations.html", shown, status=422 if form.errors else 200)


def appointable_sorts(acting: Appointment, found: Proposal) -> list[tuple[str, Any]]:
    """Return as what the reader may appoint evaluators now."""
    if acting.role not in CENTRE or not works_for(acting, found):
        return []
    there = [sort for sort in sorts_of(found) if sort in APPOINTED and found.state in STATES[sort]]
    return [(sort, Sort(sort).label) for sort in there]


def releasable(acting: Appointment, evaluation: Evaluation) -> bool:
    """Whether the reader may take an appointment back."""
    open_ = evaluation.sort in APPOINTED and evaluation.submitted_at is None
    return open_ and acting.role in CENTRE and works_for(acting, evaluation.proposal)


def seen_by(acting: Appointment, found: Proposal) -> QuerySet[Evaluation]:
    """Return the evaluations that somebody may read.

    Drafts are their writer’s and the centre sees that they are open; who has an evaluation open does not
    read what others of the panel said, so that each judges alone.
    """
    there = found.evaluations.select_related("evaluator", "appointed_by__person").order_by("-pk")
    open_ = [each for each in there if each.submitted_at is None]
    own = {each.pk for each in open_ if is_theirs(acting, each)}
    centre = acting.role in CENTRE
    hidden = {each.pk for each in open_ if each.pk not in own and not centre}
    if any(each.pk in own and each.sort in PANEL for each in open_):
        hidden |= {each.pk for each in there if each.sort in PANEL and each.evaluator_id != acting.person_id}
    return there.exclude(pk__in=hidden)


def evaluation_of(request: ActingRequest, pk: int) -> Evaluation:
    """Return an evaluation that somebody may read; raises ``Http404``."""
    acting = acting_of(request)
    found = get_object_or_404(
        Evaluation.objects.select_related(
            "proposal__institution", "proposal__faculty", "proposal__developer", "evaluator"
        ),
        pk=pk,
        proposal__in=proposals_for(acting).values("pk"),
    )
    if not seen_by(acting, found.proposal).filter(pk=pk).exists():
        raise Http404
    return found


def side_by_side(found: Proposal, seen: list[Evaluation]) -> dict[str, Any] | None:
    """Return the latest handed-in evaluations by Lampiran A as the columns of one table."""
    latest: dict[tuple[str, int], Evaluation] = {}
    for each in sorted(seen, key=lambda one: (one.round, one.pk)):
        if each.sort in RATED and each.submitted_at:
            key = (each.sort, 0 if each.sort == Sort.SELF else each.evaluator_id)
            latest[key] = each
    columns = list(latest.values())[-MOST_COLUMNS:]
    if not columns:
        return None
    forms = [indicators_of(each) for each in columns]
    rows = [
        (section, [form[place] for form in forms])
        for place, section in enumerate(sections_of(found, Sort.SELF))
    ]
    return {"columns": columns, "rows": rows}


@require_POST
@for_readers
def begun(request: ActingRequest, pk: int, sort: str) -> HttpResponse:
    """Begin the next round of an evaluation, or go on with the one that is open."""
    acting, found = acting_of(request), proposal_for(request.acting, pk)
    try:
        made = begin(acting, found, sort)
    except Refused as refused:
        reason = refused  # the name ends with its block
    else:
        return redirect("proposals:evaluation", made.pk)

    def told() -> None:
        raise reason

    return did(request, told, reverse("proposals:evaluations", args=[pk]))


@require_POST
@for_readers
def release(request: ActingRequest, pk: int) -> HttpResponse:
    """Take back the appointment of an evaluator."""
    acting, found = acting_of(request), evaluation_of(request, pk)
    where = reverse("proposals:evaluations", args=[found.proposal_id])
    return did(request, lambda: release_evaluator(acting, found, version=version_of(request)), where)
