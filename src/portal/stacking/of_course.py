"""Which qualifications a course counts toward, how much, and under which rule (UNIMAS 1.6, Table 2)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from portal.catalogue.models import Programme
from portal.packs import packs
from portal.proposals.models import Proposal
from portal.stacking.bridge import NO_QUALIFICATION, knows_qualifications
from portal.stacking.earned import OTHER, OWN, origin_of, plans_of
from portal.wording import in_language
from tauliah.evaluate import evaluate
from tauliah.values.number import as_json

Json = dict[str, Any]
MOST = 12
"""Programmes that a course's page names; those whose plan has the course come first."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One qualification: the credits that count, the limit they fall under, the rule's words and clauses."""

    programme: Programme
    credits: Decimal
    rule: str
    clauses: tuple[str, ...]
    policy: str
    limit: str = ""
    is_component: bool = False


def stacks_of(proposal: Proposal) -> list[Stack]:
    """Return the qualifications of the institution that a registered course counts toward.

    A course of an accredited programme counts in full in the programmes whose plan has the original; any
    other counts by transfer in the programmes of its faculty, up to the limit of the policy.
    """
    achievement = proposal.achievement
    if achievement is None:
        return []
    found, offered = [], candidates(proposal)
    plans = plans_of(programme.pk for programme in offered)
    for programme in offered:
        origin = origin_of(achievement, programme, plans[programme.pk])
        if stack := stack_of(programme, origin, achievement.credits):
            found.append(stack)
    return sorted(found, key=lambda stack: (not stack.is_component, stack.programme.code))


def candidates(proposal: Proposal) -> list[Programme]:
    """Return the programmes that have the original course, then those of the same faculty."""
    offered = Programme.objects.filter(institution=proposal.institution, active=True)
    offered = offered.exclude(level=NO_QUALIFICATION).select_related("institution")
    component = offered.filter(plan__course=proposal.original_id) if proposal.original_id else offered.none()
    near = offered.filter(faculty=proposal.faculty)
    both = {programme.pk: programme for programme in [*component.distinct(), *near]}
    return list(both.values())[:MOST]


def stack_of(programme: Programme, origin: str, credits: Decimal) -> Stack | None:
    """Return what these credits count toward a programme; nothing where its policy says nothing of it."""
    policy = programme.institution.policy
    if not knows_qualifications(policy):
        return None
    result = evaluate(single(programme, origin, credits), packs())
    if origin in (OWN, OTHER):
        check = next(each for each in result["checks"] if each["rule"] == "credits_complete")
        limit = next(iter(result["limits"]), None)
        said = limit or check
        return Stack(
            programme,
            credits,
            in_language(said["label"]),
            tuple(said["clauses"]),
            policy,
            limit=in_language(limit["message"]) if limit else "",
            is_component=origin == OWN,
        )
    limit = result["limits"][0]
    counted = Decimal(str(limit["accepted_credits"] or 0))
    return Stack(
        programme,
        counted,
        in_language(limit["label"]),
        tuple(limit["clauses"]),
        policy,
        limit=in_language(limit["message"]),
    )


def single(programme: Programme, origin: str, credits: Decimal) -> Json:
    """Write out a learner who has earned these credits and nothing else."""
    none = dict.fromkeys(
        ("own_micro_credentials", "other_micro_credentials", "stand_alone", "stand_alone_verified"), 0
    )
    return {
        "kind": "qualification",
        "policy": programme.institution.policy,
        "on": timezone.localdate().isoformat(),
        "programme": {
            "institution": programme.institution.code,
            "level": programme.level,
            "graduating_credits": as_json(programme.graduating_credits),
        },
        "credits": {**none, "conventional": 0, "mpu": 0, origin: as_json(credits)},
    }


def courses_toward(programme: Programme) -> list[Proposal]:
    """Return the registered courses that are components of a programme, by code."""
    return list(
        Proposal.objects.filter(
            institution=programme.institution,
            state="registered",
            original__in_plans__programme=programme,
            achievement__isnull=False,
        )
        .select_related("achievement", "original")
        .distinct()
        .order_by("code")
    )
