"""A grade of another institution beside the grade it stands for here (UTHM 5(a).2)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from portal.applications.models import PriorStudy
from portal.catalogue.models import GradingScale
from portal.institutions.models import Institution
from tauliah.values.vocabulary import VOCABULARY


@dataclass(frozen=True, slots=True)
class Scale:
    """The grades of an institution, best first, each with its equal on the deciding scale."""

    name: str
    institution: str
    equals: dict[str, str]

    def converted(self, original: str) -> str:
        """Return the equal of a grade, whatever the case it is typed in; empty where it is not listed."""
        typed = original.strip().casefold()
        return next((equal for label, equal in self.equals.items() if label.casefold() == typed), "")


def scales_of(institution: Institution | None) -> list[tuple[date, Scale]]:
    """Return the scales of an institution, newest first, each with the day from which it holds."""
    if institution is None:
        return []
    scales = GradingScale.objects.filter(institution=institution).prefetch_related("grades")
    found = []
    for scale in scales.order_by("-in_force_on"):
        equals = {grade.label: grade.equal_to for grade in scale.grades.all() if _known(grade.equal_to)}
        if equals:
            found.append((scale.in_force_on, Scale(scale.name, institution.name, equals)))
    return found


def scale_on(scales: list[tuple[date, Scale]], day: date | None) -> Scale | None:
    """Return the scale that held on a day; without a day the newest one."""
    return next((scale for since, scale in scales if day is None or since <= day), None)


def _known(grade: str) -> bool:
    return grade in VOCABULARY["grade"]


def institution_named(name: str) -> Institution | None:
    """Return the institution of the catalogue that goes by a name or short name, if there is one."""
    plain = " ".join(name.split())
    if not plain:
        return None
    named = Q(name_ms__iexact=plain) | Q(name_en__iexact=plain) | Q(code__iexact=plain)
    return Institution.objects.filter(named).order_by("pk").first()


def institution_of(study: PriorStudy | None, name: str) -> Institution | None:
    """Return the catalogue's institution of a source: that of its study, or the one it names."""
    if study is not None:
        return study.institution or institution_named(study.institution_name)
    return institution_named(name)
