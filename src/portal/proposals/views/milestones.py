"""The development of a course: its milestones, their tasks and files, suggested and actual time."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.models import Appointment
from portal.accounts.refusal import Refused
from portal.catalogue.views.forms_on_pages import kept
from portal.proposals.access import develops, proposal_for, proposals_for
from portal.proposals.actions.developing import (
    OPEN,
    add_task,
    finish,
    hand_in_work,
    may_mark,
    may_plan,
    plan,
    remove_task,
    reopen,
    settle_task,
    team,
)
from portal.proposals.forms_review import TaskForm, WorkForm
from portal.proposals.models import Attachment, Milestone, Proposal, Task
from portal.proposals.progress import BY_STEP, progress_of, rows_of
from portal.proposals.views.course import acting_of, course_page, did, for_readers, version_of

FILES = (Attachment.Kind.MILESTONE, Attachment.Kind.TABLE_4)


@require_safe
@never_cache
@for_readers
def listing(request: ActingRequest, pk: int) -> HttpResponse:
    """Show how far the course is, milestone by milestone."""
    return page(request, proposal_for(request.acting, pk))


def page(request: ActingRequest, found: Proposal, **forms: Any) -> HttpResponse:
    """Show the milestones; a form that could not be kept is shown as it was sent."""
    acting = acting_of(request)
    rows = [row_for(acting, found, row, forms) for row in rows_of(found)]
    if not rows:
        raise Http404
    progress = progress_of(found) or {}
    shown = course_page(
        found,
        "milestones",
        rows=rows,
        percent=progress.get("progress_percent", 0),
        marks=[step["percent"] * 10 for step in progress.get("milestones", ())],
        length=int(progress.get("progress_percent", 0) * 10),
        today=timezone.localdate().isoformat(),
        may_plan=may_plan(acting, found),
    )
    return render(request, "proposals/milestones.html", shown, status=422 if forms else 200)


def row_for(acting: Appointment, found: Proposal, row: Any, forms: dict[str, Any]) -> dict[str, Any]:
    """Return a milestone with what may be done about it."""
    milestone = row.milestone
    milestone.proposal = found
    here = forms.get("name") == milestone.name
    works = develops(acting, found) and found.state in OPEN and milestone.name not in BY_STEP
    return {
        "row": row,
        "milestone": milestone,
        "marks": may_mark(acting, milestone),
        "next": milestone.started_on is not None,
        "tasks": milestone.tasks.select_related("person"),
        "files": found.attachments.filter(about=milestone.name, kind__in=FILES).select_related("uploaded_by"),
        "task_form": form_in(here, forms, "task") or TaskForm(team(found), prefix=f"{milestone.name}-task"),
        "work_form": (form_in(here, forms, "work") or WorkForm(prefix=f"{milestone.name}-file"))
        if works
        else None,
        "open": here,
    }


def form_in(here: bool, forms: dict[str, Any], name: str) -> Any:
    """Return a form that was sent for this milestone, if it was."""
    return forms.get(name) if here else None


@require_POST
@for_readers
def milestone(request: ActingRequest, pk: int, name: str) -> HttpResponse:
    """Mark a milestone as done, open it again, or move its day."""
    acting, found = acting_of(request), milestone_of(request, pk, name)
    version, note = version_of(request), request.POST.get("note", "")[:2000]

    def do() -> None:
        if "reopen" in request.POST:
            reopen(acting, found, version=version)
            return
        day = parsed(request.POST.get("day", ""))
        if day is None:
            raise Refused(_("Enter a day."))
        if "plan" in request.POST:
            plan(acting, found, day, note, version=version)
        else:
            finish(acting, found, day, note, version=version)

    return did(request, do, f"{reverse('proposals:milestones', args=[pk])}#{name}")


def parsed(text: str) -> Any:
    """Read a day; nothing for what is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def milestone_of(request: ActingRequest, pk: int, name: str) -> Milestone:
    """Return a milestone of a course that somebody sees."""
    found = proposal_for(request.acting, pk)
    return get_object_or_404(
        found.milestones.select_related("proposal__institution", "proposal__developer"), name=name
    )


@require_POST
@for_readers
def new_task(request: ActingRequest, pk: int, name: str) -> HttpResponse:
    """Put a task under a milestone."""
    acting, found = acting_of(request), milestone_of(request, pk, name)
    form = TaskForm(team(found.proposal), request.POST, prefix=f"{name}-task")

    def keep() -> None:
        add_task(acting, found, **form.cleaned_data)

    if kept(form, keep=keep):
        return did(request, lambda: None, f"{reverse('proposals:milestones', args=[pk])}#{name}")
    return page(request, proposal_for(acting, pk), name=name, task=form)


@require_POST
@for_readers
def task(request: ActingRequest, pk: int) -> HttpResponse:
    """Mark a task as done or open, or take it away."""
    acting = acting_of(request)
    seen = proposals_for(acting).values("pk")
    found = get_object_or_404(
        Task.objects.select_related("milestone__proposal__institution"), pk=pk, milestone__proposal__in=seen
    )

    def do() -> None:
        if "remove" in request.POST:
            remove_task(acting, found)
        else:
            settle_task(acting, found, done="done" in request.POST)

    where = reverse("proposals:milestones", args=[found.milestone.proposal_id])
    return did(request, do, f"{where}#{found.milestone.name}")


@require_POST
@for_readers
def work(request: ActingRequest, pk: int, name: str) -> HttpResponse:
    """Keep a file of a milestone."""
    acting, found = acting_of(request), milestone_of(request, pk, name)
    form = WorkForm(request.POST, request.FILES, prefix=f"{name}-file")

    def keep() -> None:
        given = form.cleaned_data
        hand_in_work(acting, found, given["file"], own_work=given["own_work"])

    if kept(form, keep=keep):
        return did(request, lambda: None, f"{reverse('proposals:milestones', args=[pk])}#{name}")
    return page(request, proposal_for(acting, pk), name=name, work=form)
