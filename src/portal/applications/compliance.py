"""How far a period's decisions keep to the policy: overrides, lateness, equal courses decided differently."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from portal.applications.decided import STAGES
from portal.applications.models import Application, Decision
from portal.applications.precedents import normal
from portal.applications.process import process_of
from portal.records.models import Entry
from tauliah.policy.process import State


@dataclass(frozen=True, slots=True)
class Share:
    """A faculty's decisions of the period, and how many of them depart from the recommendation or refuse."""

    faculty: str
    decided: int
    overrides: int
    refused: int

    @property
    def percent(self) -> int:
        """The share of overrides, in whole percent."""
        return round(self.overrides * 100 / self.decided) if self.decided else 0


@dataclass(frozen=True, slots=True)
class Late:
    """An application that stood in a state beyond its days; ``left`` is None while it still does."""

    application: Application
    state: State
    due: date
    left: date | None

    @property
    def days_over(self) -> int:
        """How many days too long."""
        return ((self.left or timezone.localdate()) - self.due).days


@dataclass(frozen=True, slots=True)
class Differing:
    """The same source courses for the same target, decided differently."""

    institution: str
    codes: str
    target: str
    decisions: tuple[Decision, ...]


def shares(decisions: QuerySet[Decision]) -> list[Share]:
    """Return the decisions by faculty."""
    counted = (
        decisions.values("claim__application__faculty__code")
        .annotate(
            decided=Count("pk"),
            overridden=Count("pk", filter=Q(overrides=True)),
            refused=Count("pk", filter=Q(outcome=Decision.Outcome.REFUSED)),
        )
        .order_by("claim__application__faculty__code")
    )
    return [
        Share(
            row["claim__application__faculty__code"] or "", row["decided"], row["overridden"], row["refused"]
        )
        for row in counted
    ]


def deciding(decisions: QuerySet[Decision], since: date, until: date) -> QuerySet[Decision]:
    """Keep the decisions of a period that stand: no recommendation, nothing superseded."""
    return decisions.filter(
        stage__in=STAGES,
        superseded_by=None,
        decided_at__date__gte=since,
        decided_at__date__lte=until,
    )


def late_ones(applications: QuerySet[Application]) -> Iterator[Late]:
    """Yield every time an application stood too long with the faculty, by the days of its process."""
    known = applications.in_bulk()
    for number, moves in moves_of(applications):
        application = known[number]
        states = process_of(application).states
        for (name, since), following in zip(moves, [*moves[1:], None], strict=True):
            state = states.get(name)
            if state is None or state.days is None or state.holder in {None, "student"}:
                continue
            due = local(since) + timedelta(days=state.days)
            left = local(following[1]) if following else None
            if (left or timezone.localdate()) > due:
                yield Late(application, state, due, left)


def moves_of(applications: QuerySet[Application]) -> Iterable[tuple[int, list[tuple[str, datetime]]]]:
    """Return when each application reached which state, from the register, in order."""
    entries = (
        Entry.objects.filter(
            subject_kind=Application._meta.label_lower,
            subject_id__in=applications.order_by().values("pk"),
            details__after__has_key="state",
        )
        .order_by("subject_id", "number")
        .values_list("subject_id", "details", "at")
    )
    moves: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for number, details, at in entries.iterator(2_000):
        moves[number].append(((details or {})["after"]["state"], at))
    return moves.items()


def local(moment: datetime) -> date:
    """Return the day of a moment here."""
    return timezone.localtime(moment).date()


def differing(decisions: QuerySet[Decision]) -> list[Differing]:
    """Return the equal courses of which some were granted and others not, or not in the same way."""
    groups: dict[tuple[str, str, str], list[Decision]] = defaultdict(list)
    found = decisions.select_related(
        "claim__target", "claim__application", "decided_by__person"
    ).prefetch_related("claim__sources__study")
    for decision in found.order_by("decided_at"):
        groups[equal_to(decision)].append(decision)
    return [
        Differing(*key, tuple(group))
        for key, group in sorted(groups.items())
        if key[1] and len({(each.outcome, each.award) for each in group}) > 1
    ]


def equal_to(decision: Decision) -> tuple[str, str, str]:
    """Return what makes two decisions be about equal courses: where from, which codes, for which target."""
    sources: list[Any] = list(decision.claim.sources.all())
    first = sources[0] if sources else None
    where = ""
    if first is not None:
        where = first.study.institution_name if first.study else str(first.details.get("institution") or "")
    codes = normal(" ".join(source.code for source in sources))
    return " ".join(where.split()).upper(), codes, decision.claim.target.code
