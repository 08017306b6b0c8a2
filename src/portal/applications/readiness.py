"""What a draft still needs before it can be handed in, need by need, as its process declares them."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from portal.accounts.models import Appointment
from portal.applications.bridge import claims_of
from portal.applications.calendar import semester_on
from portal.applications.facts import facts_for
from portal.applications.models import Application
from portal.applications.process import process_of
from portal.wording import in_language
from tauliah.policy.process import facts_of, holds

PLACES = {
    "has_claims": "claims",
    "case_complete": "claims",
    "in_window": "claims",
    "evidence_attached": "documents",
    "applicant_checklist_complete": "checklist",
    "declared": "checklist",
}
"""Where each need of submission is met."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One need of submission; ``place`` is where it is met."""

    fact: str
    met: bool
    message: str
    clauses: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """All needs of submission, and the day in the calendar that the windows are counted from."""

    requirements: tuple[Requirement, ...]
    week: int | None
    semester: str
    today: date

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """What is not met yet."""
        return tuple(requirement for requirement in self.requirements if not requirement.met)

    @property
    def complete(self) -> bool:
        """Whether the application can be handed in."""
        return not self.missing

    def is_met(self, place: str) -> bool:
        """Whether everything of one place is done."""
        return all(requirement.met for requirement in self.requirements if requirement.place == place)

    @property
    def claims_done(self) -> bool:
        """Whether the claims are complete."""
        return self.is_met("claims")

    @property
    def documents_done(self) -> bool:
        """Whether documents are attached as needed."""
        return bool(self.requirements) and self.is_met("documents")

    @property
    def checklist_done(self) -> bool:
        """Whether checklist and declarations are complete."""
        return self.is_met("checklist")


def readiness_of(acting: Appointment | None, application: Application) -> Readiness:
    """Return which needs of submission a draft meets; without a claim the first need says it all."""
    step = process_of(application).steps["submit"]
    facts = facts_for(application, acting, facts_of(step)) if claims_of(application) else {}
    today = timezone.localdate()
    semester = semester_on(application.institution, today)
    return Readiness(
        requirements=tuple(
            Requirement(
                need.fact,
                holds(need.fact, facts) if facts else False,
                in_language(need.message),
                need.clauses,
                PLACES.get(need.fact.removeprefix("not "), "claims"),
            )
            for need in step.needs
            if facts or need.fact == "has_claims"
        ),
        week=semester.week_of(today) if semester else None,
        semester=semester.label if semester else "",
        today=today,
    )
