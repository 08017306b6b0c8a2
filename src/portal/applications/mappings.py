"""How the mapping of each claim stands, as the file of an application shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from portal.accounts.models import Appointment
from portal.applications.access import works_for
from portal.applications.actions.mapping import OPEN, institution_of
from portal.applications.actions.reviewing import BASES, REVIEWERS
from portal.applications.actions.reviewing import OPEN as OPEN_TO_REVIEW
from portal.applications.models import Application, Claim, CourseReview
from portal.applications.precedents import Accepted, by_codes, normal
from portal.matching.access import KEEPERS, comparisons_for
from portal.matching.models import Comparison, Judgement


@dataclass(frozen=True, slots=True)
class Mapped:
    """A claim with its comparison, what the experts said, precedents offered, and its course judged."""

    claim: Claim
    asked: bool
    comparison: Comparison | None
    opens: bool
    judgements: tuple[Judgement, ...]
    offered: tuple[Accepted, ...]
    review: CourseReview | None
    reviewable: bool

    @property
    def shares(self) -> list[Decimal]:
        """What the experts said so far, in percent."""
        return [each.overlap for each in self.judgements if each.overlap is not None]


def mappings_of(acting: Appointment, application: Application) -> list[Mapped]:
    """Return how the mapping of each claim stands that is not taken back."""
    claims = list(
        application.claims.filter(withdrawn_at=None)
        .select_related("target", "comparison")
        .prefetch_related("sources__study", "comparison__judgements__expert__person", "reviews")
        .order_by("position")
    )
    compared = [claim.comparison_id for claim in claims if claim.comparison_id]
    opened = set(comparisons_for(acting).filter(pk__in=compared).values_list("pk", flat=True))
    offered = precedents_for(application, claims) if may_arrange(acting, application) else {}
    asked = codes_asked(application)
    may_review = reviews(acting, application)
    return [
        Mapped(
            claim=claim,
            asked=claim.target.code in asked,
            comparison=claim.comparison,
            opens=claim.comparison_id in opened,
            judgements=tuple(claim.comparison.judgements.all()) if claim.comparison else (),
            offered=tuple(offered.get(claim.pk, ())),
            review=next(iter(claim.reviews.all()), None),
            reviewable=may_review and claim.basis in BASES,
        )
        for claim in claims
    ]


def codes_asked(application: Application) -> set[str]:
    """Return the targets for which the policy asks how much of the syllabus is covered."""
    claims = (application.result or {}).get("claims", ())
    return {each["target"] for each in claims if any(c["rule"] == "content_overlap" for c in each["checks"])}


def precedents_for(application: Application, claims: list[Claim]) -> Mapping[int, list[Accepted]]:
    """Return the precedents that fit each claim which has no settled comparison yet."""
    where = {claim.pk: claim_institution(claim) for claim in claims}
    known = by_codes(application.institution, where.values(), timezone.localdate())
    found: dict[int, list[Accepted]] = {}
    for claim in claims:
        if claim.comparison is not None and claim.comparison.settled_at:
            continue
        codes = normal(" ".join(source.code for source in claim.sources.all()))
        there = where[claim.pk].casefold()
        found[claim.pk] = [
            each
            for each in known.get(codes, ())
            if each.target.pk == claim.target_id and each.institution.casefold() == there
        ]
    return found


def claim_institution(claim: Claim) -> str:
    """Return where the claim's sources were taken."""
    sources: list[Any] = list(claim.sources.all())
    return " ".join(institution_of(sources[0]).split()) if sources else ""


def may_arrange(acting: Appointment, application: Application) -> bool:
    """Say whether somebody may ask experts or use precedents now."""
    return acting.role in KEEPERS and works_for(acting, application) and application.state in OPEN


def reviews(acting: Appointment, application: Application) -> bool:
    """Say whether somebody may judge the courses behind the claims now."""
    return acting.role in REVIEWERS and works_for(acting, application) and application.state in OPEN_TO_REVIEW
