"""What the form of a claim chooses from: the plan, one's studies, results, approvals and documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from portal.applications.evidence import evidence_of
from portal.applications.forms_grades import Scale, institution_of, scale_on, scales_of
from portal.applications.models import Application, Evidence, PriorApproval, PriorStudy
from portal.applications.precedents import Accepted, offered
from portal.cases.bridge import Entry
from portal.catalogue.models import Course, CourseResult
from portal.packs import packs
from portal.transfer.keys import source_keys
from tauliah.policy.pack import Pack


@dataclass
class Choices:
    """The choices of one application's forms; each is read from the database when first asked for.

    ``scales`` keeps the grading scales found for a study or a named institution.
    """

    application: Application
    scales: dict[tuple[str, str], list[tuple[date, Scale]]] = field(default_factory=dict)

    @cached_property
    def pack(self) -> Pack:
        """The policy that the application is under."""
        return packs()[self.application.policy]

    @property
    def decides_fee(self) -> frozenset[str]:
        """The keys of a source by which the policy divides its fee (UTM 6.5.1)."""
        return frozenset({"malaysian"} if "fee_provider" in self.pack.parameters else ())

    @property
    def today(self) -> date:
        """The day of the form."""
        return timezone.localdate()

    @cached_property
    def targets(self) -> Mapping[str, Course]:
        """The courses of the programme's plan by code; without a plan the faculty's or all courses."""
        programme = self.application.programme
        offered = Course.objects.filter(institution=programme.institution, active=True)
        planned = offered.filter(in_plans__programme=programme).order_by("in_plans__semester", "code")
        ours = planned or offered.filter(faculty=programme.faculty) or offered
        return {course.code: course for course in ours}

    @cached_property
    def studies(self) -> list[PriorStudy]:
        """The applicant's prior studies, oldest number first."""
        own = PriorStudy.objects.filter(person=self.application.student.person_id)
        return list(own.select_related("institution").order_by("pk"))

    @cached_property
    def approvals(self) -> list[PriorApproval]:
        """The approvals given beforehand that are still valid."""
        valid = Q(valid_until__isnull=True) | Q(valid_until__gte=self.today)
        given = self.application.student.prior_approvals.filter(valid, state=PriorApproval.State.APPROVED)
        return list(given.select_related("target"))

    @cached_property
    def results(self) -> list[CourseResult]:
        """The student's own results, of every enrolment."""
        own = CourseResult.objects.filter(student__person=self.application.student.person_id)
        return list(own.select_related("course__institution", "semester").order_by("course__code"))

    @cached_property
    def files(self) -> list[Evidence]:
        """The applicant's documents."""
        return list(evidence_of(self.application.student.person))

    def study(self, number: str) -> PriorStudy | None:
        """Return the study of a number, as the form sends it."""
        return next((s for s in self.studies if str(s.pk) == number), None)

    def institution_name(self, source: Entry) -> str:
        """Return the name of the institution that a source comes from."""
        study = self.study(source["study"])
        return study.institution_name if study else source["institution"]

    def is_elsewhere(self, source: Entry) -> bool:
        """Whether a source comes from another institution than the one that decides."""
        own = self.application.institution
        named = self.institution_name(source).strip().casefold()
        return named not in {own.name_ms.casefold(), own.name_en.casefold(), own.code.casefold()}

    def scale(self, source: Entry) -> Scale | None:
        """Return the grading scale that a source's grade is of, where the catalogue has it."""
        if not self.is_elsewhere(source):
            return None
        origin = (source["study"], source["institution"])
        if origin not in self.scales:
            self.scales[origin] = scales_of(
                institution_of(self.study(source["study"]), source["institution"])
            )
        try:
            day = date.fromisoformat(source["completed_on"])
        except ValueError:
            day = None
        return scale_on(self.scales[origin], day)

    def precedents(self, entry: Entry) -> list[Accepted]:
        """Return what was accepted before and fits a claim as it is typed so far."""
        if not entry["sources"] or "code" not in source_keys(entry["basis"]).all:
            return []
        first = entry["sources"][0]
        study = self.study(first["study"])
        names = [self.institution_name(first)]
        if study and study.institution:
            names += [study.institution.name_ms, study.institution.name_en, study.institution.code]
        codes = " ".join(source["code"] for source in entry["sources"])
        return offered(self.application.institution, names, self.today, codes=codes, target=entry["target"])[
            :8
        ]
