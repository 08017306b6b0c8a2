"""Milestones of a course’s development: planned, done, done after all not; their tasks and files."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Person
from portal.accounts.refusal import NotAllowed, Refused
from portal.proposals.access import CENTRE, develops, works_for
from portal.proposals.actions.attaching import attach
from portal.proposals.models import Attachment, Milestone, Proposal, Task
from portal.proposals.process import WALK
from portal.proposals.progress import BY_CENTRE, BY_STEP, planned
from portal.records.register import record

OPEN = frozenset({"development", "vetting", "presentation"})
"""States in which milestones are worked on."""


def open_milestones(proposal: Proposal, day: date) -> None:
    """Plan the milestones of a course that was just approved; the first is reached by the approval."""
    if proposal.milestones.exists():
        return
    rows = planned(proposal.policy, day)
    Milestone.objects.bulk_create(
        Milestone(
            proposal=proposal,
            name=name,
            position=place,
            started_on=day if place == 0 else None,
            due_on=due,
        )
        for place, (name, _begins, due) in enumerate(rows)
    )
    reach(proposal, "proposal_approved", day)


def reach(proposal: Proposal, name: str, day: date, acting: Appointment | None = None) -> None:
    """Mark a milestone as done that a step of the process reaches, if the course has it."""
    found = proposal.milestones.filter(name=name, done_on=None).first()
    if found is not None:
        close(found, day, acting.person if acting else None)


def close(milestone: Milestone, day: date, person: Person | None, note: str = "") -> None:
    """Keep a milestone as done; the next one begins on that day."""
    milestone.started_on = milestone.started_on or day
    milestone.done_on, milestone.done_by, milestone.note = day, person, note or milestone.note
    milestone.save()
    following = next_of(milestone)
    if following is not None and following.started_on is None:
        following.started_on = day
        following.save(update_fields=["started_on"])


def next_of(milestone: Milestone) -> Milestone | None:
    """Return the milestone that follows."""
    later = Milestone.objects.filter(proposal=milestone.proposal_id, position__gt=milestone.position)
    return later.order_by("position").first()


def may_mark(acting: Appointment | None, milestone: Milestone) -> bool:
    """Whether somebody may mark a milestone as done: the centre Table 4, the developers the others."""
    proposal = milestone.proposal
    if acting is None or milestone.name in BY_STEP or proposal.state not in OPEN:
        return False
    if milestone.name in BY_CENTRE:
        return acting.role in CENTRE and works_for(acting, proposal)
    return develops(acting, proposal)


def may_plan(acting: Appointment | None, proposal: Proposal) -> bool:
    """Whether somebody may plan the development: its developers, and the centre."""
    if acting is None or proposal.state not in OPEN:
        return False
    return develops(acting, proposal) or (acting.role in CENTRE and works_for(acting, proposal))


@transaction.atomic
def finish(
    acting: Appointment, milestone: Milestone, done_on: date, note: str = "", *, version: int
) -> Milestone:
    """Mark a milestone as done; the ones before it come first (UNIMAS 2.1-development)."""
    if not may_mark(acting, milestone):
        raise NotAllowed
    proposal = WALK.locked(milestone.proposal, version)
    milestone = proposal.milestones.get(pk=milestone.pk)
    must_be_open(milestone)
    if done_on > timezone.localdate():
        raise Refused(_("This day lies in the future."), "done_on")
    if proposal.milestones.filter(position__lt=milestone.position, done_on=None).exists():
        raise Refused(_("An earlier milestone is not done yet. Milestones are reached one after the other."))
    if milestone.started_on and done_on < milestone.started_on:
        raise Refused(_("This day lies before the milestone began."), "done_on")
    if milestone.tasks.filter(done_on=None).exists():
        raise Refused(_("A task of this milestone is still open. Finish it or take it away."))
    close(milestone, done_on, acting.person, note.strip())
    proposal.touch()
    said(acting, milestone, "proposals.finish_milestone", {"done_on": done_on})
    return milestone


def must_be_open(milestone: Milestone) -> None:
    """Raise ``Refused`` for a milestone that is done."""
    if milestone.done_on:
        raise Refused(_("This milestone is done already."))


@transaction.atomic
def reopen(acting: Appointment, milestone: Milestone, *, version: int) -> Milestone:
    """Take back that a milestone is done; the later ones must not be done."""
    if not may_mark(acting, milestone):
        raise NotAllowed
    proposal = WALK.locked(milestone.proposal, version)
    milestone = proposal.milestones.get(pk=milestone.pk)
    if proposal.milestones.filter(position__gt=milestone.position).exclude(done_on=None).exists():
        raise Refused(_("A later milestone is done. Take that back first."))
    milestone.done_on, milestone.done_by = None, None
    milestone.save(update_fields=["done_on", "done_by"])
    proposal.milestones.filter(position__gt=milestone.position).update(started_on=None)
    proposal.touch()
    said(acting, milestone, "proposals.reopen_milestone")
    return milestone


@transaction.atomic
def plan(
    acting: Appointment, milestone: Milestone, due_on: date, note: str = "", *, version: int
) -> Milestone:
    """Move the day on which a milestone is due."""
    if not may_plan(acting, milestone.proposal):
        raise NotAllowed
    proposal = WALK.locked(milestone.proposal, version)
    milestone = proposal.milestones.get(pk=milestone.pk)
    must_be_open(milestone)
    begins = milestone.started_on or proposal.milestones.earliest("position").started_on
    if begins and due_on < begins:
        raise Refused(_("This day lies before the milestone began."), "due_on")
    before = milestone.due_on
    milestone.due_on, milestone.note = due_on, note.strip()
    milestone.save(update_fields=["due_on", "note"])
    proposal.touch()
    said(acting, milestone, "proposals.plan_milestone", {"due_on": due_on}, {"due_on": before})
    return milestone


@transaction.atomic
def add_task(
    acting: Appointment, milestone: Milestone, text: str, person: Person | None, due_on: date | None
) -> Task:
    """Put a piece of work under a milestone, perhaps somebody’s of the team."""
    if not may_plan(acting, milestone.proposal):
        raise NotAllowed
    if not text.strip():
        raise Refused(_("Say what is to be done."), "text")
    if person is not None and person not in team(milestone.proposal):
        raise Refused(_("Only the developer and members of the team have tasks."), "person")
    proposal = WALK.locked(milestone.proposal, None)
    must_be_open(proposal.milestones.get(pk=milestone.pk))
    if milestone.tasks.filter(text=text.strip(), person=person, done_on=None).exists():
        raise Refused(_("This task is on the list already."), "text")
    task = Task.objects.create(milestone=milestone, text=text.strip(), person=person, due_on=due_on)
    proposal.touch()
    said(acting, milestone, "proposals.add_task", {"task": task.text})
    return task


@transaction.atomic
def settle_task(acting: Appointment, task: Task, *, done: bool) -> None:
    """Mark a task as done, or as open again."""
    proposal = task_held(acting, task)
    if not done:
        must_be_open(proposal.milestones.get(pk=task.milestone_id))
    task.done_on = timezone.localdate() if done else None
    task.save(update_fields=["done_on"])
    proposal.touch()
    said(
        acting,
        task.milestone,
        "proposals.finish_task" if done else "proposals.reopen_task",
        {"task": task.text},
    )


@transaction.atomic
def remove_task(acting: Appointment, task: Task) -> None:
    """Take a task away."""
    proposal = task_held(acting, task)
    said(acting, task.milestone, "proposals.remove_task", before={"task": task.text})
    task.delete()
    proposal.touch()


def task_held(acting: Appointment, task: Task) -> Proposal:
    """Return the proposal of a task, held; raises ``NotAllowed``."""
    if not may_plan(acting, task.milestone.proposal):
        raise NotAllowed
    return WALK.locked(task.milestone.proposal, None)


@transaction.atomic
def hand_in_work(
    acting: Appointment, milestone: Milestone, upload: "UploadedFile[Any]", *, own_work: bool
) -> Attachment:
    """Keep a file of a milestone, whose copyright the developer declares (UNIMAS 5.9(a))."""
    proposal = milestone.proposal
    if not develops(acting, proposal) or proposal.state not in OPEN:
        raise NotAllowed
    if not own_work:
        raise Refused(
            _("Declare that the file infringes nobody’s copyright; otherwise do not upload it."), "own_work"
        )
    kind = Attachment.Kind.TABLE_4 if milestone.name in BY_CENTRE else Attachment.Kind.MILESTONE
    return attach(acting, proposal, upload, kind, about=milestone.name, own_work=True)


def team(proposal: Proposal) -> list[Person]:
    """Return the developer and the members of the team."""
    return [
        proposal.developer,
        *(member.person for member in proposal.members.select_related("person")),
    ]


def said(
    acting: Appointment,
    milestone: Milestone,
    action: str,
    after: dict[str, Any] | None = None,
    before: dict[str, Any] | None = None,
) -> None:
    """Enter what was done about a milestone."""
    record(
        acting,
        action,
        milestone.proposal,
        institution=milestone.proposal.institution,
        before=before,
        after={"milestone": milestone.name, **(after or {})},
    )
