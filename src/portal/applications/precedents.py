"""What was accepted before: settled comparisons that a new claim may rest on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from portal.catalogue.models import Course
from portal.institutions.models import Institution
from portal.matching.models import Precedent

SEPARATORS = re.compile(r"[\s,;+/&]+")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A precedent as a page shows it; ``number`` is that of its comparison."""

    number: int
    institution: str
    codes: str
    title: str
    target: Course
    overlap: Decimal | None
    since: date
    until: date | None


def normal(codes: str) -> str:
    """Write course codes the same whoever typed them: capitals, in order, single spaces."""
    return " ".join(sorted(part for part in SEPARATORS.split(codes.upper()) if part))


def valid_precedents(institution: Institution, day: date) -> QuerySet[Precedent]:
    """Return the accepted precedents of an institution that are in use and valid on a day."""
    return (
        Precedent.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
            comparison__institution=institution,
            accepted=True,
            active=True,
            valid_from__lte=day,
        )
        .select_related("comparison__source", "comparison__target")
        .order_by("-valid_from", "-pk")
    )


def offered(
    institution: Institution,
    names: Iterable[str],
    day: date,
    *,
    codes: str = "",
    target: str = "",
) -> list[Accepted]:
    """Return the precedents that fit what is typed: source institution, and codes or target or both."""
    wanted = {" ".join(name.split()).casefold() for name in names if name.strip()}
    typed = normal(codes)
    found = valid_precedents(institution, day)
    if target:
        found = found.filter(comparison__target__code=target)
    if not wanted or not (typed or target):
        return []
    return [
        _shown(precedent)
        for precedent in found
        if precedent.comparison.source.institution_name.casefold() in wanted
        and (not typed or normal(precedent.comparison.source.codes) == typed)
    ]


def by_codes(institution: Institution, names: Iterable[str], day: date) -> dict[str, list[Accepted]]:
    """Return every valid precedent of a source institution, by its normal codes."""
    wanted = {" ".join(name.split()).casefold() for name in names if name.strip()}
    found: dict[str, list[Accepted]] = {}
    for precedent in valid_precedents(institution, day):
        source = precedent.comparison.source
        if source.institution_name.casefold() in wanted:
            found.setdefault(normal(source.codes), []).append(_shown(precedent))
    return found


def _shown(precedent: Precedent) -> Accepted:
    comparison = precedent.comparison
    return Accepted(
        number=comparison.pk,
        institution=comparison.source.institution_name,
        codes=comparison.source.codes,
        title=comparison.source.title,
        target=comparison.target,
        overlap=comparison.overlap,
        since=precedent.valid_from,
        until=precedent.valid_until,
    )
