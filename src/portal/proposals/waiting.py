"""Which proposals wait for somebody, and how the list of them is narrowed down."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.processes.declared import process_called
from portal.proposals.access import PROPOSERS, proposals_for
from portal.proposals.models import Proposal
from tauliah.policy.process import Process, State

SHOWN = ("mine", "waiting", "all", "ended")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader of the list asks for; anything empty asks for all."""

    show: str
    state: str = ""
    kind: str = ""
    faculty: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: Mapping[str, Any], acting: Appointment) -> "Asked":
        """Return what a query string asks; lecturers begin with their own, others with what waits."""
        first = "mine" if acting.role == Role.LECTURER else "waiting"
        show = query.get("show", first)
        return cls(
            show=show if show in SHOWN else first,
            state=query.get("state", ""),
            kind=query.get("kind", ""),
            faculty=query.get("faculty", ""),
            words=" ".join(query.get("words", "").split())[:100],
        )

    @property
    def narrows(self) -> bool:
        """Whether anything but the tab is asked for."""
        return any((self.state, self.kind, self.faculty, self.words))


def found_for(acting: Appointment, asked: Asked) -> QuerySet[Proposal]:
    """Return the proposals that fit, those due first, with what a row shows."""
    found = shown(acting, asked.show)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.faculty.isdecimal() and len(asked.faculty) < 10:
        found = found.filter(faculty=int(asked.faculty))
    for word in asked.words.split():
        found = found.filter(
            Q(reference__icontains=word)
            | Q(code__icontains=word)
            | Q(name_ms__icontains=word)
            | Q(name_en__icontains=word)
            | Q(developer__name__icontains=word)
        )
    return found.select_related("faculty", "developer").order_by("due_on", "-state_since", "pk")


def shown(acting: Appointment, show: str) -> QuerySet[Proposal]:
    """Return the proposals of a tab: one’s own, waiting for the role, all, or those that ended."""
    there = proposals_for(acting)
    process = declared(acting)
    ended = [name for name, state in process.states.items() if state.final]
    if show == "ended":
        return there.filter(state__in=ended)
    if show == "mine":
        return there.filter(own(acting))
    return waiting_for(acting) if show == "waiting" else there


def own(acting: Appointment) -> Q:
    """Return the condition on proposals that somebody develops."""
    members = Proposal.objects.filter(members__person=acting.person_id)
    return Q(developer=acting.person_id) | Q(pk__in=members.values("pk"))


def waiting_for(acting: Appointment) -> QuerySet[Proposal]:
    """Return the proposals in whose state it is the role’s turn."""
    there, process = proposals_for(acting), declared(acting)
    condition = Q(state__in=held_by(process, acting.role))
    if acting.role in PROPOSERS:
        writers = Q(state__in=held_by(process, Role.LECTURER)) & own(acting)
        condition = writers if acting.role == Role.LECTURER else condition | writers
    return there.filter(condition)


def declared(acting: Appointment) -> Process:
    """Return the process that the institution’s proposals go through."""
    policy = acting.institution.policy if acting.institution else ""
    return process_called(policy, "course_development")


def held_by(process: Process, role: str) -> list[str]:
    """Return the states that wait for a role: its own, and those from which it takes a step of staff."""
    steps = (step for step in process.steps.values() if role in step.by and Role.LECTURER not in step.by)
    stepped = {name for step in steps for name in step.from_}
    return [
        name
        for name, state in process.states.items()
        if state.holder == role or (name in stepped and state.holder != "lecturer" and not state.committee)
    ]


def states_of(acting: Appointment) -> list[tuple[str, State]]:
    """Return the states of the process, for the filter."""
    return list(declared(acting).states.items())


def late(acting: Appointment) -> int:
    """Return how many of what waits for the role is overdue."""
    return waiting_for(acting).filter(due_on__lt=timezone.localdate()).count()
