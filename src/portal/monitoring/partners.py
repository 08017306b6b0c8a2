"""How partners fare beside the university itself, course by course (UNIMAS 1.5(k)-oversight)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.monitoring.figures import Figures, figures_of, together
from portal.monitoring.models import PartnerCohort
from portal.offerings.models import Offering
from portal.proposals.models import Partner


@dataclass(frozen=True, slots=True)
class Compared:
    """A partner's cohorts together, and the ended offerings of the same course here."""

    partner: Partner
    cohorts: int
    theirs: Figures
    ours: Figures
    visited: date | None

    @property
    def rows(self) -> list[tuple[str, Decimal | None, Decimal | None, Decimal | None]]:
        """Each share by name: theirs, ours, and how far theirs is from ours."""
        names = ("completion", "attrition", "experience")
        pairs = [(name, getattr(self.theirs, name), getattr(self.ours, name)) for name in names]
        return [
            (name, theirs, ours, None if theirs is None or ours is None else theirs - ours)
            for name, theirs, ours in pairs
        ]


def compared(partners: Iterable[Partner]) -> list[Compared]:
    """Return partners beside the university; asks the database the same for any number of them."""
    listed = list(partners)
    own = own_figures({partner.proposal_id for partner in listed})
    return [
        Compared(
            partner,
            len(partner.cohorts.all()),
            together(map(figures_at, partner.cohorts.all())),
            own.get(partner.proposal_id, Figures()),
            max((visit.on for visit in partner.visits.all()), default=None),
        )
        for partner in listed
    ]


def figures_at(cohort: PartnerCohort) -> Figures:
    """Return a partner's cohort as figures; who neither withdrew nor completed did not pass."""
    failed = cohort.enrolled - cohort.withdrawn - cohort.completed
    return Figures(
        withdrawn=cohort.withdrawn,
        completed=cohort.completed,
        failed=failed,
        experience=cohort.experience,
    )


def own_figures(courses: Iterable[int]) -> dict[int, Figures]:
    """Return the figures of what ended here, by course."""
    ended = Offering.objects.filter(proposal__in=list(courses), state="ended")
    found = figures_of(ended)
    by_course: dict[int, list[Figures]] = defaultdict(list)
    for offering, course in ended.values_list("pk", "proposal"):
        by_course[course].append(found[offering])
    return {course: together(rows) for course, rows in by_course.items()}
