"""The applications that wait for somebody, and how a queue is narrowed down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from portal.accounts.models import Appointment
from portal.accounts.roles import Role
from portal.applications.access import ASSIGNED, submitted_applications
from portal.applications.models import Application, Claim, OnsiteAssessment
from portal.matching.models import Judgement
from portal.numbers import whole_number
from portal.processes.declared import process_called

COUNTED = (
    Claim.objects.filter(application=OuterRef("pk"), withdrawn_at=None)
    .order_by()
    .values("application")
    .annotate(number=Count("pk"))
    .values("number")
)
"""How many claims stand: asked for the rows of a page alone, not while all rows are put in order."""
ENDED = ("decided", "closed", "withdrawn")
SOON = 3
"""Days before a deadline from which on work is due soon."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader of a queue asks for; anything empty asks for all."""

    show: str = "mine"
    state: str = ""
    words: str = ""
    faculty: str = ""
    basis: str = ""
    due: str = ""

    @classmethod
    def of(cls, query: Mapping[str, Any], acting: Appointment) -> "Asked":
        """Return what a query string asks; those who only read begin with everything."""
        first = "mine" if acting.role in WAITED_FOR else "all"
        show = query.get("show", first)
        return cls(
            show=show if show in {"mine", "handled", "all", "ended"} else first,
            state=query.get("state", ""),
            words=" ".join(query.get("words", "").split())[:100],
            faculty=query.get("faculty", ""),
            basis=query.get("basis", ""),
            due=query.get("due", ""),
        )


WAITED_FOR: Mapping[str, tuple[str, ...]] = {
    Role.PROGRAMME_COORDINATOR: ("document_check", "recommendation", "mapping", "assessment"),
    Role.FACULTY_OFFICE: ("document_check", "assessment"),
    Role.DEPUTY_DEAN: ("decision", "second_look", "appeal"),
    Role.DEAN: ("decision", "second_look", "appeal"),
    Role.COMMITTEE_SECRETARY: ("senate",),
    Role.SUBJECT_EXPERT: ("mapping",),
    Role.ASSESSOR: ("assessment",),
}
"""The states in which a role has something to do."""


def queue_for(acting: Appointment, asked: Asked) -> QuerySet[Application]:
    """Return the applications that fit, the most urgent first, with what a row shows."""
    found = narrowed(shown(acting, asked.show), asked)
    return (
        found.select_related("student__person", "programme", "faculty", "handler__person")
        .annotate(claim_count=Subquery(COUNTED))
        .order_by("due_on", "state_since", "pk")
    )


def shown(acting: Appointment, show: str) -> QuerySet[Application]:
    """Return the applications of a tab: waiting for the role, handled by the person, all, or ended."""
    there = submitted_applications(acting)
    match show:
        case "mine":
            return waiting_for(acting)
        case "handled":
            return there.filter(handler__person=acting.person_id).exclude(state__in=ENDED)
        case "ended":
            return there.filter(state__in=ENDED)
    return there


def waiting_for(acting: Appointment) -> QuerySet[Application]:
    """Return what waits for the role; experts and assessors only see what they have still to judge."""
    there = submitted_applications(acting).filter(state__in=WAITED_FOR.get(acting.role, ()))
    if acting.role not in ASSIGNED:
        return there
    mine = Claim.objects.filter(application=OuterRef("pk"), withdrawn_at=None)
    if acting.role == Role.SUBJECT_EXPERT:
        open_ = Judgement.objects.filter(expert__person=acting.person_id, given_at=None).values("comparison")
        return there.filter(Exists(mine.filter(comparison__in=open_)))
    to_assess = OnsiteAssessment.objects.filter(
        assessor__person=acting.person_id, recorded_at=None, cancelled_at=None
    )
    return there.filter(Exists(mine.filter(assessments__in=to_assess)))


def narrowed(found: QuerySet[Application], asked: Asked) -> QuerySet[Application]:
    """Keep what fits the filters."""
    if asked.state:
        found = found.filter(state=asked.state)
    if (faculty := whole_number(asked.faculty)) is not None:
        found = found.filter(faculty=faculty)
    if asked.basis:
        found = found.filter(
            Exists(Claim.objects.filter(application=OuterRef("pk"), basis=asked.basis, withdrawn_at=None))
        )
    if asked.words:
        found = found.filter(
            Q(reference__icontains=asked.words)
            | Q(student__matric__icontains=asked.words)
            | Q(student__person__name__icontains=asked.words)
        )
    return due(found, asked.due, timezone.localdate())


def due(found: QuerySet[Application], when: str, today: date) -> QuerySet[Application]:
    """Keep what is overdue, or due soon."""
    match when:
        case "over":
            return found.filter(due_on__lt=today)
        case "soon":
            return found.filter(due_on__range=(today, today + timedelta(days=SOON)))
    return found


def states_there(acting: Appointment) -> list[tuple[str, Any]]:
    """Return the states of the institution's process with their words, for a filter."""
    institution = acting.institution
    process = process_called(institution.policy if institution else "", "credit_transfer")
    return [(state.name, state.label) for state in process.states.values() if state.name != "draft"]
