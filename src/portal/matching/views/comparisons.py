"""Comparisons: the list, and one with what each expert says; asking, settling, keeping as precedent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.gates import for_roles
from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.accounts.roles import Role
from portal.exports.listing import FORM, Column, Listing, exported
from portal.matching import actions
from portal.matching.access import (
    READERS,
    comparison_for,
    comparisons_for,
    describes,
    experts_for,
    keeps,
)
from portal.matching.forms import AskForm, PrecedentForm, ReconcileForm
from portal.matching.models import Comparison, Judgement, OutcomeJudgement
from portal.matching.sides import sides_of

PER_PAGE = 25
DAYS_TO_JUDGE = 10
"""The deadline that is suggested to experts."""
for_matchers = for_roles(*READERS, Role.SUBJECT_EXPERT)
TABS = (
    ("open", gettext_lazy("Still open")),
    ("mine", gettext_lazy("Asked of me")),
    ("settled", gettext_lazy("Already settled")),
    ("all", gettext_lazy("All")),
)


@require_safe
@for_matchers
def listed(request: ActingRequest) -> HttpResponseBase:
    """List the comparisons that somebody may see; ``?form=xlsx`` exports them."""
    acting = request.acting
    assert acting is not None
    words = " ".join(request.GET.get("words", "").split())[:100]
    show = request.GET.get("show", "mine" if acting.role == Role.SUBJECT_EXPERT else "open")
    found = narrowed(acting, show, words)
    if FORM in request.GET:
        return exported(listing(found), request.GET[FORM])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    asked = {
        judgement.comparison_id: judgement
        for judgement in Judgement.objects.filter(expert__person=acting.person_id, comparison__in=list(page))
    }
    shown = {
        "page": page,
        "rows": [(comparison, asked.get(comparison.pk)) for comparison in page],
        "tabs": TABS,
        "show": show,
        "words": words,
        "today": timezone.localdate(),
    }
    return render(request, "matching/list.html", shown)


def narrowed(acting: Appointment, show: str, words: str) -> QuerySet[Comparison]:
    """Return the comparisons of a tab that hold the words, the newest first."""
    found = comparisons_for(acting)
    match show:
        case "open":
            found = found.filter(settled_at=None)
        case "settled":
            found = found.exclude(settled_at=None)
        case "mine":
            mine = Judgement.objects.filter(expert__person=acting.person_id, given_at=None)
            found = found.filter(settled_at=None, pk__in=mine.values("comparison"))
    if words:
        found = found.filter(
            Q(source__institution_name__icontains=words)
            | Q(source__codes__icontains=words)
            | Q(source__title__icontains=words)
            | Q(target__code__icontains=words)
            | Q(target__name_ms__icontains=words)
        )
    counted = found.annotate(
        asked=Count("judgements", distinct=True),
        given=Count("judgements", filter=Q(judgements__given_at__isnull=False), distinct=True),
    )
    return counted.select_related("source", "target", "precedent").order_by("-created_at", "-pk")


def listing(found: QuerySet[Any]) -> Listing[Any]:
    """Return the list as a file to take along."""
    return Listing(
        gettext_lazy("comparisons"),
        (
            Column(gettext_lazy("Institution"), lambda row: row.source.institution_name),
            Column(gettext_lazy("Source courses"), lambda row: row.source.codes),
            Column(gettext_lazy("Title"), lambda row: row.source.title),
            Column(gettext_lazy("Target"), lambda row: row.target.code),
            Column(gettext_lazy("Experts asked"), lambda row: row.asked),
            Column(gettext_lazy("Judgements given"), lambda row: row.given),
            Column(gettext_lazy("Share settled on (%)"), lambda row: row.overlap),
            Column(gettext_lazy("Settled on"), lambda row: row.settled_at),
        ),
        found,
    )


@require_safe
@for_matchers
def comparison(request: ActingRequest, pk: int) -> HttpResponse:
    """Show source and target with what each expert says, outcome by outcome."""
    return page_of(request, comparison_for(request.acting, pk))


def page_of(request: ActingRequest, found: Comparison, **forms: Any) -> HttpResponse:
    """Show a comparison; with a form that could not be kept, as it was typed."""
    acting = request.acting
    judgements = list(
        found.judgements.select_related("expert__person", "expert__faculty").prefetch_related("parts")
    )
    minimum = actions.minimum_of(found)
    given = [judgement for judgement in judgements if judgement.given_at]
    keeper = keeps(acting, found)
    shown = {
        "comparison": found,
        "sides": sides_of(found),
        "judgements": judgements,
        "rows": outcome_rows(found, given),
        "given": given,
        "minimum": minimum,
        "differ": len({(each.overlap or 0) >= minimum for each in given}) > 1,
        "all_given": bool(judgements) and len(given) == len(judgements),
        "mine": next(
            (each for each in judgements if acting and each.expert.person_id == acting.person_id), None
        ),
        "keeper": keeper,
        "may_describe": found.settled_at is None and describes(acting, found),
        "precedent": getattr(found, "precedent", None),
        "claims": found.claims.select_related("application__student__person").order_by("-pk")[:25],
        "ask_form": ask_form(found, judgements) if keeper and not found.settled_at else None,
        "reconcile_form": ReconcileForm() if keeper else None,
        "precedent_form": PrecedentForm() if keeper else None,
    }
    status = 422 if forms else 200
    return render(request, "matching/comparison.html", shown | forms, status=status)


def outcome_rows(
    found: Comparison, given: list[Judgement]
) -> list[tuple[Any, list[OutcomeJudgement | None]]]:
    """Return each outcome of the target with what every expert said of it, in the experts' order."""
    said = [{part.outcome_id: part for part in judgement.parts.all()} for judgement in given]
    return [(outcome, [each.get(outcome.pk) for each in said]) for outcome in found.target.outcomes.all()]


def ask_form(found: Comparison, judgements: list[Judgement], data: Any = None) -> AskForm:
    """Return the form to ask further experts, those asked already left out."""
    today = timezone.localdate()
    asked = {judgement.expert.person_id for judgement in judgements}
    experts = [expert for expert in experts_for(found.target, today) if expert.person_id not in asked]
    return AskForm(experts, data, initial={"due_on": today + timedelta(days=DAYS_TO_JUDGE)})


@dataclass(frozen=True, slots=True)
class Doing:
    """What a form of the page does: how it is made of what was sent, what then happens, what is told."""

    form: str
    make: Callable[[Comparison], Any]
    do: Callable[[Appointment, Comparison, Any], Any]
    told: str


def done(request: ActingRequest, pk: int, doing: Doing) -> HttpResponse:
    """Do what a form of the page asks, and lead back to the page; a mistake is shown where it was typed."""
    found = comparison_for(request.acting, pk)
    if not keeps(request.acting, found):
        raise NotAllowed
    form = doing.make(found)
    if form.is_valid():
        assert request.acting is not None
        try:
            doing.do(request.acting, found, form)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        else:
            messages.success(request, doing.told)
            return redirect("matching:comparison", pk)
    return page_of(request, found, **{doing.form: form})


@require_POST
@for_matchers
def ask(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask further experts."""

    def make(found: Comparison) -> AskForm:
        return ask_form(found, list(found.judgements.select_related("expert")), request.POST)

    def do(acting: Appointment, found: Comparison, form: AskForm) -> None:
        actions.ask_more(acting, found, form.chosen(), form.cleaned_data["due_on"])

    return done(request, pk, Doing("ask_form", make, do, _("The experts have been asked.")))


@require_POST
@for_matchers
def reconciling(request: ActingRequest, pk: int) -> HttpResponse:
    """Settle a comparison on which experts differ, with a reason."""

    def do(acting: Appointment, found: Comparison, form: ReconcileForm) -> None:
        actions.reconcile(acting, found, **form.cleaned_data)

    told = _("The comparison is settled; applications that waited for it go on.")
    return done(request, pk, Doing("reconcile_form", lambda _: ReconcileForm(request.POST), do, told))


@require_POST
@for_matchers
def keep(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep a settled comparison as a precedent."""

    def do(acting: Appointment, found: Comparison, form: PrecedentForm) -> None:
        actions.keep_precedent(acting, found, **form.cleaned_data)

    told = _("The precedent is kept; later applications may rest on it.")
    return done(request, pk, Doing("precedent_form", lambda _: PrecedentForm(request.POST), do, told))
