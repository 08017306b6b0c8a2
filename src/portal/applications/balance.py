"""The running total of credits granted to a student, against every limit (UTHM, glosari.gabungan)."""

from dataclasses import dataclass
from decimal import Decimal

from portal.applications.models import TranscriptEntry
from portal.catalogue.models import Student
from portal.wording import in_language
from tauliah.values.vocabulary import VOCABULARY


@dataclass(frozen=True, slots=True)
class Total:
    """The credits granted under one category, and how many of them the limit leaves; None: no limit known."""

    label: str
    credits: Decimal
    limit: Decimal | None

    @property
    def left(self) -> Decimal | None:
        """The room that is left."""
        return None if self.limit is None else max(self.limit - self.credits, Decimal(0))


@dataclass(frozen=True, slots=True)
class Balance:
    """Everything granted to a student in a programme."""

    credits: Decimal
    graduating: Decimal
    by_limit: tuple[Total, ...]
    by_award: tuple[Total, ...]

    @property
    def percent(self) -> Decimal:
        """The share of the graduating credits."""
        return round(self.credits / self.graduating * 100, 1)


def balance_of(student: Student) -> Balance:
    """Return what was granted to a student, by limit and by award; cancelled entries count for nothing."""
    granted = list(
        TranscriptEntry.objects.filter(student=student, cancelled_at=None).select_related(
            "claim__application"
        )
    )
    counted = [entry for entry in granted if entry.award != "exemption"]
    limits: dict[str, Decimal] = {}
    awards: dict[str, Decimal] = {}
    for entry in counted:
        for name in entry.limits:
            limits[name] = limits.get(name, Decimal(0)) + entry.credits
    for entry in granted:
        awards[entry.award] = awards.get(entry.award, Decimal(0)) + entry.credits
    known = known_limits(granted)
    return Balance(
        credits=sum((entry.credits for entry in counted), Decimal(0)),
        graduating=student.programme.graduating_credits,
        by_limit=tuple(Total(words("limit", name), sum_, known.get(name)) for name, sum_ in limits.items()),
        by_award=tuple(Total(words("award", name), sum_, None) for name, sum_ in awards.items()),
    )


def known_limits(granted: list[TranscriptEntry]) -> dict[str, Decimal | None]:
    """Return each limit as the last evaluation of the student's applications had it."""
    applications = {entry.claim.application_id: entry.claim.application for entry in granted}
    known: dict[str, Decimal | None] = {}
    for application in sorted(applications.values(), key=lambda a: a.pk):
        for limit in (application.result or {}).get("limits", ()):
            most = limit["limit_credits"]
            known[limit["rule"]] = None if most is None else Decimal(str(most))
    return known


def words(vocabulary: str, name: str) -> str:
    """Name a limit or an award."""
    return in_language(VOCABULARY.get(vocabulary, {}).get(name, name))
