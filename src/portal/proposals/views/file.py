"""The page of a course: where it stands, whose turn it is, what may be done, what was said and handed in."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.approvals.access import may_read
from portal.approvals.questions import history
from portal.cases.answer import Check
from portal.proposals.access import develops, proposal_for
from portal.proposals.actions.evaluating import beginnings
from portal.proposals.actions.reviewing import may_endorse, needs_reason
from portal.proposals.actions.vetting import may_vet
from portal.proposals.checking import evaluated
from portal.proposals.facts import ITEM
from portal.proposals.models import Proposal
from portal.proposals.process import WALK
from portal.proposals.progress import progress_of
from portal.proposals.standing import checks_of
from portal.proposals.threads import content_of
from portal.proposals.views.course import acting_of, course_page, for_readers
from portal.records.register import entries_about
from portal.records.words import in_words
from portal.wording import in_language
from tauliah.policy.process import Step
from tauliah.values.case import InvalidCase

WRITING = frozenset({"draft", "revision"})
"""States in which the developers write the form."""


@dataclass(frozen=True, slots=True)
class Open:
    """A step that the reader may take: what it still lacks, and whether a reason is asked."""

    step: Step
    missing: tuple[str, ...]
    reason: bool
    back: bool


@require_safe
@never_cache
@for_readers
def proposal(request: ActingRequest, pk: int) -> HttpResponse:
    """Show the page of a course."""
    return page(request, proposal_for(request.acting, pk))


def page(
    request: ActingRequest, found: Proposal, refused: Refused | None = None, step: str = ""
) -> HttpResponse:
    """Show the page; after a refusal with what was typed, at the step where it was."""
    acting = acting_of(request)
    shown = course_page(
        found,
        "proposal",
        steps=steps_open(acting, found),
        writes=found.state in WRITING and develops(acting, found),
        endorses=may_endorse(acting, found),
        begins=beginnings(acting, found),
        tasks=own_tasks(acting, found),
        checks=guideline_of(found),
        progress=progress_of(found) if found.milestones.exists() else None,
        stations=stations_of(found),
        history=history_of(found),
        versions=found.versions.select_related("made_by__person").order_by("-number"),
        **content_of(acting, found),
        attachments=found.attachments.select_related("uploaded_by"),
        members=found.members.select_related("person"),
        registrations=found.registrations.all(),
        asked=history(ITEM, found.pk),
        reads_items=may_read(acting),
        refused=refused,
        refused_step=step,
        typed=request.POST,
        back=found.get_absolute_url(),
    )
    return render(request, "proposals/file.html", shown, status=422 if refused else 200)


def steps_open(acting: Appointment, found: Proposal) -> list[Open]:
    """Return the steps that somebody may take now, with what each still lacks."""
    language = get_language() or "ms"
    return [
        Open(
            step,
            tuple(need.message.in_language(language) for need in WALK.missing(acting, found, step)),
            needs_reason(found, step),
            needs_reason(found, step) or step.name == "withdraw",
        )
        for step in WALK.steps_for(acting, found)
    ]


def own_tasks(acting: Appointment, found: Proposal) -> dict[str, Any]:
    """Return what the reader was appointed to: vettings and evaluations that are open."""
    vettings = [v for v in found.vettings.filter(expert=acting.person_id, decision="") if may_vet(acting, v)]
    mine = found.evaluations.filter(evaluator=acting.person_id, submitted_at=None)
    return {"vettings": vettings, "evaluations": list(mine)}


def guideline_of(found: Proposal) -> list[Check]:
    """Return what the policy says of the proposal as it is now."""
    try:
        result = evaluated(found)
    except InvalidCase:
        return []
    return [check for _rule, check in checks_of(found, result)]


def stations_of(found: Proposal) -> list[dict[str, Any]]:
    """Return the way of the course: the states on record, and where it stands."""
    reached = {found.declared().start.name: found.created_at}
    for entry in entries_about(found):
        after = (entry.details or {}).get("after") or {}
        if entry.action.startswith("proposals.") and "state" in after:
            reached[after["state"]] = entry.at
    return [
        {
            "label": state.label,
            "reached": reached.get(state.name),
            "here": state.name == found.state,
        }
        for state in found.declared().states.values()
        if state.name in reached or state.name == found.state
    ]


def history_of(found: Proposal) -> list[dict[str, Any]]:
    """Return what the register says of the course, the newest first."""
    steps = {f"proposals.{step.name}": step.label for step in found.declared().steps.values()}
    return [
        {
            "at": entry.at,
            "who": entry.person.name if entry.person else "",
            "what": in_language(steps[entry.action]) if entry.action in steps else in_words(entry.action),
            "reason": (entry.details or {}).get("reason", ""),
        }
        for entry in entries_about(found).select_related("person").order_by("-number")
    ]
