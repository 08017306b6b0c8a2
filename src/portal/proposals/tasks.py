"""Deadlines of course proposals: what is late is told every day until it is done."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from portal.accounts.models import Person
from portal.notices.reminders import Reminder, reminders
from portal.proposals.access import CENTRE
from portal.proposals.models import Evaluation, Milestone, Proposal, Task, Vetting
from portal.proposals.progress import progress_of
from portal.proposals.telling import people_of, turn_of
from tauliah.values.text import Text
from tauliah.values.vocabulary import VOCABULARY

ENDED = ("registered", "rejected", "withdrawn")
DEVELOPERS = frozenset({"draft", "revision", "development"})
"""States in which it is the developer’s turn."""


@reminders
def milestones_late(day: date) -> Iterable[Reminder]:
    """Tell the developer, and the centre, of milestones past their day; each day anew."""
    late = Milestone.objects.filter(
        done_on=None, started_on__isnull=False, due_on__lt=day, proposal__state__in=("development", "vetting")
    )
    for milestone in late.select_related("proposal__institution", "proposal__developer"):
        proposal = milestone.proposal
        told = {
            "milestone": VOCABULARY["milestone"].get(milestone.name, Text(milestone.name, milestone.name)),
            "due_on": milestone.due_on,
            "percent": (progress_of(proposal) or {}).get("progress_percent", 0),
        }
        key = f"milestone-{milestone.pk}-late-{day.isoformat()}"
        for person in {proposal.developer, *people_of(proposal, CENTRE)}:
            yield reminder(person, "milestone_late", proposal, key, **told)


@reminders
def tasks_late(day: date) -> Iterable[Reminder]:
    """Tell members of the team of tasks past their day; each day anew."""
    late = Task.objects.filter(done_on=None, due_on__lt=day, person__isnull=False)
    late = late.filter(milestone__proposal__state__in=("development", "vetting"))
    for task in late.select_related("person", "milestone__proposal__institution"):
        assert task.person is not None
        key = f"task-{task.pk}-late-{day.isoformat()}"
        told = {"text": task.text, "due_on": task.due_on}
        yield reminder(task.person, "development_task_late", task.milestone.proposal, key, **told)


@reminders
def vettings_late(day: date) -> Iterable[Reminder]:
    """Tell appointed experts of courses whose vetting is late; each day anew."""
    late = Vetting.objects.filter(decision="", due_on__lt=day, proposal__state="vetting")
    for vetting in late.select_related("expert", "proposal__institution"):
        key = f"vetting-{vetting.pk}-late-{day.isoformat()}"
        yield reminder(vetting.expert, "vetting_late", vetting.proposal, key, due_on=vetting.due_on)


@reminders
def evaluations_late(day: date) -> Iterable[Reminder]:
    """Tell appointed evaluators of evaluations that are late; each day anew."""
    late = Evaluation.objects.filter(submitted_at=None, due_on__lt=day).exclude(
        Q(proposal__state__in=ENDED) & ~Q(sort=Evaluation.Sort.INTERNAL_AUDIT)
    )
    for each in late.select_related("evaluator", "proposal__institution"):
        key = f"evaluation-{each.pk}-late-{day.isoformat()}"
        yield reminder(each.evaluator, "evaluation_late", each.proposal, key, due_on=each.due_on)


@reminders
def proposals_late(day: date) -> Iterable[Reminder]:
    """Tell those whose turn it is of proposals past their day; each day anew."""
    late = Proposal.objects.filter(due_on__lt=day, submitted_at__isnull=False).exclude(state__in=ENDED)
    for proposal in late.select_related("institution", "faculty", "developer"):
        key = f"proposal-{proposal.pk}-late-{day.isoformat()}"
        for person in late_with(proposal):
            yield reminder(person, "proposal_late", proposal, key, due_on=proposal.due_on)


def late_with(proposal: Proposal) -> list[Person]:
    """Return those with whom a proposal is late; where nobody has the role, the centre."""
    if proposal.state in DEVELOPERS:
        return [proposal.developer]
    return turn_of(proposal) or people_of(proposal, CENTRE)


def reminder(person: Person, kind: str, proposal: Proposal, key: str, **told: object) -> Reminder:
    """Return a reminder about a proposal."""
    context = {
        "reference": proposal.code or proposal.reference,
        "course": Text(proposal.name_ms, proposal.name_en or proposal.name_ms),
        "state": proposal.state_now().label,
        **told,
    }
    return Reminder(person, kind, context, proposal.get_absolute_url(), proposal.institution, key)
