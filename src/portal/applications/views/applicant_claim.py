"""A claim's page: its form, its rows, and what the engine says while it is typed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.acting import ActingRequest
from portal.accounts.refusal import Refused
from portal.applications import drafting
from portal.applications.evaluation import evaluation_of
from portal.applications.forms_choices import Choices
from portal.applications.forms_claim import (
    completed,
    entry_of_claim,
    new_claim_entry,
    new_source_entry,
    pruned,
    values_of,
)
from portal.applications.forms_keys import CLAIM_FORM
from portal.applications.forms_sheet import claim_sheet
from portal.applications.models import Application, Claim
from portal.applications.views.applicant_asking import (
    for_learners,
    gone_to,
    is_htmx,
    learner,
    no_longer_a_draft,
    own_draft,
    version_of,
)
from portal.cases.bridge import Entry, entry_of_form
from portal.cases.writer import room
from portal.numbers import whole_number
from tauliah.values.case import Problem
from tauliah.values.text import Text


@require_http_methods(["GET", "HEAD", "POST"])
@for_learners
def claim(request: ActingRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Show the form of a claim, new or kept; or do what the pressed button says with it."""
    application = own_draft(request, pk)
    if application is None:
        return no_longer_a_draft(request, pk)
    kept = _kept(application, request.POST.get("claim") or number)
    choices = Choices(application)
    if request.method != "POST":
        entry = completed(entry_of_claim(kept), choices) if kept else new_claim_entry(choices)
        return page(request, choices, entry, kept)
    entry = entry_of_form(request.POST.lists(), CLAIM_FORM)
    if not entry["sources"]:
        entry["sources"] = [new_source_entry(choices)]
    return pressed(request, choices, completed(entry, choices), kept)


def _kept(application: Application, number: str | int | None) -> Claim | None:
    if not number:
        return None
    key = whole_number(str(number))
    if key is None:
        raise Http404
    rows = application.claims.select_related("target", "replacement", "comparison")
    return get_object_or_404(rows.prefetch_related("sources", "evidence"), pk=key)


def pressed(request: ActingRequest, choices: Choices, entry: Entry, kept: Claim | None) -> HttpResponse:
    """Do what the pressed button says; whatever can be kept of the form is kept each time."""
    action = request.POST.get("action", "save")
    if action == "live":
        return while_typing(request, choices, entry, kept)
    if action in {"save", "save_another"}:
        return saved(request, choices, entry, kept, another=action == "save_another")
    return redrawn(request, choices, entry, kept, action)


def redrawn(
    request: ActingRequest, choices: Choices, entry: Entry, kept: Claim | None, action: str
) -> HttpResponse:
    """Ask what the answers make it ask, with a row more or one less; mistakes wait until asked for."""
    does, _colon, about = action.partition(":")
    focus, announcement = about, ""
    if does == "add_source" and room(CLAIM_FORM["sources"], entry["sources"]):
        entry["sources"].append(new_source_entry(choices))
        focus, announcement = f"sources[{len(entry['sources']) - 1}].code", _("A row was added.")
    elif does == "drop_source":
        drop(choices, entry, about)
        focus, announcement = "sources", _("A row was removed.")
    kept, told = kept_so_far(request, choices, entry, kept)
    return page(request, choices, entry, kept, focus=focus, announcement=announcement, **told)


def drop(choices: Choices, entry: Entry, number: str) -> None:
    """Take a source away; the last one leaves an empty one behind."""
    if number.isdecimal() and int(number[:3]) < len(entry["sources"]):
        entry["sources"].pop(int(number[:3]))
        entry["sources"] = entry["sources"] or [new_source_entry(choices)]


def while_typing(request: ActingRequest, choices: Choices, entry: Entry, kept: Claim | None) -> HttpResponse:
    """Keep what can be kept, and answer with what the engine says of it; mistakes wait until asked for."""
    kept, told = kept_so_far(request, choices, entry, kept)
    shown = answer(choices, entry, kept) | told | {"live": True}
    return render(request, "applications/applicant_claim_answer.html", shown)


def kept_so_far(
    request: ActingRequest, choices: Choices, entry: Entry, kept: Claim | None
) -> tuple[Claim | None, dict[str, Any]]:
    """Keep what can be kept of a claim; give it with what the page tells of when and how much."""
    values, refusal = values_of(pruned(entry), choices), ""
    try:
        if values.target is not None:
            kept = drafting.save_claim(
                learner(request), choices.application, version_of(request), kept, values
            )
    except Refused as refused:
        refusal = str(refused.message)
    unsaved = [problem for problem in values.problems if problem.where != "target"]
    return kept, {"refusal": refusal, "unsaved": len(unsaved), "now": timezone.localtime()}


def saved(
    request: ActingRequest, choices: Choices, entry: Entry, kept: Claim | None, *, another: bool
) -> HttpResponse:
    """Keep the claim and go on; with mistakes, keep the rest and show the form with each at its field."""
    entry = pruned(entry)
    values = values_of(entry, choices)
    problems = list(values.problems)
    try:
        if values.target is not None:
            kept = drafting.save_claim(
                learner(request), choices.application, version_of(request), kept, values
            )
    except Refused as refused:
        words = str(refused.message)
        problems.insert(0, Problem(refused.field or "", Text(words, words)))
    if problems:
        return page(request, choices, entry, kept, problems=tuple(problems), status=422)
    messages.success(request, _("%(course)s was saved.") % {"course": entry["target"]})
    if another:
        return gone_to(request, "applications:claim_new", choices.application.pk)
    return gone_to(request, "applications:detail", choices.application.pk)


def answer(choices: Choices, entry: Entry, kept: Claim | None) -> dict[str, Any]:
    """Arrange what the engine says of the claim as kept, and what was accepted before."""
    evaluation = evaluation_of(choices.application)
    judged = evaluation.of(kept) if evaluation and kept else None
    return {
        "application": choices.application,
        "claim": kept,
        "evaluation": evaluation,
        "judged": judged,
        "report": evaluation.report if evaluation else None,
        "precedents": choices.precedents(entry),
        "precedent": entry["precedent"],
        "has_studies": bool(choices.studies),
    }


def page(
    request: ActingRequest, choices: Choices, entry: Entry, kept: Claim | None, **state: Any
) -> HttpResponse:
    """Show the form with whatever belongs to it; to htmx only the part that changes."""
    problems, focus, status = (
        state.pop("problems", ()),
        state.pop("focus", ""),
        state.pop("status", 200),
    )
    application = choices.application
    address = (
        reverse("applications:claim", args=[application.pk, kept.pk])
        if kept
        else reverse("applications:claim_new", args=[application.pk])
    )
    shown = {
        **answer(choices, entry, kept),
        "sheet": claim_sheet(entry, choices, problems, focus),
        "form_url": address,
        "announcement": "",
        **state,
    }
    template = (
        "applications/_applicant_claim.html" if is_htmx(request) else "applications/applicant_claim.html"
    )
    return render(request, template, shown, status=status)


@require_POST
@for_learners
def remove_claim(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """Take a claim out of a draft."""
    application = own_draft(request, pk)
    if application is None:
        return no_longer_a_draft(request, pk)
    claim = get_object_or_404(application.claims.select_related("target", "application"), pk=number)
    try:
        drafting.remove_claim(learner(request), claim, version_of(request))
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("%(course)s was taken out.") % {"course": claim.target.code})
    return gone_to(request, "applications:detail", pk)
