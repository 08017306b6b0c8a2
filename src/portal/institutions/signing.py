"""Who signs on a day: the faculty's own signatories, otherwise the institution's."""

from datetime import date

from django.db.models import Q, QuerySet

from portal.institutions.models import Faculty, Institution, Signatory


def signatories_on(
    institution: Institution, day: date, *, faculty: Faculty | None = None, certificates: bool = False
) -> QuerySet[Signatory]:
    """Return who signs letters, or certificates, on a day; those of the faculty where it has any."""
    kind = Q(certificates=True) if certificates else Q(letters=True)
    in_force = institution.signatories.filter(
        kind, Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
    )
    own = in_force.filter(faculty=faculty) if faculty else in_force.none()
    return own if own.exists() else in_force.filter(faculty__isnull=True)
